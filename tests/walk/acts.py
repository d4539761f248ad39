"""Everything that somebody can try at one place: by the right one and by the wrong one, in order and out of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from haetae.audit.actor import Actor
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.queries import of_subject
from haetae.flow.hearings.states import About, Party, Unheard
from haetae.flow.review.block.term.actions import CannotKeepError
from haetae.flow.review.block.term.states import Why as Extended
from haetae.flow.review.commission import actions as commission
from haetae.flow.review.commission.queries import ballots
from haetae.flow.review.commission.rules import Bias
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State as Decided
from haetae.flow.steps import terms
from haetae.operators.answers.actions import take_answer
from haetae.operators.answers.rules import Reason as Refusal
from haetae.operators.answers.rules import Said, Way, Word
from haetae.operators.appeals import actions as appeals
from haetae.operators.appeals.queries import appeal_of
from haetae.operators.appeals.rules import Ground as Objection
from tests.walk.stage import Stage

Do = Callable[[Stage], object]
STATEMENT: Final = "Looked at and weighed with care by whoever acts."
_MISSING: Final = (Review.DoesNotExist, ProvisionalBlock.DoesNotExist)


@dataclass(frozen=True)
class Act:
    """`likely` says whether it could lead anywhere now; the walk tries it now and then also where it could not."""

    name: str
    do: Do
    likely: Callable[[Stage], bool] = lambda _: True
    refusals: tuple[type[Exception], ...] = ()


def operator_says(word: Word, *, blocked: bool = False, reason: Refusal | None = None) -> Do:
    def do(stage: Stage) -> object:
        said = Said(word=word, blocked=blocked, reason=reason)
        return take_answer(
            operator_id=stage.cast.operator.pk, request_id=stage.request.pk, said=said, way=Way.DESK
        )

    return do


def truth(*, visible: bool) -> Do:
    def do(stage: Stage) -> None:
        stage.board.visible = visible

    return do


def operators_system(*, answers: bool) -> Do:
    def do(stage: Stage) -> None:
        stage.board.reachable = answers

    return do


def time_passes(**time: float) -> Do:
    return lambda stage: stage.passes(**time)


def under_review(stage: Stage) -> bool:
    return stage.of(stage.review) in {"open", "late"}


def hidden_for_now(stage: Stage) -> bool:
    return stage.of(stage.block) in {"on_clock", "expired"}


def leave_out(stage: Stage) -> object:
    return hearings.leave_out(
        about=About.REVIEW,
        subject_id=_review_id(stage),
        party=Party.OPERATOR,
        operator=stage.cast.operator,
        why=Unheard.URGENT,
        note=STATEMENT,
        official_id=stage.cast.secretariat.pk,
    )


def hear_operator(stage: Stage) -> None:
    for hearing in of_subject(_review_id(stage)):
        hearings.heard(hearing_id=hearing.pk, opinion=STATEMENT, actor=of_operator(stage))


def of_operator(stage: Stage) -> Actor:
    return Actor(kind="operator", id=str(stage.cast.operator.pk))


_REASON: Final = {
    Decided.REMOVE: Reason.NO_CONSENT,
    Decided.BLOCK_ACCESS: Reason.OUT_OF_REACH,
    Decided.NOT_HARMFUL: Reason.LAWFUL,
}


def _vote(stage: Stage, member_id: UUID, decision: Decided) -> object:
    round_ = ballots(stage.review).round if stage.review else 1
    return commission.vote(
        review_id=_review_id(stage),
        member_id=member_id,
        decision=decision,
        reason=_REASON[decision],
        statement=STATEMENT,
        round_=round_,
    )


def member_votes(number: int, decision: Decided) -> Do:
    return lambda stage: _vote(stage, stage.cast.members[number].pk, decision)


def outsider_votes(stage: Stage) -> object:
    """A regulator decides about no single content, and an officer neither."""
    return _vote(stage, stage.cast.regulators[0].pk, Decided.REMOVE)


def majority(decision: Decided) -> Do:
    def do(stage: Stage) -> None:
        for member in stage.cast.members[2:7]:
            if _vote(stage, member.pk, decision) is not None:
                return

    return do


def recuses(number: int) -> Do:
    return lambda stage: commission.recuse(
        review_id=_review_id(stage), member_id=stage.cast.members[number].pk, why=Bias.OPERATOR
    )


def _block_id(stage: Stage) -> UUID:
    return stage.block.pk if stage.block else uuid4()


def _review_id(stage: Stage) -> UUID:
    return stage.review.pk if stage.review else uuid4()


def extend(why: Extended) -> Do:
    return lambda stage: terms.extend(
        block_id=_block_id(stage), why=why, statement=STATEMENT, official_id=stage.cast.secretariat.pk
    )


def poster_objects(stage: Stage) -> object:
    return appeals.file_appeal(
        request_id=stage.request.pk, ground=Objection.LAWFUL, statement=STATEMENT + " It is mine."
    )


def poster_withdraws(stage: Stage) -> None:
    appeal = appeal_of(stage.request.pk)
    if appeal is not None:
        appeals.withdraw_appeal(appeal_id=appeal.pk)


_VOTING = (commission.CannotVoteError, *_MISSING)
AT_THE_PLACE: Final[Sequence[Act]] = (
    Act("seconds pass", time_passes(seconds=5)),
    Act("an hour passes", time_passes(hours=1)),
    Act("a day passes", time_passes(days=1)),
    Act("a week passes", time_passes(days=7)),
    Act("31 days pass", time_passes(days=31)),
    Act("it is gone in truth", truth(visible=False)),
    Act("it is there in truth", truth(visible=True)),
    Act("the operator's system is away", operators_system(answers=False)),
    Act("the operator's system answers", operators_system(answers=True)),
    Act("operator: received", operator_says(Word.RECEIVED)),
    Act("operator: removed", operator_says(Word.REMOVED)),
    Act("operator: refused", operator_says(Word.REFUSED, reason=Refusal.LAWFUL)),
    Act("operator: unsure, hidden", operator_says(Word.UNSURE, blocked=True)),
    Act("operator: unsure, shown", operator_says(Word.UNSURE)),
    Act("operator: hidden for good", operator_says(Word.BLOCKED)),
    Act("operator: hidden", operator_says(Word.HIDDEN)),
    Act("operator: shown again", operator_says(Word.RESTORED)),
    Act("hearing left out", leave_out, under_review, (hearings.CannotHearError,)),
    Act("operator heard", hear_operator, under_review, (hearings.CannotHearError,)),
    *(
        Act(f"member {number}: {decision}", member_votes(number, decision), under_review, _VOTING)
        for number in (0, 1)
        for decision in (Decided.REMOVE, Decided.NOT_HARMFUL)
    ),
    *(
        Act(f"majority: {decision}", majority(decision), under_review, _VOTING)
        for decision in (Decided.REMOVE, Decided.BLOCK_ACCESS, Decided.NOT_HARMFUL)
    ),
    Act("a regulator votes", outsider_votes, under_review, _VOTING),
    Act("member 0 takes no part", recuses(0), under_review, _VOTING),
    Act("member 1 takes no part", recuses(1), under_review, _VOTING),
    Act("extended: no quorum", extend(Extended.NO_QUORUM), hidden_for_now, (CannotKeepError, *_MISSING)),
    Act("extended: decision near", extend(Extended.DECISION_NEAR), hidden_for_now, (CannotKeepError, *_MISSING)),
    Act("the poster objects", poster_objects, refusals=(appeals.AppealRefusedError,)),
    Act("the poster takes it back", poster_withdraws, refusals=(appeals.AppealRefusedError,)),
)  # fmt: skip
