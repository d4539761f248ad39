"""One referral in words, for whoever received it and for whoever sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import OPEN, Basis, Matter, Returned, State
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.queries import of_subjects
from haetae.law.handing import ReferralGround
from haetae.law.packs import load_pack
from haetae.web.console.lines import Due, due, number_of
from haetae.web.words.agencies import agency_words
from haetae.web.words.cases import said
from haetae.web.words.language import in_korean
from haetae.web.words.times import Moment, moment

# As the receiving side says it of itself.
RETURNED: Final[Mapping[Returned, str | Promise]] = {
    Returned.NOT_COMPETENT: _("this is not ours to do"),
    Returned.NO_CAPACITY: _("nobody is free here"),
    Returned.MORE_NEEDED: _("we need to know more"),
    Returned.PERSON_NOT_REACHED: _("we could not reach the person"),
}
_RECEIVED: Final[Mapping[State, str | Promise]] = {
    State.SENT: _("waits for your answer"),
    State.OVERDUE: _("has waited too long for your answer"),
    State.ACCEPTED: _("accepted by you"),
}
_SENT: Final[Mapping[State, str | Promise]] = {
    State.SENT: _("sent, not answered yet"),
    State.OVERDUE: _("not answered in time"),
    State.ACCEPTED: _("accepted"),
    State.RETURNED: _("returned"),
    State.CALLED_BACK: _("called back"),
}


@dataclass(frozen=True, kw_only=True)
class ReferralLine:
    """`basis` is why it was handed over, `matter` what about; `place` only where the reader may open sightings.

    `is_law` says whether the clock is the law's or our own target; `unchecked` that nobody read the article.
    """

    referral_id: UUID
    number: str
    is_ours: bool
    state: str
    basis: str
    article: str
    unchecked: bool
    is_case: bool
    matter: str
    place: UUID | None
    operator_id: UUID | None
    other: str
    why: str
    sent: Moment
    waits: bool
    is_late: bool
    is_bad: bool
    is_law: bool
    due: Due | None


def lines(rows: list[Referral], *, is_ours: bool, may_see_places: bool, now: datetime) -> list[ReferralLine]:
    """`is_ours`: of what this agency sent."""
    dues = {row.subject_id: row for row in of_subjects(row.pk for row in rows)}
    return [
        _line(row, dues.get(row.pk), is_ours=is_ours, may_see_places=may_see_places, now=now) for row in rows
    ]


def _line(
    row: Referral, found: Deadline | None, *, is_ours: bool, may_see_places: bool, now: datetime
) -> ReferralLine:
    ground, state = ground_of(row), State(row.state)
    return ReferralLine(
        referral_id=row.pk,
        number=number_of(row.pk),
        is_ours=is_ours,
        state=str(_SENT[state] if is_ours else _RECEIVED[state]),
        basis=ground_words(ground) if ground else said(Basis, row.basis),
        article=cited(ground) if ground else "",
        unchecked=ground is not None and not ground.verified,
        is_case=row.matter is Matter.CASE,
        matter=matter_words(row),
        place=row.sighting_id if may_see_places else None,
        operator_id=row.operator_id,
        other=agency_words(row.to if is_ours else row.sender, at=row.sent_at),
        why=str(RETURNED[Returned(row.why_returned)]) if row.why_returned else "",
        sent=moment(row.sent_at, now=now),
        waits=row.state in OPEN,
        is_late=state is State.OVERDUE,
        is_bad=state in {State.OVERDUE, State.RETURNED},
        is_law=found is not None and found.basis == "legal",
        due=due(found, now=now),
    )


def matter_words(row: Referral) -> str:
    """What it is about, by nothing that could tell a place or a person to whoever may not see it."""
    if row.matter is Matter.CASE:
        return gettext("a person's case")
    if row.matter is Matter.OPERATOR:
        return row.operator.name if row.operator else ""
    operator = row.sighting.operator if row.sighting else None
    where = operator.name if operator else gettext("an operator that is not registered")
    return gettext("a place at %(operator)s") % {"operator": where}


def ground_of(row: Referral) -> ReferralGround | None:
    """The article as it stood when it was sent; None for a person's case, and where the pack knows it no more."""
    pack = load_pack(settings.JURISDICTION)
    day = row.sent_at.astimezone(pack.zone).date()
    return next(
        (one for one in pack.all_referral_grounds if one.ground_id == row.ground and one.covers(day)), None
    )


def ground_words(ground: ReferralGround) -> str:
    return ground.words_ko if in_korean() else ground.words_en


def cited(ground: ReferralGround) -> str:
    return ground.citation_ko if in_korean() else ground.citation_en
