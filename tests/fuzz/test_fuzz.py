"""A few hundred bent inputs for each reader of foreign bytes, the same every time, and what was found before."""

import pytest

from tests.fuzz.blind import tried
from tests.fuzz.targets import TARGETS

RUNS, SLOW_S = 250, 3.0
FOUND = {
    "answers of an opener": [b"[" * 4000],  # RecursionError went through to the caller
    "answers of a reader": [b"[" * 100_000],
    "notices": [
        b'{"version": "\xed\xa0\x80"}'
    ],  # half a letter of UTF-16, which JSON may hold and UTF-8 may not
}


@pytest.mark.parametrize("name", TARGETS)
def test_bent_bytes_are_read_or_refused(name: str) -> None:
    target = TARGETS[name]()
    assert tried(target.run, target.seeds, seed=11, slow_s=SLOW_S, runs_most=RUNS) == (RUNS, None, "")


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_stays_mended(name: str) -> None:
    for data in FOUND[name]:
        TARGETS[name]().run(data)


def test_the_fuzzer_finds_a_fault_and_a_hang_that_were_planted() -> None:
    def falls(data: bytes) -> None:
        if data.count(b"<") > 3:
            raise KeyError("planted")

    def hangs(data: bytes) -> None:
        if len(data) < 2:
            sum(range(60_000_000))

    runs, found, what = tried(falls, [b"<a>"], seed=1, slow_s=SLOW_S, runs_most=5_000)
    assert found is not None
    assert (found.count(b"<") > 3, what) == (True, "KeyError: 'planted'")
    assert runs > 0
    assert "It took" in tried(hangs, [b"<abcd>"], seed=1, slow_s=0.05, runs_most=5_000)[2]
