"""Which of many examined pictures are the same picture? By their fingerprints alone, as an examination kept them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from haetae.detect.finding import Fingerprints, PerceptualHash, Variant
from haetae.detect.matching import Bank, KnownHash, Tier

Kept = Mapping[str, Any]  # Fingerprints as JSON


def alike(fingerprints: Kept, *, among: Iterable[tuple[str, Kept]]) -> list[str]:
    """The names of those that are this picture: the same bytes, or both hash families agree on one of its variants."""
    bank = Bank(entry for name, kept in among for entry in _entries(name, kept))
    asked = as_asked(fingerprints)
    if asked is None:
        return []
    return list(dict.fromkeys(match.entry.entry_id for match in bank.match(asked) if match.confirmed))


def _entries(name: str, kept: Kept) -> Iterator[KnownHash]:
    sha256 = kept.get("sha256")
    hashes = kept.get("perceptual") or ([{"pdq": None, "dhash": None}] if sha256 else [])
    for one in hashes:
        yield KnownHash(
            entry_id=name,
            list_name="examined",
            tier=Tier.SELF_DECLARED,
            sha256=sha256,
            pdq=one["pdq"],
            dhash=one["dhash"],
        )


def as_asked(kept: Kept) -> Fingerprints | None:
    """What an examination kept, to be matched once more; None where it kept nothing."""
    if not kept.get("sha256"):
        return None
    hashes = [
        PerceptualHash(
            variant=Variant(one["variant"]),
            pdq=one["pdq"],
            pdq_quality=int(one["pdq_quality"]),
            dhash=one["dhash"],
        )
        for one in kept.get("perceptual") or ()
    ]
    return Fingerprints(sha256=kept["sha256"], perceptual=tuple(hashes))
