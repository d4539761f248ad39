"""What an official sent to one of the three forms of a hearing, as it was typed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from haetae.common import clock
from haetae.flow.hearings.rules import LONGEST
from haetae.flow.hearings.states import Party, Unheard, Way
from haetae.law.packs import load_pack

USUAL: Final = "usual"
URGENT: Final = "urgent"
DAY: Final = "day"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """`within` is usual, urgent or day; `day` counts for the last alone. `text` is a note or an opinion."""

    verb: str = ""
    party: str = Party.OPERATOR.value
    within: str = USUAL
    day: str = ""
    code: str = ""
    text: str = ""
    problem: str = ""

    @property
    def asked(self) -> Party | None:
        return Party(self.party) if self.party in set(Party) else None

    @property
    def why(self) -> Unheard | None:
        return Unheard(self.code) if self.code in set(Unheard) else None

    @property
    def way(self) -> Way | None:
        return Way(self.code) if self.code in set(Way) else None


def sent(request: HttpRequest, verb: str) -> Draft:
    """Too long a text is cut just beyond what is taken, so that it is refused and still stands there."""
    posted = request.POST
    return Draft(
        verb=verb,
        party=posted.get("party", Party.OPERATOR.value),
        within=posted.get("within", ""),
        day=posted.get("day", "").strip(),
        code=posted.get("code", ""),
        text=posted.get("text", "").replace("\r\n", "\n")[: LONGEST + 1],
    )


def until(draft: Draft) -> datetime | None:
    """The moment at which the time for an opinion is over: a named day ends where the law is at home."""
    pack = load_pack(settings.JURISDICTION)
    terms = {USUAL: pack.hearings.operator_within, URGENT: pack.hearings.urgent_within}
    if draft.within in terms:
        return pack.due_at(start=clock.now(), duration=terms[draft.within])
    if draft.within != DAY:
        return None
    try:
        after = date.fromisoformat(draft.day) + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=pack.zone).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
