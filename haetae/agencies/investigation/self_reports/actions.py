"""Everything that writes about self-reports: made, taken up, given back, put into a file, closed."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files.locking import locked_file
from haetae.agencies.investigation.self_reports import rules
from haetae.agencies.investigation.self_reports.models import SelfReport
from haetae.agencies.investigation.self_reports.states import MOVES, Age, CameBy, State, WhyClosed
from haetae.audit.actions import Fact, record
from haetae.audit.actor import PUBLIC
from haetae.common import clock
from haetae.common.case_keys import new_case_key, seal_text
from haetae.common.ids import new_id
from haetae.common.states import check_move


class CannotSelfReportError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody says. `has_understood`: that they read what this page is not."""

    text: str
    contact: str
    age: Age
    has_understood: bool


@transaction.atomic
def make(*, told: Told, form_key: UUID, official_id: UUID | None = None) -> SelfReport:
    """Somebody reports what they did; with `official_id` at a desk, where an officer wrote it down and has it.

    The moment is this one, to the second, and the same form sent twice keeps the first. Raises CannotSelfReportError.
    """
    found = SelfReport.objects.filter(form_key=form_key).first()
    if found is not None:
        return found
    problem = rules.why_not_report(told=told.text, contact=told.contact, has_understood=told.has_understood)
    _refuse(problem)
    try:
        with transaction.atomic():
            row = _new(told, form_key=form_key, official_id=official_id)
    except IntegrityError:  # the same form was sent twice at the same moment: the other one stands
        return SelfReport.objects.get(form_key=form_key)
    facts: dict[str, Fact] = {
        "made_at": row.made_at.isoformat(),
        "came_by": row.came_by,
        "receipt": row.receipt,
    }
    actor = PUBLIC if official_id is None else official_actor(official_id)
    record(event="self_reports.made", subject=row, actor=actor, facts=facts)
    if official_id is not None:
        take_up(report_id=row.pk, official_id=official_id)
        row.refresh_from_db()
    return row


@transaction.atomic
def take_up(*, report_id: UUID, official_id: UUID) -> None:
    """An officer reads it from now on, and nobody else does; twice is once.

    Raises CannotSelfReportError, SelfReport.DoesNotExist.
    """
    row = _locked(report_id)
    if State(row.state) is State.TAKEN and row.taken_by_id == official_id:
        return
    _refuse(rules.why_not_take_up(State(row.state)))
    row.taken_by_id = official_id
    _move(row, State.TAKEN)
    record(event="self_reports.taken", subject=row, actor=official_actor(official_id))


@transaction.atomic
def give_back(*, report_id: UUID, official_id: UUID) -> None:
    """It waits for somebody else. Raises CannotSelfReportError."""
    row = _checked(report_id, State.WAITING, official_id)
    row.taken_by_id = None
    _move(row, State.WAITING)
    record(event="self_reports.given_back", subject=row, actor=official_actor(official_id))


@transaction.atomic
def put_into_file(*, report_id: UUID, investigation_id: UUID, official_id: UUID) -> None:
    """From now on the members of that file read it. Raises CannotSelfReportError, and NotYoursError for the file."""
    opened = locked_file(investigation_id, official_id)
    row = _checked(report_id, State.FILED, official_id)
    row.investigation = opened.investigation
    _move(row, State.FILED)
    facts = {"file": str(investigation_id)}
    record(event="self_reports.filed", subject=row, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def close(*, report_id: UUID, why: WhyClosed, official_id: UUID) -> None:
    """The police do not follow it here, and the record says why. Raises CannotSelfReportError."""
    row = _checked(report_id, State.CLOSED, official_id)
    row.why_closed = why
    _move(row, State.CLOSED)
    record(event="self_reports.closed", subject=row, actor=official_actor(official_id), facts={"why": why})


@transaction.atomic
def refused(*, report_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be: nothing changed, and the try stands in the record."""
    row = SelfReport.objects.filter(pk=report_id).first()
    if row is not None:
        record(
            event="self_reports.refused",
            subject=row,
            actor=official_actor(official_id),
            facts={"code": code},
        )


def _new(told: Told, *, form_key: UUID, official_id: UUID | None) -> SelfReport:
    report_id, key, now = new_id(), new_case_key(), rules.to_the_second(clock.now())
    contact = told.contact.strip()
    return SelfReport.objects.create(
        pk=report_id,
        receipt=rules.new_receipt(year=timezone.localdate(now).year),
        came_by=CameBy.PORTAL if official_id is None else CameBy.DESK,
        age=told.age,
        told=seal_text(told.text.strip(), key=key, about=report_id),
        contact=seal_text(contact, key=key, about=report_id) if contact else None,
        key_for_custodian=settings.KEYS.seal_case_key(key, case_id=report_id),
        made_at=now,
        form_key=form_key,
        noted_by_id=official_id,
        changed_at=now,
    )


def _locked(report_id: UUID) -> SelfReport:
    return SelfReport.objects.select_for_update().get(pk=report_id)


def _checked(report_id: UUID, after: State, official_id: UUID) -> SelfReport:
    row = _locked(report_id)
    _refuse(rules.why_not_go_on(State(row.state), after, taken_by=row.taken_by_id, by=official_id))
    return row


def _move(row: SelfReport, after: State) -> None:
    check_move(MOVES, State(row.state), after)
    row.state, row.changed_at = after, clock.now()
    row.save()


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotSelfReportError(code)
