"""An issued document in the console: what it is, its digests, and its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.documents.document import Language
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.queries import get_issued
from haetae.flow.issued.states import ISSUED_BY, Kind
from haetae.law.facts import Role as AgencyRole
from haetae.web import errors
from haetae.web.access import needs, refusal
from haetae.web.console.rights import roles_of
from haetae.web.documents import Form, document_answer
from haetae.web.words.documents import LANGUAGES, issuer_words, kind_words
from haetae.web.words.times import Moment, moment

# What the regulator issued is read by whoever reads enforcement; what the commission decided by whoever reads reviews;
# what the ministry charges by whoever charges it.
_READ_BY: Final = {
    AgencyRole.REVIEWER: Permission.REVIEW_READ,
    AgencyRole.REGULATOR: Permission.ENFORCEMENT_READ,
    AgencyRole.SUPPORT_MINISTRY: Permission.RECOVERY_CHARGE,
    AgencyRole.INSTITUTION: Permission.EDUCATION_SUPERVISE,
}
# A training is ordered by others at the ministry than those who charge what a deletion cost.
_NEEDS: Final = {kind: _READ_BY[role] for kind, role in ISSUED_BY.items()} | {
    Kind.TRAINING_ORDER: Permission.EDUCATION_SUPERVISE
}


@dataclass(frozen=True, kw_only=True)
class DocumentLine:
    """One issued document where something else is told: `files` are (language, its name, digest)."""

    document_id: UUID
    reference: str
    kind: str
    issuer: str
    issued: Moment
    files: Sequence[tuple[Language, str, str]]


def document_line(issued: IssuedDocument) -> DocumentLine:
    digests = {Language.KO: issued.digest_ko, Language.EN: issued.digest_en}
    return DocumentLine(
        document_id=issued.pk,
        reference=issued.reference,
        kind=kind_words(issued.kind),
        issuer=issuer_words(issued),
        issued=moment(issued.issued_at, now=clock.now()),
        files=[(language, LANGUAGES[language], digest) for language, digest in digests.items()],
    )


@needs(Permission.REVIEW_READ)
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """What it is, and where its files are."""
    found = _issued(document_id)
    why = _why_not(request, found)
    if why:
        return errors.refused(request, why=why)
    return render(request, "console/documents/document.html", {"document": document_line(found)})


@needs(Permission.REVIEW_READ)
@require_safe
def file(request: HttpRequest, document_id: UUID, language: str, form: str) -> HttpResponse:
    """The document itself, as a page or as a PDF."""
    found = _issued(document_id)
    if language not in set(Language) or form not in set(Form):
        raise Http404
    why = _why_not(request, found)
    if why:
        return errors.refused(request, why=why)
    return document_answer(request, issued=found, language=Language(language), form=Form(form))


def _issued(document_id: UUID) -> IssuedDocument:
    try:
        return get_issued(document_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _why_not(request: HttpRequest, issued: IssuedDocument) -> str | None:
    return refusal(_NEEDS[Kind(issued.kind)], roles=roles_of(request))
