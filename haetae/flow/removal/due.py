"""The due dates that a request carries, taken from the jurisdiction pack. Called inside the change that sets them."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.queries import is_open
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.removal.states import State
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


def after_answer(request_id: UUID, answer: State, *, at: datetime) -> None:
    """An answer meets what was due for it; `sent` asks to come back for the decision."""
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
