"""From signals to a verdict, with reasons. Pure: no picture, no clock, no list is asked here."""

from collections.abc import Sequence
from typing import Final

from haetae.detect.finding import Reason, ReasonCode, Signal, SignalKind, Verdict
from haetae.detect.matching.known import Tier

_STRENGTH: Final = (Verdict.REQUEST, Verdict.REVIEW, Verdict.UNDETERMINED, Verdict.NOTHING)
_FAILED_LOOKS: Final = frozenset({SignalKind.UNDECODABLE, SignalKind.TOO_PLAIN})
_KNOWN: Final = frozenset({SignalKind.KNOWN_HASH, SignalKind.KNOWN_BENIGN})
_WEIGHT: Final = {
    ReasonCode.KNOWN_CONFIRMED: Verdict.REQUEST,
    ReasonCode.KNOWN_SELF_DECLARED: Verdict.REVIEW,
    ReasonCode.KNOWN_DISPUTED: Verdict.REVIEW,
    ReasonCode.KNOWN_UNCONFIRMED: Verdict.REVIEW,
    ReasonCode.KNOWN_BENIGN_TOO: Verdict.REVIEW,
    ReasonCode.KNOWN_BENIGN: Verdict.NOTHING,
    ReasonCode.UNDECODABLE: Verdict.UNDETERMINED,
    ReasonCode.TOO_PLAIN: Verdict.UNDETERMINED,
    ReasonCode.FIRST_FRAME_ONLY: Verdict.UNDETERMINED,
    ReasonCode.FRAMES_SAMPLED: Verdict.UNDETERMINED,
}


def decide(*, signals: Sequence[Signal], reported: bool) -> tuple[Verdict, tuple[Reason, ...]]:
    """Return the strongest verdict that any signal carries, and every reason, strongest first.

    Source of the rules: docs/architecture.md, "What may act by itself". A failed look stays `undetermined`
    even when a person reported the picture; the reason tells the flow to bring it to a person. A look at
    some of the frames did not fail, so a report of it is a review.
    """
    benign = [
        int(signal.facts["distance_bits"]) for signal in signals if signal.kind is SignalKind.KNOWN_BENIGN
    ]
    nearest_benign = min(benign, default=None)
    reasons = [_reason(signal, nearest_benign=nearest_benign) for signal in signals]
    reasons.sort(key=lambda reason: _STRENGTH.index(_WEIGHT[reason.code]))
    verdict = _WEIGHT[reasons[0].code] if reasons else Verdict.NOTHING
    look_failed = any(signal.kind in _FAILED_LOOKS for signal in signals)
    if not look_failed and not any(signal.kind in _KNOWN for signal in signals):
        reasons.append(Reason(code=ReasonCode.NOTHING_KNOWN, facts={}))
    if reported and verdict is not Verdict.REQUEST:
        reasons.append(Reason(code=ReasonCode.REPORTED, facts={}))
        verdict = verdict if look_failed else Verdict.REVIEW
    return verdict, tuple(reasons)


def _reason(signal: Signal, *, nearest_benign: int | None) -> Reason:
    code = ReasonCode(signal.kind) if signal.kind is not SignalKind.KNOWN_HASH else _known(signal)
    if code is ReasonCode.KNOWN_CONFIRMED and nearest_benign is not None:
        # One picture on both kinds of lists: somebody is wrong, and no machine can say who.
        nearer = int(signal.facts["distance_bits"]) < nearest_benign
        code = code if nearer else ReasonCode.KNOWN_BENIGN_TOO
    return Reason(code=code, facts=signal.facts)


def _known(signal: Signal) -> ReasonCode:
    if int(signal.facts["tier"]) == Tier.DISPUTED:
        return ReasonCode.KNOWN_DISPUTED
    if int(signal.facts["tier"]) < Tier.COUNSELLOR_CHECKED:
        return ReasonCode.KNOWN_SELF_DECLARED
    return ReasonCode.KNOWN_CONFIRMED if signal.facts["confirmed"] else ReasonCode.KNOWN_UNCONFIRMED
