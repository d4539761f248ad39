"""What an examination says: facts, signals, a verdict and the reasons for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from haetae.detect.media import moves
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


class Recipe(StrEnum):
    """How PDQ was taken: of the whole picture, or of the 512 x 512 pixels that Meta's C++ tools pick first."""

    FULL = "full"
    SMALL = "512"


class Turn(StrEnum):
    """How a picture must be turned to be the known one; right is clockwise. Mirrored comes first, then the turn."""

    UPRIGHT = "upright"
    MIRRORED = "mirrored"
    UPSIDE_DOWN = "upside_down"
    MIRRORED_UPSIDE_DOWN = "mirrored_upside_down"
    RIGHT = "right"
    LEFT = "left"
    MIRRORED_LEFT = "mirrored_left"
    MIRRORED_RIGHT = "mirrored_right"


class SignalKind(StrEnum):
    KNOWN_HASH = "known_hash"
    KNOWN_BENIGN = "known_benign"
    UNDECODABLE = "undecodable"
    TOO_PLAIN = "too_plain"
    FIRST_FRAME_ONLY = "first_frame_only"
    FRAMES_SAMPLED = "frames_sampled"
    MODEL_SAID = "model_said"
    NOT_ASSESSED = "not_assessed"
    PROVENANCE = "provenance"


class ReasonCode(StrEnum):
    KNOWN_CONFIRMED = "known_confirmed"
    KNOWN_SELF_DECLARED = "known_self_declared"
    KNOWN_DISPUTED = "known_disputed"
    KNOWN_UNCONFIRMED = "known_unconfirmed"
    KNOWN_BENIGN = "known_benign"
    KNOWN_BENIGN_TOO = "known_benign_too"
    UNDECODABLE = "undecodable"
    TOO_PLAIN = "too_plain"
    FIRST_FRAME_ONLY = "first_frame_only"
    FRAMES_SAMPLED = "frames_sampled"
    PROVENANCE = "provenance"
    REPORTED = "reported"
    NOTHING_KNOWN = "nothing_known"
    PUBLIC_INTEREST = "public_interest"
    STORM = "storm"
    MODELS_AGREE = "models_agree"
    MODELS_SUSPECT = "models_suspect"
    MODEL_LEAD = "model_lead"
    MODEL_RESTS = "model_rests"
    MODEL_FAILED = "model_failed"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, kw_only=True)
class Media:
    """What the file is, by its content. Size and frames are None where the file was not opened.

    `kind` is "image", "video" or "unknown"; `format` is a name as in media.py. `frames` is how many there are
    (of a picture counted up to 10,001), `frames_examined` how many of them were looked at; a frame that looks
    exactly like one that was is looked at too.
    """

    kind: str
    format: str
    width_px: int | None
    height_px: int | None
    frames: int | None
    size_bytes: int
    frames_examined: int | None = None

    @property
    def moves(self) -> bool:
        """Whether it is a film or an animated picture."""
        return moves(kind=self.kind, format_=self.format, frames=self.frames)


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
    recipe: Recipe = Recipe.FULL
    turn: Turn = Turn.UPRIGHT


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Frames that look alike, from one moment to another, in ms.

    `hashes` are those of the first of them, the upright and whole one in front.
    """

    from_ms: int
    to_ms: int
    hashes: tuple[PerceptualHash, ...]

    @property
    def whole(self) -> PerceptualHash:
        """The hash of the first frame, upright and with its borders."""
        return self.hashes[0]

    def as_json(self) -> dict[str, Any]:
        """As much as a known film consists of."""
        whole = self.whole
        return {
            "at_ms": self.from_ms,
            "to_ms": self.to_ms,
            "pdq": whole.pdq,
            "pdq_quality": whole.pdq_quality,
            "dhash": whole.dhash,
        }


@dataclass(frozen=True, kw_only=True)
class Fingerprints:
    """`perceptual` is empty where the file could not be opened; it holds each hash once, upright ones first.

    Of a film these are of a few frames; `series` is as much of all its frames as is kept, in order of time.
    """

    sha256: str
    perceptual: tuple[PerceptualHash, ...] = ()
    md5: str | None = None
    series: tuple[Stretch, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What is kept: upright hashes alone. A copy that is turned back is found by those of the copy."""
        upright = [asdict(one) for one in self.perceptual if one.turn is Turn.UPRIGHT]
        series = {"series": [one.as_json() for one in self.series]} if self.series else {}
        return {"sha256": self.sha256, "md5": self.md5, "perceptual": upright, **series}


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One observation.

    A known_hash carries entry_id, list_name, tier, distance_bits, confirmed, exact and variant; so does a
    known_benign, which is a confirmed match on a list of harmless pictures. Found among all frames of a film it
    carries from_ms, to_ms, share_percent and film (whether a film is known, or a picture in it), once per showing.
    A provenance is a statement of the file about itself, with the facts of provenance/evidence.py.
    A model_said carries task, model, score (in log-odds, as the model gives it), the calibrated probability with the
    fake_share at which it holds, level, and the threshold with what was measured at it; of faces how many there were
    and how many were asked about. A not_assessed carries task and why, and part where the rest was assessed.
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
            "fingerprints": None if self.fingerprints is None else self.fingerprints.as_json(),
            "signals": [{"kind": signal.kind, "facts": dict(signal.facts)} for signal in self.signals],
            "verdict": self.verdict,
            "reasons": [{"code": reason.code, "words": reason.words} for reason in self.reasons],
        }
