"""Detection as a library of its own: bytes in, a finding out. No Django, no network."""

from haetae.detect.examine import examine
from haetae.detect.files import examine_file
from haetae.detect.finding import (
    Finding,
    Fingerprints,
    Media,
    PerceptualHash,
    Reason,
    ReasonCode,
    Signal,
    SignalKind,
    Verdict,
)
from haetae.detect.hashing.frame import Frame
from haetae.detect.matching import Bank, HashMatch, KnownHash, Tier
from haetae.detect.opening import Confinement, Limits, OpenedImage, Undecodable, Why
from haetae.detect.policy import decide
from haetae.detect.pool import OpenerPool

__all__ = [
    "Bank",
    "Confinement",
    "Finding",
    "Fingerprints",
    "Frame",
    "HashMatch",
    "KnownHash",
    "Limits",
    "Media",
    "OpenedImage",
    "OpenerPool",
    "PerceptualHash",
    "Reason",
    "ReasonCode",
    "Signal",
    "SignalKind",
    "Tier",
    "Undecodable",
    "Verdict",
    "Why",
    "decide",
    "examine",
    "examine_file",
]
