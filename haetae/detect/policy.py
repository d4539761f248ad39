"""From signals to a verdict, with reasons. Pure: no picture, no clock, no list is asked here."""

from collections.abc import Sequence
from typing import Final

from haetae.detect.acting import (
    REST,
    Acting,
    suspect_together,
    where_few_are_sought,
    why_not,
    wrongful_per_million,
)
from haetae.detect.classifying.running import FAILED_LOOKS
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
    ReasonCode.PROVENANCE: Verdict.NOTHING,  # anybody can write or remove it, so it is told and changes nothing
    ReasonCode.PUBLIC_INTEREST: Verdict.REVIEW,
    ReasonCode.STORM: Verdict.REVIEW,
    ReasonCode.MODELS_AGREE: Verdict.REQUEST,
    ReasonCode.MODELS_SUSPECT: Verdict.REVIEW,
    ReasonCode.MODEL_LEAD: Verdict.NOTHING,
    ReasonCode.MODEL_RESTS: Verdict.NOTHING,
    ReasonCode.MODEL_FAILED: Verdict.UNDETERMINED,
    ReasonCode.NOT_ASSESSED: Verdict.NOTHING,
}
# Said last, behind why the verdict is what it is.
_ASIDE: Final = frozenset({ReasonCode.MODEL_RESTS, ReasonCode.NOT_ASSESSED, ReasonCode.PROVENANCE})


def decide(
    *,
    signals: Sequence[Signal],
    reported: bool,
    acting: Acting | None = None,
    by_hand: Sequence[ReasonCode] = (),
) -> tuple[Verdict, tuple[Reason, ...]]:
    """Return the strongest verdict that any signal carries, and every reason, strongest first.

    Source of the rules: docs/architecture.md, "What may act by itself". A failed look stays `undetermined`
    even when a person reported the picture; the reason tells the flow to bring it to a person. A look at
    some of the frames did not fail, so a report of it is a review. What models say sets something off only together
    and under the rules in `acting`; without rules, never. `by_hand`: why nothing acts by itself at this place, where
    a person decides about what would have been asked for; it makes nothing more urgent, less urgent, or harmless.
    """
    benign = [
        int(signal.facts["distance_bits"]) for signal in signals if signal.kind is SignalKind.KNOWN_BENIGN
    ]
    nearest_benign = min(benign, default=None)
    reasons = [_reason(signal, nearest_benign=nearest_benign, acting=acting) for signal in signals]
    reasons += _together(signals, acting)
    reasons.sort(key=lambda reason: _STRENGTH.index(_WEIGHT[reason.code]))
    verdict = _WEIGHT[reasons[0].code] if reasons else Verdict.NOTHING
    look_failed = any(signal.kind in _FAILED_LOOKS for signal in signals)
    if not look_failed and not any(signal.kind in _KNOWN for signal in signals):
        asked = any(signal.kind is SignalKind.MODEL_SAID for signal in signals)
        reasons.append(Reason(code=ReasonCode.NOTHING_KNOWN, facts={"models_asked": asked}))
    if reported and verdict is not Verdict.REQUEST:
        reasons.append(Reason(code=ReasonCode.REPORTED, facts={}))
        verdict = verdict if look_failed else Verdict.REVIEW
    return by_people(verdict, sorted(reasons, key=lambda reason: reason.code in _ASIDE), by_hand=by_hand)


def by_people(
    verdict: Verdict, reasons: Sequence[Reason], *, by_hand: Sequence[ReasonCode]
) -> tuple[Verdict, tuple[Reason, ...]]:
    """The same where nothing acts by itself: why stands first, and nobody is asked for anything without a person."""
    if not by_hand or verdict is Verdict.NOTHING:
        return verdict, tuple(reasons)
    first = tuple(Reason(code=code, facts={}) for code in by_hand)
    return Verdict.REVIEW if verdict is Verdict.REQUEST else verdict, (*first, *reasons)


def _together(signals: Sequence[Signal], acting: Acting | None) -> list[Reason]:
    """What several models say at once: that they agree and may act, or that a person should look."""
    if not suspect_together(signals):
        return []
    missing = why_not(signals, acting)
    if missing is None and acting is not None:
        bound = wrongful_per_million(signals, acting) or 0.0
        facts = {"wrongful_upper": f"{bound:.2f}", "wrongful_most": f"{acting.wrongful_most:g}"}
        return [Reason(code=ReasonCode.MODELS_AGREE, facts=facts)]
    return [Reason(code=ReasonCode.MODELS_SUSPECT, facts={"why_not": str(missing)})]


def _reason(signal: Signal, *, nearest_benign: int | None, acting: Acting | None) -> Reason:
    code = _OF_MODELS[signal.kind](signal) if signal.kind in _OF_MODELS else _of_the_file(signal)
    if code is ReasonCode.KNOWN_CONFIRMED and nearest_benign is not None:
        # One picture on both kinds of lists: somebody is wrong, and no machine can say who.
        nearer = int(signal.facts["distance_bits"]) < nearest_benign
        code = code if nearer else ReasonCode.KNOWN_BENIGN_TOO
    if signal.kind is SignalKind.MODEL_SAID:
        return Reason(code=code, facts={**signal.facts, **where_few_are_sought(signal, acting)})
    return Reason(code=code, facts=signal.facts)


def _known(signal: Signal) -> ReasonCode:
    if int(signal.facts["tier"]) == Tier.DISPUTED:
        return ReasonCode.KNOWN_DISPUTED
    if int(signal.facts["tier"]) < Tier.COUNSELLOR_CHECKED:
        return ReasonCode.KNOWN_SELF_DECLARED
    return ReasonCode.KNOWN_CONFIRMED if signal.facts["confirmed"] else ReasonCode.KNOWN_UNCONFIRMED


def _of_the_file(signal: Signal) -> ReasonCode:
    return _known(signal) if signal.kind is SignalKind.KNOWN_HASH else ReasonCode(signal.kind)


def _score(signal: Signal) -> ReasonCode:
    return ReasonCode.MODEL_RESTS if signal.facts["level"] == REST else ReasonCode.MODEL_LEAD


def _unassessed(signal: Signal) -> ReasonCode:
    """A model that broke down is a failed look; a slot without a model, or a picture without a face, is none."""
    return ReasonCode.MODEL_FAILED if signal.facts["why"] in FAILED_LOOKS else ReasonCode.NOT_ASSESSED


_OF_MODELS: Final = {SignalKind.MODEL_SAID: _score, SignalKind.NOT_ASSESSED: _unassessed}
