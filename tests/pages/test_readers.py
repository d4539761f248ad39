"""Readers are children: a page that would hold the house for minutes, or take all of its memory, costs a child."""

import time
from collections.abc import Iterator
from dataclasses import replace

import psutil
import pytest

from haetae.pages import Asked, Readers, Reading, UnreadableError
from haetae.pages.wire import CPU_S, LONGEST_PAGE_BYTES, WALL_S

PAGE = Asked(
    url="https://board.example/", reading=Reading.PAGE, links=True, hosts=frozenset({"board.example"})
)
DEEP = b"<div>" * 200_000
MANY_ATTRIBUTES = b"<img " + b" ".join(b"a%d=1" % number for number in range(120_000)) + b">"


@pytest.fixture
def readers() -> Iterator[Readers]:
    pool = Readers(count=1)
    yield pool
    pool.close()


def test_a_page_is_read_behind_walls(readers: Readers) -> None:
    found = readers.read(b"<img src=/a.png>", asked=PAGE)
    assert [one.media_url for one in found.pictures] == ["https://board.example/a.png"]
    assert readers.confinement in {"seccomp", "limits_only"}


@pytest.mark.parametrize("body", [DEEP, MANY_ATTRIBUTES], ids=["deep", "attributes"])
def test_a_page_made_to_cost_is_given_up_and_the_next_one_is_read(readers: Readers, body: bytes) -> None:
    started_at_s = time.monotonic()
    with pytest.raises(UnreadableError) as problem:
        readers.read(body, asked=PAGE)
    assert problem.value.why == "costly_page"
    assert time.monotonic() - started_at_s < WALL_S + CPU_S
    assert readers.read(b"<img src=/a.png>", asked=PAGE).pictures


def test_ten_megabytes_of_an_honest_page_are_read(readers: Readers) -> None:
    entry = b"<article><h2>Pebbles</h2><p>%s</p><a href=/p>more</a></article>" % (b"round and grey " * 60)
    body = entry * (LONGEST_PAGE_BYTES // len(entry))
    assert len(readers.read(body + b"", asked=replace(PAGE, phrases={"one": "round and grey"})).links) == 1


def test_more_than_a_page_may_hold_is_not_even_sent(readers: Readers) -> None:
    with pytest.raises(UnreadableError) as problem:
        readers.read(b" " * (LONGEST_PAGE_BYTES + 1), asked=PAGE)
    assert problem.value.why == "too_large"


def test_what_cannot_be_read_says_so_and_costs_no_child(readers: Readers) -> None:
    for _ in range(3):
        with pytest.raises(UnreadableError) as problem:
            readers.read(b"{}", asked=replace(PAGE, reading=Reading.FEED))
        assert problem.value.why == "bad_feed"
    assert readers.started == 1


def test_nobody_is_left_behind() -> None:
    before = set(psutil.Process().children())
    pool = Readers(count=2)
    pool.read(b"<p>", asked=PAGE)
    assert len(set(psutil.Process().children()) - before) == 1
    pool.close()
    assert set(psutil.Process().children()) <= before
