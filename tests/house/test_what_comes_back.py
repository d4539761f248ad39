"""Whatever takes something back is done again after a restore, or is left to people for a reason that is said."""

from haetae.flow.ends import ENDS
from haetae.flow.next_step import FOLLOWS
from haetae.running.backup.replaying import LEFT, REPLAYED

_TAKES_BACK = (
    "withdrawn", "ended", "erased", "forgotten", "destroyed", "destroyed_in_part", "called_back", "taken_back",
    "disputed", "quarantined", "removed", "lapsed", "dropped", "lifted", "closed", "left", "annulled",
    "stopped_by_itself",
)  # fmt: skip


def test_every_event_that_takes_something_back_has_its_answer() -> None:
    known = {*FOLLOWS, *ENDS}
    takes = {
        name for name in known if f"_{name.split('.')[1]}".endswith(tuple(f"_{word}" for word in _TAKES_BACK))
    }
    unanswered = takes - set(REPLAYED) - set(LEFT)
    assert not unanswered


def test_nothing_is_answered_twice_or_is_no_event_of_ours() -> None:
    assert not set(REPLAYED) & set(LEFT)
    assert not ({*REPLAYED, *LEFT} - {*FOLLOWS, *ENDS})
