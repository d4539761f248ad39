"""No arrow of a place is left out: each has a story that there is, and each state is reached by one."""

from pathlib import Path

import pytest

from haetae.agencies.enforcement.orders.states import State as Order
from haetae.agencies.enforcement.sanctions.states import State as Sanction
from haetae.flow.removal.states import State as Request
from haetae.flow.review.states import State as Review
from tests.browser import test_from_notice_to_paid, test_the_other_arrows
from tests.browser.arrows import ARROWS, ELSEWHERE

_HOUSE = Path(__file__).parents[2]
_CALLED_OTHERWISE = {
    "orders.draft": "orders.drafted",
    "review.open": "review.opened",
    "review.late": "",  # our own clock; nothing becomes of the place by it
    "review.moot": "",  # it was gone before anybody decided
}


def test_each_arrow_is_taken_in_a_story_that_there_is():
    there = {name for module in (test_from_notice_to_paid, test_the_other_arrows) for name in vars(module)}
    assert {story for story, _ in ARROWS.values()} <= there
    assert not ARROWS.keys() & ELSEWHERE.keys()


@pytest.mark.parametrize("place", sorted({place for place, _ in ELSEWHERE.values()}))
def test_what_no_hand_takes_has_a_test_too(place):
    file, name = place.split("::")
    assert f"\ndef {name}(" in (_HOUSE / file).read_text()


@pytest.mark.parametrize(
    ("room", "states"), [("removal", Request), ("review", Review), ("orders", Order), ("sanctions", Sanction)]
)
def test_an_arrow_leads_to_each_state(room, states):
    told = {event for _, event in (*ARROWS.values(), *ELSEWHERE.values())} | {""}
    wanted = {_CALLED_OTHERWISE.get(f"{room}.{state}", f"{room}.{state}") for state in states}
    assert wanted <= told
