"""Everything that reads requests to keep data: the file's people theirs, a prosecutor what was laid before them."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.letters.letter import Head, KeepLetter, keep_letters
from haetae.agencies.investigation.preservation.content import unpacked
from haetae.agencies.investigation.preservation.models import Preservation
from haetae.agencies.investigation.preservation.rules import Wanted
from haetae.agencies.investigation.preservation.states import WAITS, State
from haetae.common import clock
from haetae.common.case_keys import open_text
from haetae.documents.document import Document
from haetae.law.facts import Role
from haetae.law.packs import load_pack

# Its letter goes out in these, and before a prosecutor stands behind it only where it is urgent.
WITH_LETTER = frozenset({State.URGENT, State.APPROVED, State.SENT, State.KEPT, State.NOT_KEPT, State.OVER})


def of_file(investigation_id: UUID) -> Sequence[Preservation]:
    """The newest first."""
    rows = Preservation.objects.filter(investigation=investigation_id)
    return list(rows.select_related("applied_by").order_by("-applied_at", "pk"))


def in_file(preservation_id: UUID, investigation_id: UUID) -> Preservation:
    """Raises Preservation.DoesNotExist, also for one of another file."""
    return Preservation.objects.select_related("applied_by").get(
        pk=preservation_id, investigation=investigation_id
    )


def laid_before(official_id: UUID) -> Sequence[Preservation]:
    """What waits for a prosecutor, the urgent ones first, and what this one decided."""
    rows = Preservation.objects.filter(_theirs(official_id)).select_related("applied_by")
    order = {State.URGENT: 0, State.APPLIED: 1}
    return sorted(rows, key=lambda row: (order.get(State(row.state), 2), row.applied_at))


def laid_one(preservation_id: UUID, official_id: UUID) -> Preservation:
    """Raises Preservation.DoesNotExist, also for what another prosecutor decided."""
    rows = Preservation.objects.select_related("applied_by", "investigation")
    return rows.get(_theirs(official_id), pk=preservation_id)


def standing_of(row: Preservation) -> State:
    """What became of it by now: an urgent one lapses by its time, also where no clock has said so yet."""
    if State(row.state) is not State.URGENT or row.sent_at is None:
        return State(row.state)
    pack = load_pack(settings.JURISDICTION)
    lapses_at = pack.due_at(start=row.sent_at, duration=pack.asking.preserving.approve_within)
    return State.LAPSED if clock.now() >= lapses_at else State.URGENT


def wanted_of(row: Preservation, key: bytes | None = None) -> Wanted:
    """`key` is the file's; a prosecutor's is asked for here, after laid_one() has checked."""
    return unpacked(
        open_text(row.wanted, key=files.key_of(row.investigation) if key is None else key, about=row.pk)
    )


def why_refused(row: Preservation, key: bytes) -> str:
    return open_text(row.why_refused, key=key, about=row.pk) if row.why_refused else ""


def letters_of(row: Preservation, key: bytes) -> list[Document]:
    """By the law and the names of the day; who approved it as long as somebody has."""
    pack, wanted = load_pack(settings.JURISDICTION), wanted_of(row, key)
    on = (row.sent_at or clock.now()).astimezone(pack.zone).date()
    police = pack.agency(role=Role.POLICE, on=on)
    decided = row.decided_at.astimezone(pack.zone).date() if row.decided_at else None
    approver = pack.agency(role=Role.PROSECUTOR, on=decided) if decided else None
    return keep_letters(
        KeepLetter(
            head=Head(
                reference=f"KEEP-{on.year}-{str(row.pk)[:8].upper()}",
                issuer_ko=police.name_ko,
                issuer_en=police.name_en,
                office=wanted.office,
                contact=wanted.contact,
                on=on,
                platform=wanted.platform,
                accounts=list(wanted.accounts),
                zone=pack.zone,
            ),
            basis=pack.asking.preserving,
            why=wanted.why,
            approver_ko=f"{approver.name_ko} 검사" if approver else "",
            approver_en=f"a prosecutor of the {approver.name_en}" if approver else "",
            days=pack.asking.preserving.keep_for.as_timedelta().days,
        )
    )


def _theirs(official_id: UUID) -> Q:
    return Q(state__in=sorted(WAITS)) | Q(decided_by=official_id)
