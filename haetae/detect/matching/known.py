"""One known picture, as a list names it: hashes and the standing of whoever says so. Never the picture."""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from haetae.detect.finding import Facts, Recipe, Turn, Variant

_DIGITS: Final = {"sha256": 64, "pdq": 64, "dhash": 64, "md5": 32}
_HEX: Final = re.compile(r"[0-9a-f]+")
REACH_BITS: Final = (
    31  # Meta's recommended threshold for PDQ; partners on both sides of an exchange rely on it
)


class Tier(IntEnum):
    """How far a hash has been checked. It rises only when an authorised person saw the match."""

    DISPUTED = 0  # found not harmful by somebody who decides: still matched, acts by itself no more
    SELF_DECLARED = 1
    COUNSELLOR_CHECKED = 2
    OPERATOR_CONFIRMED = 3
    REGULATOR_DECIDED = 4


@dataclass(frozen=True, kw_only=True)
class KnownHash:
    """Each hash is lower-case hex (64 digits, MD5 32) or None. Raises ValueError naming the field that is wrong.

    `reach_bits` is how far PDQ may be off on its list, `benign` that its list is of harmless pictures, and
    `at_ms` the moment of a frame: a film is several of these with one entry_id.
    """

    entry_id: str
    list_name: str
    tier: Tier
    sha256: str | None = None
    pdq: str | None = None
    dhash: str | None = None
    md5: str | None = None
    reach_bits: int = REACH_BITS
    benign: bool = False
    at_ms: int | None = None

    def __post_init__(self) -> None:
        for field, digits in _DIGITS.items():
            value = getattr(self, field)
            if value is not None and not (len(value) == digits and _HEX.fullmatch(value)):
                raise ValueError(
                    f"{field} must be {digits} hex digits in lower case; leave it out where it is not known."
                )
        if self.sha256 is None and self.pdq is None and self.md5 is None:
            raise ValueError(
                "An entry needs a sha256, a pdq or an md5; dhash alone only confirms and never finds."
            )
        if not 0 <= self.reach_bits <= REACH_BITS:
            raise ValueError(f"reach_bits must lie between 0 and {REACH_BITS}.")


@dataclass(frozen=True, kw_only=True)
class HashMatch:
    """`exact`: the same SHA-256. `confirmed`: the same, or both hash families agree on this variant and turn.

    `both_agree` says the latter of a frame of a known film too, which by itself confirms nothing.
    """

    entry: KnownHash
    distance_bits: int
    exact: bool
    confirmed: bool
    variant: Variant
    at_ms: int | None = None
    recipe: Recipe = Recipe.FULL
    turn: Turn = Turn.UPRIGHT
    both_agree: bool = False

    @property
    def facts(self) -> Facts:
        """`at_ms`, `turn` and `benign` only where there is something to say."""
        more: dict[str, str | int | bool] = {} if self.at_ms is None else {"at_ms": self.at_ms}
        if self.turn is not Turn.UPRIGHT:
            more["turn"] = self.turn
        if self.entry.benign:
            more["benign"] = True
        return {
            **more,
            "entry_id": self.entry.entry_id,
            "list_name": self.entry.list_name,
            "tier": int(self.entry.tier),
            "distance_bits": self.distance_bits,
            "confirmed": self.confirmed,
            "exact": self.exact,
            "variant": self.variant,
        }
