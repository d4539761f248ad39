"""What the operator answers to a request, and what that does to the item. Pure: it reads nothing, writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox_platform.posts import State
from sandbox_platform.settings import AnswerCode, Misbehaviour, Settings

DEFAULT_REASONS = {AnswerCode.REFUSED: "not_convinced", AnswerCode.UNSURE: "cannot_judge"}
# A regulator's decision, as a notice names it, and the answer of an operator that obeys.
OBEYING = {"remove": AnswerCode.REMOVED, "block_access": AnswerCode.BLOCKED}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`deletes` is false when the board only claims a removal."""

    answer: AnswerCode
    reason: str | None
    deletes: bool
    later_answer: AnswerCode | None = None
    later_at_s: float | None = None


def ordered_answer(notice: Mapping[str, object]) -> AnswerCode | None:
    """The answer that obeys the decision in a notice; None for a notice that carries none."""
    decision = notice.get("decision")
    ordered = decision.get("ordered") if isinstance(decision, dict) else None
    return OBEYING.get(ordered) if isinstance(ordered, str) else None


def decide(*, settings: Settings, state: State | None, ordered: AnswerCode | None, now_s: float) -> Decision:
    if state is None:
        return Decision(answer=AnswerCode.REFUSED, reason="no_such_item", deletes=False)
    if state == State.REMOVED:
        return Decision(answer=AnswerCode.REMOVED, reason="already_removed", deletes=False)
    deletes = settings.misbehave != Misbehaviour.CLAIMS_WITHOUT_DELETING
    if ordered is not None and settings.obeys_decisions:
        return Decision(answer=ordered, reason=None, deletes=deletes)
    return Decision(
        answer=settings.answer,
        reason=reason_of(settings=settings, answer=settings.answer),
        deletes=deletes,
        later_answer=settings.answer_later,
        later_at_s=None if settings.answer_later is None else now_s + settings.answer_after_s,
    )


def reason_of(*, settings: Settings, answer: AnswerCode) -> str | None:
    """A configured reason belongs to a hesitation; an item that goes or is hidden for good needs none."""
    default = DEFAULT_REASONS.get(answer)
    return (settings.reason or default) if default else None


def hides(*, settings: Settings, answer: AnswerCode) -> bool:
    return _says_it_hides(settings=settings, answer=answer) and not _only_claims(settings)


def is_called_blocked(*, settings: Settings, answer: AnswerCode, state: State | None) -> bool:
    """What is said of the item as it is now; of one that everybody sees only while the board lies."""
    if state == State.LIVE:
        return _only_claims(settings) and _says_it_hides(settings=settings, answer=answer)
    return state == State.QUARANTINED


def _says_it_hides(*, settings: Settings, answer: AnswerCode) -> bool:
    return answer == AnswerCode.BLOCKED or (answer == AnswerCode.UNSURE and settings.unsure_blocks)


def _only_claims(settings: Settings) -> bool:
    return settings.misbehave == Misbehaviour.CLAIMS_WITHOUT_BLOCKING
