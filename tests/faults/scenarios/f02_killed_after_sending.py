"""F2: whoever asks an operator is killed after it was sent and before the answer is written down."""

from typing import Final

from tests.faults.house import outcome
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "a worker is killed after it sent a request and before the answer is kept"


def play(stage: Stage) -> Outcome:
    return outcome(stage, ("worker", 1), ("opener", 0), ("sealer", 0), ("timekeeper", 0))
