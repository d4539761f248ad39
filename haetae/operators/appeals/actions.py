"""Everything that writes about objections of those who posted."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.audit.actions import record
from haetae.audit.actor import PUBLIC, SYSTEM, Actor
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.removal.models import DeletionRequest
from haetae.law.packs import load_pack
from haetae.operators.appeals import rules
from haetae.operators.appeals.models import Appeal
from haetae.operators.appeals.queries import standing_of, terms_for
from haetae.operators.appeals.rules import By, Ground, Why
from haetae.operators.appeals.states import MOVES, State


class AppealRefusedError(Exception):
    """`why` says why an objection, or a change of one, is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def file_appeal(
    *,
    request_id: UUID,
    ground: Ground,
    statement: str,
    by: By = By.POSTER,
    official_id: UUID | None = None,
) -> UUID:
    """Whoever posted it objects, by the link or through the operator. The same once more is the same objection.

    `official_id` is the operator's colleague who passed it on. Raises AppealRefusedError.
    """
    found = DeletionRequest.objects.select_for_update(of=("self",)).select_related("sighting__operator")
    request = found.get(pk=request_id)  # two at once come here one after the other
    earlier = Appeal.objects.filter(request=request).first()
    if earlier is not None and (earlier.ground, earlier.statement) == (ground, statement.strip()):
        return earlier.pk
    now = clock.now()
    _refuse(rules.why_not_say(statement) or rules.why_not_file(standing_of(request), now=now))
    appeal = Appeal.objects.create(
        request=request,
        by=by,
        official_id=official_id,
        ground=ground,
        statement=statement.strip(),
        filed_at=now,
        changed_at=now,
    )
    facts = {"ground": str(ground), "by": str(by)}
    record(event="appeals.filed", subject=appeal, actor=_actor(appeal), facts=facts)
    return appeal.pk


@transaction.atomic
def change_appeal(*, appeal_id: UUID, ground: Ground, statement: str) -> None:
    """Another ground or text, until it is decided. Raises AppealRefusedError."""
    appeal = _locked(appeal_id)
    _refuse(rules.why_not_change(State(appeal.state), changes=appeal.changes))
    _refuse(rules.why_not_say(statement))
    if (appeal.ground, appeal.statement) == (ground, statement.strip()):
        return
    appeal.ground, appeal.statement = ground, statement.strip()
    appeal.changes += 1
    appeal.save(update_fields=["ground", "statement", "changes"])
    record(event="appeals.changed", subject=appeal, actor=_actor(appeal), facts={"ground": str(ground)})


@transaction.atomic
def withdraw_appeal(*, appeal_id: UUID) -> None:
    """Taken back, and what was written goes with it. Taken back twice, it is once. Raises AppealRefusedError."""
    appeal = _locked(appeal_id)
    if State(appeal.state) is State.WITHDRAWN:
        return
    _refuse(rules.why_not_change(State(appeal.state), changes=0))
    appeal.statement = ""
    appeal.save(update_fields=["statement"])
    _move(appeal, State.WITHDRAWN)
    record(event="appeals.withdrawn", subject=appeal, actor=_actor(appeal))


@transaction.atomic
def take_up(*, appeal_id: UUID, review_id: UUID) -> None:
    """The regulator's side has it: this review decides."""
    appeal = _locked(appeal_id)
    if State(appeal.state) is State.FILED:
        appeal.review_id = review_id
        appeal.save(update_fields=["review_id"])
        _move(appeal, State.UNDER_REVIEW)
        record(event="appeals.under_review", subject=appeal, actor=SYSTEM, facts={"review": str(review_id)})


@transaction.atomic
def end_as_moot(*, appeal_id: UUID) -> None:
    """It had been decided already that it may stay."""
    appeal = _locked(appeal_id)
    if State(appeal.state) is State.FILED:
        _move(appeal, State.MOOT)
        _keep_for_a_dispute(appeal)
        record(event="appeals.moot", subject=appeal, actor=SYSTEM)


@transaction.atomic
def decide(*, review_id: UUID, upheld: bool) -> bool:
    """The review has decided: an objection that waited for it is upheld or rejected. False where none waited."""
    appeal = Appeal.objects.select_for_update().filter(review_id=review_id, state=State.UNDER_REVIEW).first()
    if appeal is None:
        return False
    _move(appeal, State.UPHELD if upheld else State.REJECTED)
    _keep_for_a_dispute(appeal)
    if upheld:
        record(event="appeals.upheld", subject=appeal, actor=SYSTEM, facts={"review": str(review_id)})
    else:
        record(event="appeals.rejected", subject=appeal, actor=SYSTEM, facts={"review": str(review_id)})
    return True


@transaction.atomic
def forget_statement(*, appeal_id: UUID) -> None:
    """The time for a dispute about it is over: what was written goes. Ground, days and decision stay."""
    appeal = _locked(appeal_id)
    if not MOVES[State(appeal.state)] and appeal.statement:
        appeal.statement = ""
        appeal.save(update_fields=["statement"])
        record(event="appeals.statement_forgotten", subject=appeal, actor=SYSTEM)


def _keep_for_a_dispute(appeal: Appeal) -> None:
    """What the law gives a dispute body, where it does, and for how long we keep what was written: two rows."""
    now, pack, terms = clock.now(), load_pack(settings.JURISDICTION), terms_for(appeal.request)
    if terms is not None and terms.settle is not None and terms.settle.within is not None:
        deadlines.set_deadline(
            kind=Kind.DISPUTE,
            subject_id=appeal.pk,
            basis=Basis.LEGAL,
            source=f"{terms.settle.source.key} {terms.settle.article}",
            due_at=pack.due_at(start=now, duration=terms.settle.within),
        )
    deadlines.set_deadline(
        kind=Kind.DISPUTE,
        subject_id=appeal.pk,
        basis=Basis.POLICY,
        source=pack.appeals.source.key,
        due_at=pack.due_at(start=now, duration=pack.appeals.statement_kept),
    )


def _refuse(why: Why | None) -> None:
    if why is not None:
        raise AppealRefusedError(why)


def _actor(appeal: Appeal) -> Actor:
    if appeal.by == By.POSTER:
        return PUBLIC
    return Actor(kind="operator", id=str(appeal.request.sighting.operator_id or ""))


def _locked(appeal_id: UUID) -> Appeal:
    found = Appeal.objects.select_for_update(of=("self",)).select_related("request__sighting__operator")
    return found.get(pk=appeal_id)


def _move(appeal: Appeal, after: State) -> None:
    check_move(MOVES, State(appeal.state), after)
    appeal.state = after
    appeal.changed_at = clock.now()
    appeal.save(update_fields=["state", "changed_at"])
