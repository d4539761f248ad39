"""Close the window: this browser shows nothing of the case any more."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from haetae.web.access import public
from haetae.web.portal import pockets
from haetae.web.portal.mine.window import to


@public
@require_POST
def close(_request: HttpRequest) -> HttpResponse:
    """Also when it was closed already."""
    answer = to("portal:mine", said="left")
    pockets.close_window(answer)
    return answer
