"""Whatever is tried at one place, in whatever order: no illegal move succeeds, and no clock is lost.

`python -m bench.walk --runs 10000` goes the same ways as often as that.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.walk.procedure import ALL
from tests.walk.stage import Everybody, everybody
from tests.walk.walking import STARTS, a_stage
from tests.walk.watcher import Watcher

pytestmark = pytest.mark.django_db
TRIES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 999)), min_size=4, max_size=12)


@pytest.fixture
def cast(db: None) -> Everybody:
    return everybody()


@pytest.mark.parametrize("start", STARTS)
def test_no_illegal_move_succeeds_and_no_clock_is_lost(cast: Everybody, start: str) -> None:
    with a_stage(cast, start) as walked:

        @settings(
            max_examples=5,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        )
        @given(tries=TRIES)
        def from_here(tries: list[tuple[int, int]]) -> None:
            walked(tries)

        from_here()


class _Event:
    def __init__(self, name: str, *, subject: str = "s", actor: str = "a", **facts: object) -> None:
        self.name, self.subject_id, self.actor_id, self.facts = name, subject, actor, facts


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ([_Event("removal.requested"), _Event("removal.verified")], "request was requested"),
        ([_Event("review.opened"), _Event("review.remove")], "only 0 voted for it"),
        ([_Event("orders.drafted"), _Event("orders.issued")], "order was draft"),
        (
            [_Event("orders.drafted"), _Event("orders.prior_opinion"), _Event("orders.issued")],
            "the same person as orders.drafted",
        ),
        ([_Event("sanctions.proposed", order="o")], "without an order that was not followed"),
        (
            [
                _Event("review.opened"),
                _Event("review.recused", actor="m"),
                _Event("review.voted", actor="m", round=1, decision="remove"),
            ],
            "a member who takes no part voted",
        ),
    ],
)
def test_the_watcher_complains_of_what_ought_not_to_be(events: list[_Event], why: str) -> None:
    """Or its silence would say nothing."""
    watcher = Watcher()
    watcher.read(events)  # type: ignore[arg-type]
    assert any(why in complaint for complaint in watcher.complaints), watcher.complaints


def test_the_procedure_knows_every_state_that_it_leads_to() -> None:
    for room, arrows in ALL.items():
        reached = {after for _, after in arrows.values()}
        left = {before for befores, _ in arrows.values() for before in befores} - {"new"}
        assert left <= reached, room
