"""Everything that reads proceeds. The prosecutor reads what was laid open and nothing else of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.models import Member
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.proceeds.models import Proceeds
from haetae.agencies.investigation.proceeds.states import LAID, State
from haetae.common.case_keys import open_text


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One of them with its texts. `won` is None where nobody knows what it is worth."""

    row: Proceeds
    what: str
    where: str
    won: int | None
    reason: str
    decision: str


def of_file(opened: OpenFile) -> Sequence[Opened]:
    """For whoever works on the file, the newest first. Raises WrongKeyError."""
    rows = Proceeds.objects.filter(investigation=opened.investigation).order_by("-traced_at", "pk")
    return [_opened(row, opened.key) for row in rows.select_related("traced_by", "proposed_by", "decided_by")]


def laid_open() -> Sequence[Proceeds]:
    """What lies before the prosecutor, what waits first. Nothing of it is opened to list it."""
    rows = list(Proceeds.objects.filter(state__in=sorted(LAID)).order_by("proposed_at", "pk"))
    return sorted(rows, key=lambda row: State(row.state) is not State.PROPOSED)


def for_decision(proceeds_id: UUID, *, official_id: UUID) -> Opened:
    """What was laid before the prosecutor. Raises NotYoursError for what was not, and for whoever worked on it."""
    row = Proceeds.objects.filter(pk=proceeds_id, state__in=sorted(LAID)).first()
    if row is None:
        raise NotYoursError("proceeds_not_proposed")
    if official_id in worked_on(row):
        raise NotYoursError("proceeds_own")
    return _opened(row, files.key_of(row.investigation))


def worked_on(row: Proceeds) -> frozenset[UUID]:
    """Everybody who traced or proposed it, or works or has worked on its file."""
    members = Member.objects.filter(investigation=row.investigation_id).values_list("official_id", flat=True)
    own = {row.traced_by_id, row.proposed_by_id} - {None}
    return frozenset(members) | frozenset(one for one in own if one is not None)


def _opened(row: Proceeds, key: bytes) -> Opened:
    def read(sealed: bytes | memoryview | None) -> str:
        return "" if sealed is None else open_text(sealed, key=key, about=row.pk)

    won = read(row.won)
    return Opened(
        row=row,
        what=read(row.what),
        where=read(row.where),
        won=int(won) if won else None,
        reason=read(row.reason),
        decision=read(row.decision),
    )
