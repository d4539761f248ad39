"""The page that makes a fingerprint on the visitor's own device. The server has no part in it but to give the page."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.web.access import public

# The browser itself is told that scripts of this page may ask nobody, us included. A film is played from an address
# inside the page; its picture is never shown, and `img-src` allows none from there.
_SENDS_NOTHING = {"connect-src": [NONE], "media-src": ["blob:"]}


@public
@require_safe
@csp_replace(_SENDS_NOTHING)
def on_this_device(request: HttpRequest) -> HttpResponse:
    """Choose a file, read its fingerprint: nothing is sent. Who comes out of a case takes the code back there."""
    return render(request, "portal/hash.html", {"is_for_case": "mine" in request.GET})
