"""Everything of the case, to take along: made in memory, and kept nowhere."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haetae.agencies.support.actions import OpenCase
from haetae.web.access import public
from haetae.web.portal.export import files_of
from haetae.web.portal.mine.proving import download, zipped
from haetae.web.portal.mine.window import in_window

# Neutral: it stays behind in a folder of downloads.
_FILE: Final = "copy.zip"


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_window
def take(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """What is in it and who could find it on this device, then the file."""
    if request.method != "POST":
        return render(request, "portal/mine/take.html")
    return download(zipped(files_of(opened)), name=_FILE)
