"""Was this document issued? Anybody may ask, by its number; whoever holds a copy also whether it is the same.

A visitor learns the agency, the kind, the day and the digests. What stands in it, and about whom, is not told here.
"""

from typing import Any, Final

from csp.constants import NONE
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.education.queries import was_taken_back
from haetae.documents.document import Language
from haetae.documents.words import long_day
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.queries import is_ours, with_reference
from haetae.flow.issued.rules import read_digest, read_reference
from haetae.flow.issued.states import Kind
from haetae.web.access import public
from haetae.web.documents import under
from haetae.web.limits.asking import too_often, wait_for_source
from haetae.web.portal.sending import SeeOther
from haetae.web.words.documents import LANGUAGES, issuer_words, kind_words
from haetae.web.words.language import in_korean

# The file is read on the visitor's own device, and the browser is told that the page may send nothing by itself.
_SENDS_NOTHING: Final = {"connect-src": [NONE]}
_SHOWN: Final = 80


@public
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """The number is typed here; each document has a page of its own, whose address stands on it."""
    typed = request.POST.get("reference", "")[:_SHOWN]
    reference = read_reference(typed)
    if reference is not None:
        return SeeOther(reverse("portal:document", args=[reference]))
    asked = request.method == "POST"
    shown = {"typed": typed, "is_wrong": asked}
    return render(request, "portal/documents.html", shown, status=422 if asked else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, reference: str) -> HttpResponse:
    """Issued or not; with a digest also whether a copy is the same. No answer says more than that."""
    number = read_reference(reference)
    wait_s = wait_for_source(request, "documents_of_source")
    if wait_s:
        return too_often(
            render(request, "portal/documents.html", {"typed": number, "is_often": True}), wait_s
        )
    issued = with_reference(number) if number else None
    if issued is None:
        return render(request, "portal/document.html", {"number": number or reference[:_SHOWN]}, status=404)
    shown: dict[str, Any] = {
        "number": issued.reference,
        "issued": _facts(issued),
        "digests": _digests(issued),
        "taken_back": issued.kind == Kind.CERTIFICATE and was_taken_back(issued.subject_id),
    }
    if request.method != "POST":
        return under(render(request, "portal/document.html", shown), _SENDS_NOTHING)
    typed = request.POST.get("digest", "")
    digest = read_digest(typed)
    same = digest is not None and is_ours(issued, digest)
    shown |= {"typed": typed[:_SHOWN], "checked": True, "same": same, "no_digest": digest is None}
    answer = render(request, "portal/document.html", shown, status=200 if same else 422)
    return under(answer, _SENDS_NOTHING)


def _facts(issued: IssuedDocument) -> list[tuple[str, str]]:
    language = Language.KO if in_korean() else Language.EN
    return [
        (_("Number"), issued.reference),
        (_("Issued by"), issuer_words(issued)),
        (_("Day"), long_day(issued.on, language)),
        (_("What it is"), kind_words(issued.kind)),
    ]


def _digests(issued: IssuedDocument) -> list[tuple[str, str, str]]:
    """Language, its name, and the digest in groups that an eye can follow."""
    found = ((Language.KO, issued.digest_ko), (Language.EN, issued.digest_en))
    return [
        (language, LANGUAGES[language], " ".join(digest[at : at + 8] for at in range(0, 64, 8)))
        for language, digest in found
    ]
