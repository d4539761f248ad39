"""Everything that writes issued documents. Nothing here is ever changed or taken back."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.documents.content import to_json
from haetae.documents.document import Document, Language
from haetae.documents.html import FORM, digest_of, render_html
from haetae.flow.issued import rules
from haetae.flow.issued.models import IssuedDocument, IssuedFile, Numbering
from haetae.flow.issued.states import ISSUED_BY, Kind
from haetae.law.packs import load_pack


@transaction.atomic
def issue_document(
    *, kind: Kind, subject_id: UUID, documents: Sequence[Document], official_id: UUID | None
) -> IssuedDocument:
    """Give an act its document, in the transaction of the act itself; asked twice for one act, it is issued once.

    `documents` are the Korean and the English one, without number, address, issuer and day: these are given here.
    `official_id` is whoever signed the act, and None where several decided by votes: nobody is told whose was the last.
    Raises NotTwoLanguagesError.
    """
    found = IssuedDocument.objects.filter(kind=kind, subject_id=subject_id).first()
    if found is not None:
        return found
    pack, now = load_pack(settings.JURISDICTION), clock.now()
    on = now.astimezone(pack.zone).date()
    agency = pack.agency(role=ISSUED_BY[kind], on=on)
    reference = _next_reference(prefix=rules.prefix_of(agency), year=on.year)
    address = f"{settings.AGENCY.public_origin}/documents/{reference}/"
    whole = rules.completed(documents, reference=reference, address=address, agency=agency, on=on)
    digests = {language: digest_of(render_html(document)) for language, document in whole.items()}
    issued = IssuedDocument.objects.create(
        reference=reference,
        kind=kind,
        subject_id=subject_id,
        agency=agency.role,
        agency_name_ko=agency.name_ko,
        agency_name_en=agency.name_en,
        on=on,
        issued_at=now,
        issued_by_id=official_id,
        content_ko=to_json(whole[Language.KO]),
        content_en=to_json(whole[Language.EN]),
        digest_ko=digests[Language.KO],
        digest_en=digests[Language.EN],
        form=FORM,
    )
    facts = {"kind": kind, "for": str(subject_id), "reference": reference}
    facts |= {f"digest_{language}": digest for language, digest in digests.items()}
    record(
        event="issued.document",
        subject=issued,
        actor=official_actor(official_id) if official_id else SYSTEM,
        facts=facts,
    )
    return issued


@transaction.atomic
def file_made(*, issued_id: UUID, language: Language, content: bytes) -> None:
    """A PDF of it goes out: whoever holds it can ask whether it is ours. The same file twice is noted once."""
    file, is_new = IssuedFile.objects.get_or_create(
        document_id=issued_id,
        digest=hashlib.sha256(content).hexdigest(),
        defaults={"language": language, "made_at": clock.now()},
    )
    if is_new:
        facts = {"document": str(issued_id), "language": language, "digest": file.digest}
        record(event="issued.file_made", subject=file, actor=SYSTEM, facts=facts)


def _next_reference(*, prefix: str, year: int) -> str:
    """Two at once wait for each other; a number is only used up by a document that stands."""
    Numbering.objects.get_or_create(prefix=prefix, year=year)
    row = Numbering.objects.select_for_update().get(prefix=prefix, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return rules.reference_of(prefix=prefix, year=year, number=row.last)
