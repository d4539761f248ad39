"""The books of the measurement find what is lost and what is doubled: a check that finds nothing proves nothing."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from work import do_all_jobs

from bench.operator_stage.manners import Manner
from bench.operator_stage.server import Received, Stage, stage
from bench.operators import books
from bench.operators.asking import Asked, ask, places, registered
from bench.operators.cast import ELSEWHERE, Part, Turn

pytestmark = pytest.mark.django_db
PARTS = [
    Part(name="well", is_well=True, may_be_reached=True),
    Part(name="down", manner=Manner.DOWN),
    Part(name="gone", manner=Manner.GONE),
    Part(name="refuses-connections", listens=False),
]
PLANNED = [Turn(at_s=0.0, part=part) for part in (0, 0, 1, 2, 3)]


@pytest.fixture
def here() -> Iterator[Stage]:
    with stage() as running:
        yield running


@pytest.fixture
def asked(here: Stage) -> list[Asked]:
    players = registered(PARTS, series="test", plain=here, tls=here)
    return ask(PLANNED, places(PLANNED, players), players)


def test_before_anybody_speaks_all_is_lost_and_afterwards_nothing_is(asked: list[Asked]) -> None:
    assert books.not_reached(asked) == asked[:2]
    assert books.forgotten(asked) == asked
    do_all_jobs()
    assert books.not_reached(asked) == []
    assert books.forgotten(asked) == [], "waiting for a next try, or with people"
    assert set(books.acknowledged_s(asked)) == {one.request_id for one in asked[:2]}
    assert books.outcomes(asked) == {
        "well": {"sent": 2},
        "down": {"requested": 1},
        "gone": {"undeliverable": 1},
        "refuses-connections": {"requested": 1},
    }
    assert books.doubles(asked) == []


def test_what_the_operator_never_saw_is_lost_whatever_our_rows_say(here: Stage, asked: list[Asked]) -> None:
    do_all_jobs()
    here.hooks["test-well"].received.pop(0)
    assert len(books.not_reached(asked)) == 1


def test_every_kind_of_double_is_found(here: Stage, asked: list[Asked]) -> None:
    do_all_jobs()
    hook = here.hooks["test-well"]
    first, other = hook.received
    changed = json.loads(first.body) | {"timestamp": "another"}
    for wrong, words in [
        (replace(first, body=json.dumps(changed).encode()), "two bodies"),
        (replace(first, message_id=other.message_id), "under two ids"),
        (replace(first, message_id="unknown"), "was not asked of it"),
        (replace(first, is_signed=False), "without a good signature"),
    ]:
        hook.received[2:] = [wrong]
        assert any(words in sentence for sentence in books.doubles(asked)), words
    hook.received[2:] = []
    astray: Received = first
    here.hooks[ELSEWHERE].received.append(astray)
    assert books.doubles(asked) == [f"{ELSEWHERE} received a message"]
