"""One known picture, as a list names it: hashes and the standing of whoever says so. Never the picture."""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from haetae.detect.finding import Facts, Variant

_HASH: Final = re.compile(r"[0-9a-f]{64}")


class Tier(IntEnum):
    """How far a hash has been checked. It rises only when an authorised person saw the match."""

    DISPUTED = 0  # found not harmful by somebody who decides: still matched, acts by itself no more
    SELF_DECLARED = 1
    COUNSELLOR_CHECKED = 2
    OPERATOR_CONFIRMED = 3
    REGULATOR_DECIDED = 4


@dataclass(frozen=True, kw_only=True)
class KnownHash:
    """Each hash is 64 lower-case hex digits or None. Raises ValueError naming the field that is wrong."""

    entry_id: str
    list_name: str
    tier: Tier
    sha256: str | None = None
    pdq: str | None = None
    dhash: str | None = None
    reach_bits: int = 31

    def __post_init__(self) -> None:
        for field in ("sha256", "pdq", "dhash"):
            value = getattr(self, field)
            if value is not None and not _HASH.fullmatch(value):
                raise ValueError(
                    f"{field} must be 64 hex digits in lower case; leave it out where it is not known."
                )
        if self.sha256 is None and self.pdq is None:
            raise ValueError("An entry needs a sha256 or a pdq; dhash alone only confirms and never finds.")


@dataclass(frozen=True, kw_only=True)
class HashMatch:
    """`exact`: the same bytes. `confirmed`: the same bytes, or both hash families agree on this variant."""

    entry: KnownHash
    distance_bits: int
    exact: bool
    confirmed: bool
    variant: Variant
    at_ms: int | None = None

    @property
    def facts(self) -> Facts:
        """`at_ms` only where a frame of a film matches."""
        moment = {} if self.at_ms is None else {"at_ms": self.at_ms}
        return {
            **moment,
            "entry_id": self.entry.entry_id,
            "list_name": self.entry.list_name,
            "tier": int(self.entry.tier),
            "distance_bits": self.distance_bits,
            "confirmed": self.confirmed,
            "exact": self.exact,
            "variant": self.variant,
        }
