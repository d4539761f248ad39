"""One case as one line of the queue, in codes: nothing that anybody told is opened for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from haetae.agencies.referrals.states import State as Referred
from haetae.agencies.support.models import Case
from haetae.agencies.support.rules import DANGER
from haetae.agencies.support.states import STOOD_BY, Age, Channel, Circumstance, Relation, State
from haetae.web.console.lines import number_of
from haetae.web.words.cases import said
from haetae.web.words.times import Moment, moment

_IN_DANGER: Final = frozenset({0, 10, 11})  # rules.rank


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """`marks` are what makes it urgent, `codes` the rest; `whose` is empty where nobody has it."""

    case_id: UUID
    number: str
    state: str
    is_open: bool
    has_ended: bool
    tone: str
    shape: str
    who: str
    marks: Sequence[str]
    codes: Sequence[str]
    waits: Moment | None
    opened: Moment
    links: int
    hashes: int
    unread: int
    whose: str
    is_mine: bool
    next_words: str


def case_line(
    case: Case, *, official_id: UUID, came_back: Mapping[UUID, Referred], now: datetime
) -> CaseLine:
    """`case` as desk.queries.waiting counts it; `came_back` are referrals that were returned or not answered."""
    counted: Any = case
    danger = case.rank in _IN_DANGER
    minor = case.age == Age.UNDER_19
    holder = case.counsellor.get_username() if case.counsellor else ""
    return CaseLine(
        case_id=case.pk,
        number=number_of(case.pk),
        state=said(State, case.state),
        is_open=case.state == State.OPEN,
        has_ended=case.state not in STOOD_BY,
        tone="bad" if danger else "people" if minor else "",
        shape="!" if danger else "◆" if minor else "○",
        who=said(Age, case.age),
        marks=[said(Circumstance, code) for code in case.circumstances if code in DANGER],
        codes=[
            said(Relation, case.relation),
            *(said(Circumstance, code) for code in case.circumstances if code not in DANGER),
            said(Channel, case.channel),
        ],
        waits=moment(case.waits_since, now=now) if case.waits_since else None,
        opened=moment(case.opened_at, now=now),
        links=counted.link_count,
        hashes=counted.hash_count,
        unread=counted.unread_count,
        whose=holder,
        is_mine=case.counsellor_id == official_id,
        next_words=_next(case, unread=counted.unread_count, referred=came_back.get(case.pk)),
    )


def _next(case: Case, *, unread: int, referred: Referred | None) -> str:
    """The one thing to do now."""
    if referred is Referred.RETURNED:
        return _("See what came back")
    if referred is Referred.OVERDUE:
        return _("Ask the other agency")
    if case.counsellor_id is None:
        return _("Take it on")
    if unread:
        return _("Answer")
    return _("Read it") if case.waits_since else _("Nothing now")
