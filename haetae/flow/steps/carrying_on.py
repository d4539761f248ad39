"""What somebody who leaves carries goes to a colleague: every room's own, in one transaction, each recorded."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from haetae.accounts.models import Official
from haetae.accounts.seats import queries, rules
from haetae.accounts.seats.actions import CannotSeatError, end_seat, note_hand_over
from haetae.agencies.enforcement.designation import queries as designations
from haetae.agencies.enforcement.orders import queries as orders
from haetae.agencies.enforcement.sanctions import queries as sanctions
from haetae.agencies.referrals import queries as referrals
from haetae.agencies.support.desk import actions as desk
from haetae.agencies.support.desk import queries as cases
from haetae.agencies.support.desk.states import HandedOn
from haetae.flow.hearings import queries as hearings

_CASE: Final = "case"
# What an official begins and has to see to, by kind. Tasks wait for whoever is there, and are nobody's own.
_BEGUN: Final[dict[str, Callable[[UUID], list[UUID]]]] = {
    _CASE: cases.cases_of,
    "referral": referrals.unanswered_from,
    "hearing": hearings.asked_by,
    "order": orders.drafts_of,
    "sanction": sanctions.proposals_of,
    "designation": designations.proposals_of,
}


def carried_by(official_id: UUID) -> dict[str, list[UUID]]:
    """What somebody has to see to, by kind: what they began or took over, and have not handed on."""
    taken_over = queries.carried_on_by(official_id)
    found: dict[str, list[UUID]] = {}
    for kind, begun in _BEGUN.items():
        own = begun(official_id)
        gone = {subject for subject, now in queries.carriers_of(own).items() if now.pk != official_id}
        others = [subject for left in _who_left_to(official_id) for subject in begun(left)]
        mine = [subject for subject in own if kind == _CASE or subject not in gone]
        mine += [subject for subject in others if subject in taken_over and subject not in mine]
        if mine:
            found[kind] = mine
    return found


def could_carry_on(agency: str, official_id: UUID) -> list[Official]:
    """Colleagues of today whose roles are all that this one's are."""
    held = queries.roles_held(agency, official_id)
    people = {seat.official_id: seat.official for seat in queries.seats_in(agency)}
    return [
        one
        for one in sorted(people.values(), key=lambda one: one.get_username())
        if rules.why_not_carry_on(
            leaver=held, successor=queries.roles_held(agency, one.pk), is_same=one.pk == official_id
        )
        is None
    ]


@transaction.atomic
def hand_over(*, agency: str, leaver_id: UUID, successor_id: UUID, by: Official) -> int:
    """Everything that one carries goes to another of the same roles; returns how much that was.

    Raises CannotSeatError, and Official.DoesNotExist for whoever does not sit in this agency.
    """
    leaver, successor = queries.colleague(agency, leaver_id), queries.colleague(agency, successor_id)
    code = rules.why_not_carry_on(
        leaver=queries.roles_held(agency, leaver.pk),
        successor=queries.roles_held(agency, successor.pk),
        is_same=leaver == successor,
    )
    if code is not None:
        raise CannotSeatError(code)
    carried = [(kind, subject) for kind, subjects in carried_by(leaver.pk).items() for subject in subjects]
    for kind, subject_id in carried:
        if kind == _CASE:
            desk.hand_on(case_id=subject_id, official_id=by.pk, to_id=successor.pk, why=HandedOn.OFF_DUTY)
        note_hand_over(kind=kind, subject_id=subject_id, from_id=leaver.pk, to_id=successor.pk, by_id=by.pk)
    return len(carried)


@transaction.atomic
def leave(
    *, agency: str, seat_id: int, last_day: date, at_once: bool, successor_id: UUID | None, by: Official
) -> None:
    """A seat ends with a day, and what they carry is handed over before. Raises CannotSeatError, or DoesNotExist."""
    seat = queries.get_seat(agency, seat_id)
    if successor_id is not None:
        hand_over(agency=agency, leaver_id=seat.official_id, successor_id=successor_id, by=by)
    carries = sum(map(len, carried_by(seat.official_id).values()))
    others = could_carry_on(agency, seat.official_id) if carries else []
    code = rules.why_not_end_without(carries=carries, could_carry_on=len(others))
    if code is not None:
        raise CannotSeatError(code)
    end_seat(agency=agency, seat_id=seat_id, last_day=last_day, at_once=at_once, by=by)


def _who_left_to(official_id: UUID) -> list[UUID]:
    """Everybody who began what this one has taken over, however often it went on since."""
    return queries.beginners_of(queries.carried_on_by(official_id))
