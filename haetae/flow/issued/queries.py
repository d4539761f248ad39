"""Everything that reads issued documents."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from haetae.documents.content import from_json
from haetae.documents.document import Document, Language
from haetae.documents.html import FORM, digest_of, render_html
from haetae.flow.issued.models import IssuedDocument


class NotAsIssuedError(Exception):
    """What is kept does not give the text that was issued: it was altered, or the program forgot its form."""


def get_issued(issued_id: UUID) -> IssuedDocument:
    """Raises IssuedDocument.DoesNotExist."""
    return IssuedDocument.objects.get(pk=issued_id)


def of_subject(subject_id: UUID) -> list[IssuedDocument]:
    """The oldest first."""
    return of_subjects([subject_id])


def of_subjects(subject_ids: Iterable[UUID]) -> list[IssuedDocument]:
    """The documents of these acts, the oldest first."""
    return list(IssuedDocument.objects.filter(subject_id__in=list(subject_ids)).order_by("issued_at", "pk"))


def with_reference(reference: str) -> IssuedDocument | None:
    """By the number that stands on it."""
    return IssuedDocument.objects.filter(reference=reference).first()


def with_digest(digest: str) -> IssuedDocument | None:
    """By one of its pages, or by a PDF of it that we handed out."""
    rows = IssuedDocument.objects.filter(Q(digest_ko=digest) | Q(digest_en=digest) | Q(files__digest=digest))
    return rows.distinct().first()


def document_of(issued: IssuedDocument, language: Language) -> Document:
    """What was issued, held against its digest. Raises NotAsIssuedError."""
    content, digest = (
        (issued.content_ko, issued.digest_ko)
        if language is Language.KO
        else (issued.content_en, issued.digest_en)
    )
    document = from_json(content)
    if issued.form != FORM or digest_of(render_html(document)) != digest:
        raise NotAsIssuedError(f"{issued.reference} in {language} is not what was issued")
    return document


def is_ours(issued: IssuedDocument, digest: str) -> bool:
    """Whether a file with this SHA-256 is this document: one of its pages, or a PDF that we handed out."""
    return digest in {issued.digest_ko, issued.digest_en} or issued.files.filter(digest=digest).exists()
