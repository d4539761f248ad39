"""What an examination says: facts, signals, a verdict and the reasons for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from haetae.detect.words import sentence

Facts = Mapping[str, str | int | bool]


class Verdict(StrEnum):
    """What follows from a finding. `undetermined` is a failed look: it never blocks and never clears."""

    REQUEST = "request"
    REVIEW = "review"
    NOTHING = "nothing"
    UNDETERMINED = "undetermined"


class Variant(StrEnum):
    """Which part of the picture was hashed; `file` stands for the bytes themselves."""

    WHOLE = "whole"
    TRIMMED = "trimmed"
    FILE = "file"


class SignalKind(StrEnum):
    KNOWN_HASH = "known_hash"
    UNDECODABLE = "undecodable"
    TOO_PLAIN = "too_plain"
    FIRST_FRAME_ONLY = "first_frame_only"
    FRAMES_SAMPLED = "frames_sampled"


class ReasonCode(StrEnum):
    KNOWN_CONFIRMED = "known_confirmed"
    KNOWN_SELF_DECLARED = "known_self_declared"
    KNOWN_DISPUTED = "known_disputed"
    KNOWN_UNCONFIRMED = "known_unconfirmed"
    UNDECODABLE = "undecodable"
    TOO_PLAIN = "too_plain"
    FIRST_FRAME_ONLY = "first_frame_only"
    FRAMES_SAMPLED = "frames_sampled"
    REPORTED = "reported"
    NOTHING_KNOWN = "nothing_known"


@dataclass(frozen=True, kw_only=True)
class Media:
    """What the file is, by its content. Size and frames are None where the file was not opened.

    `kind` is "image", "video" or "unknown"; `format` is a name as in media.py. `frames` is how many there are
    (of a picture counted up to 10,000), `frames_examined` how many of them were looked at.
    """

    kind: str
    format: str
    width_px: int | None
    height_px: int | None
    frames: int | None
    size_bytes: int
    frames_examined: int | None = None


@dataclass(frozen=True, kw_only=True)
class PerceptualHash:
    """Both families of one variant, 64 hex digits each. Below quality 50 a hash says too little.

    `at_ms` is when the frame is shown that was hashed; a picture has no such moment.
    """

    variant: Variant
    pdq: str
    pdq_quality: int
    dhash: str
    at_ms: int | None = None


@dataclass(frozen=True, kw_only=True)
class Fingerprints:
    """`perceptual` is empty where the file could not be opened."""

    sha256: str
    perceptual: tuple[PerceptualHash, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One observation.

    A known_hash carries entry_id, list_name, tier, distance_bits, confirmed, exact and variant.
    """

    kind: SignalKind
    facts: Facts


@dataclass(frozen=True, kw_only=True)
class Reason:
    code: ReasonCode
    facts: Facts

    @property
    def words(self) -> str:
        """The reason as an English sentence."""
        return sentence(self.code, self.facts)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`fingerprints` is None where not even the bytes could be read."""

    media: Media
    fingerprints: Fingerprints | None
    signals: tuple[Signal, ...]
    verdict: Verdict
    reasons: tuple[Reason, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain dictionaries, lists, strings and numbers, ready for json.dumps."""
        return {
            "media": asdict(self.media),
            "fingerprints": None if self.fingerprints is None else asdict(self.fingerprints),
            "signals": [{"kind": signal.kind, "facts": dict(signal.facts)} for signal in self.signals],
            "verdict": self.verdict,
            "reasons": [{"code": reason.code, "words": reason.words} for reason in self.reasons],
        }
