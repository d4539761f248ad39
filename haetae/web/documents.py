"""A document as an answer, for every side. Who may read it is for the view that calls this to say."""

from enum import StrEnum
from typing import Any, Final

from csp.constants import NONE
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from haetae.documents import CannotPrintError, render_html, render_pdf
from haetae.documents.document import Document, Language
from haetae.documents.html import STYLE_SOURCE
from haetae.flow.issued.actions import file_made
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.queries import NotAsIssuedError, document_of
from haetae.web.words.documents import no_document_words

# A document brings its stylesheet along and needs nothing else, from us or from anybody.
_ALONE: Final[dict[str, Any]] = {
    "style-src": [STYLE_SOURCE],
    **{f"{what}-src": [NONE] for what in ("script", "img", "font", "connect")},
}


class Form(StrEnum):
    HTML = "html"
    PDF = "pdf"


def document_answer(
    request: HttpRequest, *, issued: IssuedDocument, language: Language, form: Form
) -> HttpResponse:
    """What was issued, as a page or as a file to keep; a PDF that goes out is noted, so that it is known again."""
    try:
        document = document_of(issued, language)
        if form is Form.HTML:
            return _page(document)
        content = render_pdf(document, fonts=settings.FONTS)
    except NotAsIssuedError:
        return _none(request, "not_as_issued", status=500)
    except CannotPrintError as problem:
        return _none(request, problem.code, status=503)
    file_made(issued_id=issued.pk, language=language, content=content)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{issued.reference}-{language}.pdf"'
    return answer


def copy_answer(request: HttpRequest, *, document: Document, form: Form) -> HttpResponse:
    """What is shown to whoever may read it and was never issued: nothing of it is kept, and no name stands in it."""
    if form is Form.HTML:
        return _page(document)
    try:
        content = render_pdf(document, fonts=settings.FONTS)
    except CannotPrintError as problem:
        return _none(request, problem.code, status=503)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="report-{document.language}.pdf"'
    return answer


def draft_answer(document: Document) -> HttpResponse:
    """A draft as a page, which says that it is one. Nothing of it is kept."""
    return _page(document)


def letter_answer(request: HttpRequest, *, document: Document, form: Form) -> HttpResponse:
    """A letter that is in no public list: as a page, or as a file. Its number is one of the file it belongs to."""
    if form is Form.HTML:
        return _page(document)
    try:
        content = render_pdf(document, fonts=settings.FONTS)
    except CannotPrintError as problem:
        return _none(request, problem.code, status=503)
    answer = HttpResponse(content, content_type="application/pdf")
    name = document.reference or "draft"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{document.language}.pdf"'
    return answer


def under(answer: HttpResponse, policy: dict[str, Any]) -> HttpResponse:
    """Tightens the policy of one answer, as csp_replace does it for views that take nothing but the request."""
    answer._csp_replace = policy  # type: ignore[attr-defined]
    return answer


def _page(document: Document) -> HttpResponse:
    return under(HttpResponse(render_html(document)), _ALONE)


def _none(request: HttpRequest, code: str, *, status: int) -> HttpResponse:
    return render(request, "account/no_document.html", {"why": no_document_words(code)}, status=status)
