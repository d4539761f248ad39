"""Known pictures, copies as people make them, and pictures that nobody knows; all are made, none is of anybody."""

import random
from pathlib import Path
from typing import Final

from bench.copy_kinds import KINDS, original, saved
from haetae.detect import Bank, KnownHash, OpenerPool, Tier, Undecodable, Verdict, examine

# What is done to a picture before it is posted again; bench.copies measures two dozen more.
EDITS: Final = (
    "saved again at quality 60",
    "saved again at quality 30",
    "half the size",
    "gray",
    "brighter",
    "cropped by 1 percent",
    "cropped by 2 percent",
    "letterbox",
    "screenshot bars",
    "mirrored",
    "WebP",
    "EXIF orientation",
)
KNOWN: Final = 25  # known pictures; each is copied many times
_STRANGERS_FROM: Final = 100_000  # seeds of pictures that nobody knows


def made(folder: Path, *, planted: int, strangers: int, seed: int) -> tuple[Bank, list[str]]:
    """Write `planted` edited copies and then `strangers` into files named by their number.

    Gives the bank that knows the originals, and the edit of each copy.
    """
    draw = random.Random(seed)  # noqa: S311 - repeatable on purpose
    originals = [original(seed + number) for number in range(KNOWN)]
    edits = []
    for number in range(planted):
        edit = EDITS[number % len(EDITS)]
        edits.append(edit)
        (folder / str(number)).write_bytes(KINDS[edit](draw.choice(originals)))
    unknown = [saved(original(_STRANGERS_FROM + seed + number)) for number in range(min(strangers, KNOWN))]
    for number in range(strangers):
        (folder / str(planted + number)).write_bytes(unknown[number % len(unknown)])
    return _bank([saved(one) for one in originals]), edits


def _bank(originals: list[bytes]) -> Bank:
    known = []
    with OpenerPool(size=1) as openers:
        for number, data in enumerate(originals):
            finding = examine(data, bank=Bank(()), openers=openers)
            assert finding.fingerprints is not None
            whole = finding.fingerprints.perceptual[0]
            known.append(
                KnownHash(
                    entry_id=str(number),
                    list_name="bench",
                    tier=Tier.COUNSELLOR_CHECKED,
                    sha256=finding.fingerprints.sha256,
                    pdq=whole.pdq,
                    dhash=whole.dhash,
                )
            )
    return Bank(known)


def asks_for_removal(data: bytes, *, bank: Bank, openers: OpenerPool) -> bool:
    """Whether the house's own examination would ask for the removal of these bytes."""
    try:
        return examine(data, bank=bank, openers=openers).verdict is Verdict.REQUEST
    except Undecodable:
        return False
