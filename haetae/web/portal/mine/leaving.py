"""Close the window: this browser shows nothing of the case any more."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from haetae.web.access import public
from haetae.web.portal import pockets
from haetae.web.portal.mine.window import to

# What a browser may have kept of our pages goes too. Not "cookies": that would take those of the whole registered
# domain, so of every other service of the same ministry. Ours are taken back by name.
_FORGET: Final = '"cache", "storage"'


@public
@require_POST
def close(_request: HttpRequest) -> HttpResponse:
    """Also when it was closed already."""
    answer = to("portal:mine", said="left")
    pockets.close_window(answer)
    answer["Clear-Site-Data"] = _FORGET
    return answer
