"""Is it still the same picture? For looking again at a place whose picture was examined before."""

from collections.abc import Mapping
from typing import Any

from haetae.detect.examination import examine
from haetae.detect.matching import Bank, KnownHash, Tier
from haetae.detect.pool import OpenerPool


def is_same_picture(data: bytes, *, fingerprints: Mapping[str, Any], openers: OpenerPool) -> bool:
    """Whether `data` is the picture whose fingerprints (Fingerprints as JSON) are given, byte for byte or by its looks.

    A file that cannot be opened is the same only byte for byte.
    """
    seen = fingerprints.get("perceptual") or [{"pdq": None, "dhash": None}]
    bank = Bank(
        KnownHash(
            entry_id=str(number),
            list_name="before",
            tier=Tier.SELF_DECLARED,
            sha256=fingerprints.get("sha256"),
            pdq=one["pdq"],
            dhash=one["dhash"],
        )
        for number, one in enumerate(seen)
    )
    finding = examine(data, bank=bank, openers=openers)
    return any(signal.kind == "known_hash" for signal in finding.signals)
