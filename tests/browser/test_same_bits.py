"""The device computes what the server computes: over 250 pictures, chosen one by one on the real page."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from playwright.sync_api import Browser

from haetae.detect import OpenerPool, Undecodable
from haetae.detect.hashing.dhash import dhash
from haetae.detect.hashing.pdq import _COSINES, SIDE, Pdq, _tents, pdq
from haetae.detect.hashing.separable import Luma, Taps
from haetae.detect.matching.distance import distance_bits
from tests.browser.choosing import Shown, choose, shown
from tests.browser.conftest import PHONE
from tests.browser.pictures import Made, all_pictures

# Two sums of the same numbers in another order differ by less; frequencies are up to some thousands.
ROUNDING = 0.001
LOSSY_BITS_MOST, SECOND_BITS_MOST = 2, 1
FEW = 2


@dataclass(frozen=True, kw_only=True)
class Compared:
    made: Made
    server: Pdq
    server_dhash: str
    device: Shown
    undecided: int

    @property
    def distance_bits(self) -> int:
        return distance_bits(self.server.bits, self.device.pdq)

    @property
    def decided_bits(self) -> int:
        """How many bits differ that do not hang on rounding."""
        differing = int(self.server.bits, 16) ^ int(self.device.pdq, 16)
        return (differing & ~self.undecided).bit_count()

    @property
    def second_bits(self) -> int:
        return distance_bits(self.server_dhash, self.device.dhash)

    def __str__(self) -> str:
        return f"{self.made.kind} {self.made.name}: {self.distance_bits} and {self.second_bits} bits"


@pytest.fixture(scope="module")
def compared(chromium: Browser, address: str, openers: OpenerPool) -> list[Compared]:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/hash/")
    page.wait_for_selector("html[data-reading=clean]", state="attached")

    def one(made: Made, luma: Luma) -> Compared:
        assert choose(page, made.data) == "done", made
        return Compared(
            made=made,
            server=pdq(luma),
            server_dhash=dhash(luma),
            device=shown(page),
            undecided=undecided(luma),
        )

    done = [one(made, luma) for made, luma in _opened(openers)]
    context.close()
    return done


def _opened(openers: OpenerPool) -> Iterator[tuple[Made, Luma]]:
    for made in all_pictures():
        try:
            yield made, openers.open(made.data).frames[0].luma
        except Undecodable as refused:
            pytest.fail(f"The server refuses {made.kind} {made.name}: {refused}")


def undecided(luma: Luma) -> int:
    """The bits of PDQ that hang on rounding alone: frequencies that equal the median as far as float32 can tell."""
    down, across = (_matrix(_tents(length), length) for length in luma.shape)
    block = down @ luma.astype(np.float64) @ across.T
    frequencies = (_COSINES.astype(np.float64) @ block @ _COSINES.astype(np.float64).T).ravel()
    median = np.sort(frequencies)[frequencies.size // 2 - 1]
    equal = np.abs(frequencies - median) < ROUNDING
    if np.count_nonzero(equal) == 1:  # the median itself, which is set in no hash
        return 0
    return int.from_bytes(np.packbits(equal[::-1]).tobytes())


def _matrix(taps: Taps, length: int) -> np.ndarray:
    matrix = np.zeros((SIDE, length))
    for row, first, count, weights in zip(matrix, taps.first, taps.count, taps.weights, strict=True):
        row[first : first + count] = weights[:count]
    return matrix


def test_at_least_two_hundred_pictures_are_compared(compared):
    assert len(compared) >= 200
    assert len({one.made.data for one in compared}) == len(compared)


def test_the_exact_digest_is_that_of_the_file(compared):
    assert all(one.device.sha256 == hashlib.sha256(one.made.data).hexdigest() for one in compared)


def test_every_bit_of_a_picture_saved_without_loss_is_the_servers(compared):
    """But for bits that hang on rounding alone: there two machines of the server may differ as well."""
    lossless = [one for one in compared if one.made.is_lossless]
    assert len(lossless) > 100
    assert [str(one) for one in lossless if one.decided_bits] == []
    assert [str(one) for one in lossless if one.second_bits] == []


def test_few_pictures_hang_on_rounding(compared):
    """So that the exception above cannot swallow the rule."""
    many = [one for one in compared if one.undecided.bit_count() > FEW]
    assert {one.made.name for one in many} <= {"16x16", "gray 16x16", "5x5"}
    assert sum(one.undecided > 0 for one in compared) <= len(compared) // 10
    assert all(one.distance_bits == 0 for one in compared if one.made.is_lossless and not one.undecided)


def test_a_picture_saved_with_loss_is_a_few_bits_off_at_most(compared):
    """The server hashes the brightness in the file; a browser gives colours, from which it is computed anew.

    Where many frequencies equal the median, one gray step decides about all of them.
    """
    lossy = [one for one in compared if not one.made.is_lossless]
    settled = [one for one in lossy if one.undecided.bit_count() <= FEW]
    assert len(settled) > 100
    assert [str(one) for one in settled if one.distance_bits > LOSSY_BITS_MOST] == []
    assert [str(one) for one in lossy if one.second_bits > SECOND_BITS_MOST] == []


def test_quality_is_the_servers(compared):
    assert [str(one) for one in compared if one.device.quality != one.server.quality] == []


def test_the_counts_are_told(compared, capsys):
    with capsys.disabled():
        print("\nkind                      pictures  PDQ identical  most bits  dhash identical  most bits")
        for kind in dict.fromkeys(one.made.kind for one in compared):
            _print(kind, [one for one in compared if one.made.kind == kind])
        _print("all without loss", [one for one in compared if one.made.is_lossless])
        _print("all with loss", [one for one in compared if not one.made.is_lossless])


def _print(what: str, some: list[Compared]) -> None:
    first, second = ([one.distance_bits for one in some], [one.second_bits for one in some])
    print(
        f"{what:24}{len(some):10}{first.count(0):15}{max(first):11}{second.count(0):17}{max(second):11}",
        "" if max(first) == 0 else "; ".join(str(one) for one in some if one.distance_bits)[:150],
    )
