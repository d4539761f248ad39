"""Other words for the same case, where somebody may have seen the old ones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import CannotWriteError, OpenCase
from haetae.agencies.support.steering.actions import renew_receipt
from haetae.web.access import public
from haetae.web.portal import pockets
from haetae.web.portal.mine.window import in_window, to


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_window
def renew(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The old words stop at once, and with them every other window; the new ones are shown once."""
    if request.method != "POST":
        return render(request, "portal/mine/renew.html")
    bits = receipt.draw()
    try:
        renewed = renew_receipt(opened=opened, receipt=bits)
    except CannotWriteError:
        return to("portal:mine")
    answer = to("portal:words")
    pockets.keep_receipt(answer, bits)
    pockets.open_window(answer, renewed, still_in=request)
    return answer
