"""Everything that an agency's administrator writes about who sits there."""

from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from haetae.accounts.actions import official_actor, seat_official
from haetae.accounts.letting_in.actions import give_way_in
from haetae.accounts.models import HandedOver, Official, Seat
from haetae.accounts.permissions import Role
from haetae.accounts.queries import holders_on
from haetae.accounts.seats import queries, rules
from haetae.accounts.sessions.actions import end_sessions
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.common.ids import new_id


class CannotSeatError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def give_seat(
    *, agency: str, name: str, role: Role, since: date, by: Official, places: int | None = None
) -> Official:
    """A seat in the administrator's own agency; the account is made when there is none. Raises CannotSeatError.

    `places`: how many the law gives this role, where it names a number.
    """
    _lock(agency)
    _refuse(
        rules.why_not_give(
            name=name,
            role=role,
            agency=agency,
            is_self=name == by.get_username(),
            sits_elsewhere=queries.sits_elsewhere(name, agency),
            since=since,
            today=queries.today(),
        )
    )
    holders = holders_on(agency, role=role, day=since)
    if not Official.objects.filter(username=name, pk__in=holders).exists():
        _refuse(rules.why_no_place(taken=len(holders), places=places))
    official = seat_official(
        username=name, role=role, agency=agency, since=since, actor=official_actor(by.pk)
    )
    if not official.is_active:
        official.is_active = True
        official.save(update_fields=["is_active"])
    return official


@transaction.atomic
def end_seat(*, agency: str, seat_id: int, last_day: date, at_once: bool, by: Official) -> Seat:
    """A seat ends with a day. At once: outside in every session, unless another seat here lasts.

    Said twice it happens once. Raises CannotSeatError, and Seat.DoesNotExist for one of another agency.
    """
    _lock(agency)  # two administrators who end each other come here one after the other
    seat = queries.get_seat(agency, seat_id)
    _refuse(
        rules.why_not_end(
            role=Role(seat.role),
            other_administrators=queries.other_administrators(agency, seat.official_id),
            since=seat.since,
            last_day=last_day,
            today=queries.today(),
        )
    )
    if seat.until == last_day and not at_once:
        return seat
    seat.until = last_day
    seat.save(update_fields=["until"])
    end_sessions(seat.official)
    if at_once and not _others(agency, seat).exists():
        _put_outside(seat.official)
    facts: dict[str, Fact] = {
        "role": seat.role,
        "agency": agency,
        "last_day": last_day.isoformat(),
        "at_once": at_once,
    }
    record(event="accounts.seat_ended", subject=seat.official, actor=official_actor(by.pk), facts=facts)
    return seat


@transaction.atomic
def new_way_in(*, agency: str, official_id: UUID, by: Official) -> str:
    """The secret of a one-time sign-in for a colleague. Raises Official.DoesNotExist for whoever is none."""
    return give_way_in(official=queries.colleague(agency, official_id), actor=official_actor(by.pk))


@transaction.atomic
def note_hand_over(*, kind: str, subject_id: UUID, from_id: UUID, to_id: UUID, by_id: UUID) -> HandedOver:
    """Somebody else has it from now on; who began it, and what was done, keeps its name. Part of a hand-over."""
    row = HandedOver.objects.create(
        pk=new_id(),
        kind=kind,
        subject_id=subject_id,
        by_id=by_id,
        at=clock.now(),
        left_id=from_id,
        to_id=to_id,
    )
    facts = {"kind": kind, "for": str(subject_id), "from": str(from_id), "to": str(to_id)}
    record(event="accounts.handed_over", subject=row, actor=official_actor(by_id), facts=facts)
    return row


@transaction.atomic
def refused(*, code: str, by: Official) -> None:
    """An administrator tried what may not be: it stands in the record, with the code of the reason."""
    record(event="accounts.seat_refused", subject=by, actor=official_actor(by.pk), facts={"code": code})


def _put_outside(official: Official) -> None:
    official.is_active = False
    official.set_unusable_password()  # every session is bound to the password that it began with
    official.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=official).delete()  # a passkey signs in alone


def _others(agency: str, seat: Seat) -> QuerySet[Seat]:
    return queries.seats_in(agency).filter(official=seat.official_id).exclude(pk=seat.pk)


def _lock(agency: str) -> None:
    list(Seat.objects.select_for_update().filter(agency=agency, role=Role.AGENCY_ADMINISTRATOR))


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotSeatError(code)
