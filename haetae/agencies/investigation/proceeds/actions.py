"""Everything that writes about proceeds: traced, proposed, withdrawn, decided. Nothing is taken from anybody here."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.locking import locked_file
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.proceeds import queries, rules
from haetae.agencies.investigation.proceeds.models import Proceeds
from haetae.agencies.investigation.proceeds.states import MOVES, Form, State
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.law.packs import load_pack


class CannotTraceError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found, where it lies, its worth in whole won where it is known, and the deed that it comes from."""

    form: Form
    what: str
    where: str
    won: int | None
    offence: str
    offence_on: date


@transaction.atomic
def trace(*, investigation_id: UUID, found: Found, form_key: UUID, official_id: UUID) -> UUID:
    """An officer writes down what was found. The same form sent twice is one row.

    Raises NotYoursError, CannotTraceError.
    """
    opened = locked_file(investigation_id, official_id)
    row_id, now = derived_id("proceeds", investigation_id, official_id, form_key), clock.now()
    if Proceeds.objects.filter(pk=row_id).exists():
        return row_id
    pack = load_pack(settings.JURISDICTION)
    _refuse(
        rules.why_not_trace(
            what=found.what,
            where=found.where,
            won=found.won,
            offence=found.offence,
            offence_on=found.offence_on,
            offences={one.offence_id for one in pack.all_offences},
            today=timezone.localdate(now),
        )
    )
    row = Proceeds.objects.create(
        pk=row_id,
        investigation=opened.investigation,
        form=found.form,
        what=seal_text(found.what.strip(), key=opened.key, about=row_id),
        where=seal_text(found.where.strip(), key=opened.key, about=row_id),
        won=None if found.won is None else seal_text(str(found.won), key=opened.key, about=row_id),
        offence=found.offence,
        offence_on=found.offence_on,
        traced_by_id=official_id,
        traced_at=now,
        changed_at=now,
    )
    record(event="proceeds.traced", subject=row, actor=official_actor(official_id), facts=_facts(row))
    return row_id


@transaction.atomic
def propose(*, investigation_id: UUID, proceeds_id: UUID, reason: str, official_id: UUID) -> None:
    """It is laid before the prosecutor, and with it what it says; twice is once.

    Raises NotYoursError, CannotTraceError, Proceeds.DoesNotExist.
    """
    opened, row = _for_writing(investigation_id, proceeds_id, official_id)
    if State(row.state) is State.PROPOSED:
        return
    law = load_pack(settings.JURISDICTION).confiscation
    _refuse(
        rules.why_not_propose(
            State(row.state), law=law, offence=row.offence, offence_on=row.offence_on, reason=reason
        )
    )
    row.reason = seal_text(reason.strip(), key=opened.key, about=row.pk)
    row.proposed_by_id, row.proposed_at = official_id, clock.now()
    _move(row, State.PROPOSED)
    facts = _facts(row) | {"article": f"{law.source.key}.{law.article.split('(')[0]}"}
    record(event="proceeds.proposed", subject=row, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def withdraw(*, investigation_id: UUID, proceeds_id: UUID, official_id: UUID) -> None:
    """It is not followed after all; only before somebody decided. Raises NotYoursError, CannotTraceError."""
    _opened, row = _for_writing(investigation_id, proceeds_id, official_id)
    if State(row.state) is State.WITHDRAWN:
        return
    _refuse(None if State.WITHDRAWN in MOVES[State(row.state)] else "proceeds_decided")
    _move(row, State.WITHDRAWN)
    record(event="proceeds.withdrawn", subject=row, actor=official_actor(official_id))


@transaction.atomic
def decide(*, proceeds_id: UUID, outcome: State, reason: str, official_id: UUID) -> None:
    """The prosecutor asks the court for it, or does not. Raises CannotTraceError, Proceeds.DoesNotExist."""
    row = Proceeds.objects.select_for_update().get(pk=proceeds_id)
    if State(row.state) is outcome and row.decided_by_id == official_id:
        return
    _refuse(
        rules.why_not_decide(
            State(row.state), outcome, worked_on_it=queries.worked_on(row), by=official_id, reason=reason
        )
    )
    row.decision = seal_text(reason.strip(), key=files.key_of(row.investigation), about=row.pk)
    row.decided_by_id, row.decided_at = official_id, clock.now()
    _move(row, outcome)
    record(
        event="proceeds.decided",
        subject=row,
        actor=official_actor(official_id),
        facts={"outcome": outcome},
    )


@transaction.atomic
def refused(*, proceeds_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be: nothing changed, and the try stands in the record."""
    row = Proceeds.objects.filter(pk=proceeds_id).first()
    if row is not None:
        record(
            event="proceeds.refused",
            subject=row,
            actor=official_actor(official_id),
            facts={"code": code},
        )


def _for_writing(investigation_id: UUID, proceeds_id: UUID, official_id: UUID) -> tuple[OpenFile, Proceeds]:
    opened = locked_file(investigation_id, official_id)
    row = Proceeds.objects.select_for_update().get(pk=proceeds_id, investigation=investigation_id)
    return opened, row


def _facts(row: Proceeds) -> dict[str, Fact]:
    return {"offence": row.offence, "offence_on": row.offence_on.isoformat()}


def _move(row: Proceeds, after: State) -> None:
    check_move(MOVES, State(row.state), after)
    row.state, row.changed_at = after, clock.now()
    row.save()


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotTraceError(code)
