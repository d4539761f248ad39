"""F1: the pages are killed while people send their reports, and whoever holds the keys for them."""

from typing import Final

from tests.faults.house import outcome
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "the pages are killed while forms are under way"


def play(stage: Stage) -> Outcome:
    return outcome(stage, ("web", 1), ("keys", 0))
