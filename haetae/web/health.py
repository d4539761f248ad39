"""Whether this installation can take a report now; for whoever watches over it."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haetae.web.access import public
from haetae.web.errors import RETRY_AFTER_S


@public
@require_safe
def health(_: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers, otherwise 503; never more than these words."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        headers = {"Retry-After": str(RETRY_AFTER_S)}
        return HttpResponse(
            "the database does not answer\n", status=503, content_type="text/plain", headers=headers
        )
    return HttpResponse("ok\n", content_type="text/plain")
