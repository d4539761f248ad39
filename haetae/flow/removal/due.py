"""The due dates that a request carries, taken from the law and from our own targets.

Called inside the change that sets them. Three rows at most speak of removal, and none stands for another: what the law
at home says, what the law of the operator's country says, and our own target.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from haetae.accounts.models import Operator
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.queries import is_open, was_ever_set
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.law.countries import DutyName, NotInForceError, RemovalDuty, country_law, packs
from haetae.law.duration import due_at
from haetae.law.packs import load_pack


def set_for_new_request(request_id: UUID, *, at: datetime) -> None:
    """What the law gives and what our own target is: two rows, never one."""
    pack = load_pack(settings.JURISDICTION)
    legal = pack.removal.legal_deadline
    deadlines.set_deadline(
        kind=Kind.REMOVE,
        subject_id=request_id,
        basis=Basis.LEGAL,
        source=f"{legal.source.key} {legal.article}",
        due_at=None if legal.due_after is None else pack.due_at(start=at, duration=legal.due_after),
    )
    _set_target(request_id, at=at)
    acknowledged_by = pack.due_at(start=at, duration=pack.removal.target_acknowledgement)
    set_policy(
        request_id, Kind.ACKNOWLEDGE, at=acknowledged_by, source=pack.removal.acknowledgement.source.key
    )


def after_answer(request: DeletionRequest, answer: State, *, is_heard: bool, at: datetime) -> None:
    """An answer meets what was due for it; `sent` asks to come back for the decision.

    `is_heard`: the operator has said it itself, so it has the request. A letter that is on its way shows nothing.
    """
    request_id = request.pk
    if is_heard:
        _set_term_of_the_operators_law(request, at=at)
        deadlines.meet(subject_id=request_id, kinds=[Kind.ACKNOWLEDGE])
    if answer is State.SENT:
        set_next_status_question(request_id, at=at, since=at)
    else:
        deadlines.meet(subject_id=request_id, kinds=[Kind.ASK_STATUS])
    if answer is State.CLAIMED and not is_open(request_id, Kind.REMOVE):
        # A late claim gets its own time to be proven; when that passes too, people see it again.
        _set_target(request_id, at=at)
    if answer in {State.REFUSED, State.UNSURE, State.ACCESS_BLOCKED}:
        # The regulator's side has the word now, with a term of its own.
        deadlines.close(subject_id=request_id, kinds=[Kind.REMOVE])


def _set_term_of_the_operators_law(request: DeletionRequest, *, at: datetime) -> None:
    """Another country's law counts from when the operator has the request, which its first answer shows."""
    duty = _duty_elsewhere(request.sighting.operator, at=at)
    if duty is None or was_ever_set(request.pk, Kind.REMOVE, pack=duty.pack_id):
        return
    deadlines.set_deadline(
        kind=Kind.REMOVE,
        subject_id=request.pk,
        basis=Basis.LEGAL,
        source=f"{duty.source.key} {duty.article}",
        pack=duty.pack_id,
        due_at=due_at(start=at, duration=duty.due_after, tz=duty.zone) if duty.due_after else None,
    )


def _duty_elsewhere(operator: Operator | None, *, at: datetime) -> RemovalDuty | None:
    """What another country asks of this operator on its own day, where a request of ours is enough for that."""
    if operator is None or operator.jurisdiction == settings.JURISDICTION:
        return None
    if operator.jurisdiction not in packs():
        return None  # nobody has read that law for us yet: what holds at home is all we can name
    country = country_law(operator.jurisdiction)
    try:
        duty = country.removal_duty(at.astimezone(country.zone).date(), name=DutyName.REQUEST)
    except NotInForceError:
        return None
    return duty if duty.starts_with.is_ours and operator.kind in duty.binds else None


def _set_target(request_id: UUID, *, at: datetime) -> None:
    pack = load_pack(settings.JURISDICTION)
    removed_by = pack.due_at(start=at, duration=pack.removal.target_removal)
    set_policy(request_id, Kind.REMOVE, at=removed_by, source=pack.removal.removal.source.key)


def set_next_status_question(request_id: UUID, *, at: datetime, since: datetime) -> None:
    """The longer an operator takes, the longer we wait between questions, along the pack's list."""
    pauses = [pause.as_timedelta() for pause in load_pack(settings.JURISDICTION).removal.send_again_after][1:]
    waited = at - since
    pause = next((pause for pause in pauses if pause >= waited), pauses[-1])
    set_policy(request_id, Kind.ASK_STATUS, at=at + pause, source="removal.send_again_after")


def set_policy(request_id: UUID, kind: Kind, *, at: datetime, source: str) -> None:
    """A due date that we set ourselves."""
    deadlines.set_deadline(kind=kind, subject_id=request_id, basis=Basis.POLICY, source=source, due_at=at)
