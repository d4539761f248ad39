"""Whether this process lives, and whether it may be given visitors; for whoever watches over it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haetae.running import draining
from haetae.running.readiness import Missing, missing
from haetae.web.access import public
from haetae.web.errors import RETRY_AFTER_S


@public
@require_safe
def health(_: HttpRequest) -> HttpResponse:
    """200 "ok" as long as this process answers at all. The database is not asked: to start anew would not mend it."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
def ready(_: HttpRequest) -> HttpResponse:
    """200 "ready" when a visitor would be served, otherwise 503; never more than one of a few fixed words."""
    found = Missing.DRAINING if draining.is_draining() else missing()
    headers = {} if found is Missing.NOTHING else {"Retry-After": str(RETRY_AFTER_S)}
    status = 200 if found is Missing.NOTHING else 503
    return HttpResponse(f"{found}\n", status=status, content_type="text/plain", headers=headers)
