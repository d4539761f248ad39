"""From matches and findings to answers. Nothing is decided here: detect.policy has."""

from collections.abc import Sequence
from typing import Any

from haetae.detect.finding import Finding, Fingerprints, PerceptualHash, Reason, Signal, Variant, Verdict
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.web.api.scan.schemas import HashIn


def as_asked(question: HashIn) -> Fingerprints:
    """A bare hash has no picture behind it that could be turned, and no quality: whoever made it answers for that."""
    perceptual = PerceptualHash(
        variant=Variant.WHOLE,
        pdq=(question.pdq or "").lower(),
        pdq_quality=QUALITY_TO_MATCH,
        dhash=(question.dhash or "").lower(),
    )
    return Fingerprints(
        sha256=(question.sha256 or "").lower(),
        md5=question.md5.lower() if question.md5 else None,
        perceptual=(perceptual,) if question.pdq else (),
    )


def answer(
    verdict: Verdict, signals: Sequence[Signal], reasons: Sequence[Reason], *, reference: str = ""
) -> dict[str, Any]:
    """The part that every answer has."""
    matches = [_match(signal) for signal in signals if "entry_id" in signal.facts]
    harmful = [match for match in matches if not match["harmless"]]
    kind = "exact" if any(match["exact"] for match in harmful) else "near" if harmful else "none"
    return {
        "decision": verdict,
        "match_type": kind,
        "matches": matches,
        "reasons": [{"code": reason.code, "words": reason.words} for reason in reasons],
        "reference": reference,
    }


def media_answer(finding: Finding, *, models: dict[str, Any] | None = None) -> dict[str, Any]:
    """The same with what the file is, and what models say of it where they were asked."""
    media = finding.media
    return {
        **answer(finding.verdict, finding.signals, finding.reasons),
        "sha256_hex": finding.fingerprints.sha256 if finding.fingerprints else "",
        "size_bytes": media.size_bytes,
        "kind": media.kind,
        "format": media.format,
        "width_px": media.width_px,
        "height_px": media.height_px,
        "frames": media.frames,
        "frames_examined": media.frames_examined,
        "models": models,
    }


def _match(signal: Signal) -> dict[str, Any]:
    facts = signal.facts
    return {
        "entry": facts["entry_id"],
        "list_name": facts["list_name"],
        "tier": facts["tier"],
        "distance_bits": facts["distance_bits"],
        "exact": facts["exact"],
        "confirmed": facts["confirmed"],
        "variant": facts["variant"],
        "turn": facts.get("turn", "upright"),
        "harmless": bool(facts.get("benign", False)),
        **{name: facts.get(name) for name in ("at_ms", "from_ms", "to_ms", "share_percent")},
        "film": bool(facts.get("film", False)),
    }
