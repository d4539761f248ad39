"""Everything that writes what operators answer. Nothing else takes an answer that comes in."""

from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from haetae.audit.actions import record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.flow.remedies import actions as remedies
from haetae.flow.remedies.queries import remedy_named
from haetae.flow.remedies.states import State as Remedied
from haetae.flow.removal import actions as removal
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.flow.review.block import actions as block
from haetae.flow.review.queries import running_block
from haetae.flow.review.states import By
from haetae.operators.answers.models import Inbound, Knock
from haetae.operators.answers.queries import was_taken
from haetae.operators.answers.rules import MEANING, WORKED, Outcome, Said, Way, Word, why_malformed

# Of those who stand between: what they did is never a removal.
_OF_OTHERS = {
    Word.RECEIVED: Remedied.SENT,
    Word.REMOVED: Remedied.CLAIMED,
    Word.BLOCKED: Remedied.CLAIMED,
    Word.REFUSED: Remedied.REFUSED,
    Word.UNSURE: Remedied.UNSURE,
}


@transaction.atomic
def take_answer(
    *,
    operator_id: UUID,
    request_id: UUID,
    said: Said,
    way: Way,
    message_id: str = "",
    official_id: UUID | None = None,
) -> Outcome:
    """Take an answer of an operator that has shown who it is. Refused or taken, it is recorded; nothing is raised.

    `request_id` is that of the request, or its key, which is the number that stands in the notice.
    `message_id` is the sender's own number: the same once more, by the same door, is a replay.
    """
    _wait_for_the_same_message(operator_id, way, message_id)
    request = _locked(request_id)
    if message_id and was_taken(operator_id, way, message_id):
        outcome = Outcome.REPLAYED
    else:
        outcome = why_malformed(said) or (
            _of_a_remedy(operator_id, request_id, said)
            if request is None
            else _taken(operator_id, request, said)
        )
    row = Inbound(
        operator_id=operator_id,
        request_id=request_id,
        way=way,
        message_id=message_id,
        word=said.word,
        reason=said.reason or "",
        outcome=outcome,
        official_id=official_id,
        at=clock.now(),
    )
    return _kept(row)


@transaction.atomic
def refuse_answer(
    *, operator_id: UUID, way: Way, outcome: Outcome, request_id: UUID | None = None, message_id: str = ""
) -> None:
    """Record an answer of an operator that we know, which its door has refused."""
    row = Inbound(
        operator_id=operator_id,
        request_id=request_id,
        way=way,
        message_id=message_id,
        outcome=outcome,
        at=clock.now(),
    )
    _kept(row)


@transaction.atomic
def note_stranger(*, way: Way, outcome: Outcome) -> None:
    """Count what came from nobody we know."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    Knock.objects.get_or_create(hour=hour, way=way, outcome=outcome)
    Knock.objects.filter(hour=hour, way=way, outcome=outcome).update(count=F("count") + 1)


def _wait_for_the_same_message(operator_id: UUID, way: Way, message_id: str) -> None:
    """Two of one number at once are looked at one after the other, whatever each of them answers."""
    if not message_id:
        return
    number = sha256(f"{operator_id} {way} {message_id}".encode()).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(number, "big", signed=True)])


def _locked(request_id: UUID) -> DeletionRequest | None:
    found = DeletionRequest.objects.select_for_update(of=("self",)).select_related("sighting")
    return found.filter(Q(pk=request_id) | Q(key=request_id)).first()


def _of_a_remedy(operator_id: UUID, number: UUID, said: Said) -> Outcome:
    """An intermediary answers what was asked of it."""
    remedy = remedy_named(number)
    if remedy is None:
        return Outcome.UNKNOWN_REQUEST
    if remedy.intermediary_id != operator_id:
        return Outcome.NOT_YOURS
    actor = Actor(kind="operator", id=str(operator_id))
    if said.word is Word.RESTORED:
        lifted = remedies.lift_answered(remedy_id=remedy.pk, actor=actor)
        return Outcome.TAKEN if lifted else Outcome.NOTHING_HIDDEN
    if said.word is Word.HIDDEN:
        return Outcome.NOTHING_HIDDEN
    facts, meant = {"reference": said.reference, "reason": said.reason or ""}, _OF_OTHERS[said.word]
    if remedies.intermediary_answered(remedy_id=remedy.pk, answer=meant, facts=facts, actor=actor):
        return Outcome.TAKEN
    remedy.refresh_from_db(fields=["state"])
    return Outcome.SAID_ALREADY if Remedied(remedy.state) is meant else Outcome.TOO_LATE


def _taken(operator_id: UUID, request: DeletionRequest, said: Said) -> Outcome:
    if request.sighting.operator_id != operator_id:
        return Outcome.NOT_YOURS
    actor = Actor(kind="operator", id=str(operator_id))
    if said.word in {Word.HIDDEN, Word.RESTORED}:
        return _of_a_block(request, said.word, actor=actor)
    facts = {"reference": said.reference, "reason": said.reason or ""}
    meant = MEANING[said.word]
    changed = removal.operator_answered(
        request_id=request.pk, answer=meant, facts=facts, blocked=said.blocked, actor=actor
    )
    if changed:
        return Outcome.TAKEN
    request.refresh_from_db(fields=["state"])
    state = State(request.state)
    if state is State.OVERDUE and meant is State.SENT:
        return Outcome.TAKEN  # that it has arrived is noted, and changes no state
    return Outcome.SAID_ALREADY if state is meant else Outcome.TOO_LATE


def _of_a_block(request: DeletionRequest, word: Word, *, actor: Actor) -> Outcome:
    running = running_block(request.sighting_id)
    if running is None and word is Word.HIDDEN and State(request.state) is State.UNSURE:
        # Said right after "unsure", before the review that would have asked for it is open.
        block.begin_block(request_id=request.pk, sighting_id=request.sighting_id, by=By.OPERATOR)
        return Outcome.TAKEN
    if running is None:
        return Outcome.NOTHING_HIDDEN
    answered = block.block_answered if word is Word.HIDDEN else block.lift_answered
    return Outcome.TAKEN if answered(block_id=running.pk, actor=actor) else Outcome.SAID_ALREADY


def _kept(row: Inbound) -> Outcome:
    facts = {
        "way": str(row.way),
        "outcome": str(row.outcome),
        "operator": str(row.operator_id),
        "request": str(row.request_id or ""),
    }
    row.save(force_insert=True)
    actor = Actor(kind="operator", id=str(row.operator_id))
    if row.outcome in WORKED:
        record(event="answers.taken", subject=row, actor=actor, facts=facts)
    else:
        record(event="answers.refused", subject=row, actor=actor, facts=facts)
    return Outcome(row.outcome)
