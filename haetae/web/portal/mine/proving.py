"""A proof that the report was received: made for the person, checked by anybody."""

import io
import zipfile
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.proof.queries import checked, issue, public_key_text
from haetae.agencies.support.proof.statement import LONGEST, Statement
from haetae.common import clock
from haetae.web.access import public
from haetae.web.portal.mine.lines import hour
from haetae.web.portal.mine.window import in_window

# Neutral: it stays behind in a folder of downloads.
_FILE: Final = "note.zip"


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_window
def proof(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """What it says and what it does not, then the two files. Each time they are new ones, and we keep neither."""
    if request.method != "POST":
        return render(request, "portal/mine/proof.html")
    issued = issue(opened)
    files = {"proof.json": issued.proof, "only-for-those-you-tell.json": issued.opening}
    return download(zipped({name: text.encode() for name, text in files.items()}), name=_FILE)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Anybody pastes a proof or chooses its file: genuine or not, received when, nothing else."""
    if request.method != "POST":
        return render(request, "portal/check.html")
    text = _brought(request)
    statement = checked(text)
    shown = {"text": text[:LONGEST], "is_checked": True, "said": _said(statement) if statement else ""}
    return render(request, "portal/check.html", shown, status=200 if statement else 422)


@public
@require_safe
def key(_request: HttpRequest) -> HttpResponse:
    """The public key at an address that stays, for those who would rather check it themselves."""
    return HttpResponse(public_key_text(), content_type="text/plain; charset=utf-8")


def zipped(files: dict[str, bytes]) -> bytes:
    """In memory: nothing of a person's lies on our disk, not even for a moment."""
    packed = io.BytesIO()
    at = clock.now().timetuple()[:6]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=at), content)
    return packed.getvalue()


def download(content: bytes, *, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _brought(request: HttpRequest) -> str:
    """The file where one was chosen, else what was pasted; never more than a proof can have."""
    chosen = request.FILES.get("file")
    if chosen is None:
        return request.POST.get("text", "")[: LONGEST + 1]
    return str(chosen.read(LONGEST + 1), "utf-8", errors="replace")


def _said(statement: Statement) -> str:
    said = {"hour": hour(statement.received), "links": statement.links, "codes": statement.fingerprints}
    return _("Received on %(hour)s. Links: %(links)s. Codes of pictures: %(codes)s.") % said
