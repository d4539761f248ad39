"""What of the record goes into a notice."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from haetae.agencies.enforcement.sanctions import queries
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.papers.letter import Notice, documents_of
from haetae.agencies.enforcement.sanctions.states import Kind, State
from haetae.common import clock
from haetae.documents.document import Document
from haetae.law.facts import Role
from haetae.law.packs import load_pack


def letters_of(sanction: Sanction, *, outcome: State | None = None) -> Sequence[Document]:
    """As it stands now, in both languages; with `outcome`, of what was decided after it was contested."""
    pack, on = load_pack(settings.JURISDICTION), timezone.localdate(clock.now())
    sheets = queries.sheets_of(sanction.pk)
    agency = pack.agency(role=Role.REGULATOR, on=on)
    return documents_of(
        Notice(
            operator=sanction.operator.name,
            sheet=queries.worksheet_of(sheets[0]),
            article=next(one for one in pack.country.sanctions if one.sanction_id == sanction.article),
            order_number=str(sanction.order_id)[:8],
            failed_on=sanction.failed_on,
            intent=sanction.intent if outcome is None else "",
            pack=pack,
            terms=(pack.surcharge if Kind(sanction.kind) is Kind.SURCHARGE else pack.fine).terms,
            issuer_ko=agency.name_ko,
            issuer_en=agency.name_en,
            on=on,
            outcome=outcome,
            why=sanction.conclusion if outcome else "",
            before=sheets[1].amount if outcome is State.CHANGED else None,
        )
    )
