"""Detection as a library of its own: bytes in, a finding out. No Django, no network.

What is named here is imported when it is first used: an opener is started with this package too, and must never
load what makes machine code.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from haetae.detect.examination import examine
    from haetae.detect.files import examine_file
    from haetae.detect.finding import (
        Finding,
        Fingerprints,
        Media,
        PerceptualHash,
        Reason,
        ReasonCode,
        Recipe,
        Signal,
        SignalKind,
        Turn,
        Variant,
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
    "Recipe",
    "Signal",
    "SignalKind",
    "Tier",
    "Turn",
    "Undecodable",
    "Variant",
    "Verdict",
    "Why",
    "decide",
    "examine",
    "examine_file",
]
_ROOMS = {
    "Frame": "hashing.frame",
    "OpenerPool": "pool",
    "decide": "policy",
    "examine": "examination",
    "examine_file": "files",
    **dict.fromkeys(("Bank", "HashMatch", "KnownHash", "Tier"), "matching"),
    **dict.fromkeys(("Confinement", "Limits", "OpenedImage", "Undecodable", "Why"), "opening"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"haetae.detect has no {name}.")
    found = getattr(import_module(f"haetae.detect.{_ROOMS.get(name, 'finding')}"), name)
    globals()[name] = found
    return found
