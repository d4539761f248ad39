"""Pages that lead in circles, odd clocks and forgotten places: a list is followed to its end all the same."""

import itertools
from datetime import timedelta

import pytest
import time_machine

from haetae.common import clock
from haetae.hashbank import jobs
from haetae.hashbank.sources import queries, rules
from haetae.hashbank.states import Wire
from tests.hashbank.foreign import (
    LATER,
    Answer,
    foreign,  # noqa: F401 - a fixture
    image,
    matched,
    page,
    pages,
    pull,
    record,
    source_at,
    xml,
)
from tests.hashbank.partners import pdq

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", [["0", "0"], ["0", "1", "0"], ["0", "1", "2", "3", "1"]])
def test_pages_that_lead_in_a_circle_are_taken_once_and_left(foreign, way):  # noqa: F811
    source = source_at(foreign.base)
    step: dict[str, str] = {}
    for number, following in itertools.pairwise(["", *way]):
        step.setdefault(number, following)

    def answer(asked):
        number = asked.query.get("nextPageToken", "")
        return page(record(int(number or 9)), token=step[number])

    foreign.answer = answer
    assert pull(source).code == "loop"
    assert len(foreign.asked) <= len(way) + 1
    assert set(matched(source)) == {9} | {int(number) for number in way}
    assert (source.since_s, source.following) == (0, ""), "the next round begins where this one did"


def test_a_path_that_leads_to_itself_is_left_too(foreign):  # noqa: F811
    source = source_at(foreign.base, wire=Wire.NCMEC)
    foreign.answer = lambda _: xml(image("a", pdq=pdq(1)), following="/v2/entries?start=1")
    assert pull(source).code == "loop"
    assert (matched(source), len(foreign.asked)) == ([1], 2)


def test_a_list_that_always_has_one_more_empty_page_is_left(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: page(token=str(len(foreign.asked)))
    assert pull(source).code == "endless"
    assert len(foreign.asked) == rules.EMPTY_PAGES_MOST


@pytest.mark.parametrize("next_s", [LATER - 1, 2**52])
def test_a_clock_that_runs_backwards_or_far_ahead_is_not_believed(foreign, next_s):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: page(record(1))
    pull(source)
    foreign.answer = lambda _: page(record(2), next_s=next_s)
    assert pull(source).code == ""
    assert source.since_s == LATER
    assert matched(source) == [1, 2]
    assert source.odd[0].startswith("nextSetTimestamp: ")


def test_a_clock_of_ours_that_ran_ahead_blinds_no_list(foreign):  # noqa: F811
    source = source_at(foreign.base, wire=Wire.NCMEC)
    foreign.answer = lambda _: xml(image("a", pdq=pdq(1)))
    with time_machine.travel(clock.now() + timedelta(days=365)):
        pull(source)
    assert queries.due(at=clock.now()) == [source.pk]
    foreign.answer = lambda _: xml(image("b", pdq=pdq(2)))
    assert pull(source).code == ""
    assert foreign.asked[-1].query["from"] == "1970-01-01T00:00:00Z"
    assert matched(source) == [1, 2]
    assert queries.due(at=clock.now()) == []


def test_a_token_that_is_forgotten_over_there_begins_the_round_again(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = pages([record(1)], [record(2)])
    jobs.pull_pages(source.pk, pages_most=1)
    honest = foreign.answer
    foreign.answer = lambda asked: Answer(status=400) if "nextPageToken" in asked.query else honest(asked)
    assert pull(source).code == "position_refused"
    assert source.following == ""
    foreign.answer = honest
    assert +pull(source).counts == {"unchanged": 1, "added": 1}
    assert matched(source) == [1, 2]


def test_without_tokens_a_list_is_followed_by_its_timestamps(foreign):  # noqa: F811
    source = source_at(foreign.base)

    def answer(asked):
        at_s = int(asked.query["startTimestamp"])
        return page(record(at_s % 100), next_s=max(at_s + 1, LATER), hasMoreRecords=at_s < LATER + 2)

    foreign.answer = answer
    assert pull(source).code == ""
    assert matched(source) == [0, 1, 2, 10]
