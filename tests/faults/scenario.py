"""What a scenario of faults is: given a folder of its own, it breaks something and says what is left of every promise.

Each is a module of `tests.faults.scenarios`, named after its number (`f04_two_senders`), with two things in it:

    SAYS: Final = "two senders race for one row, their clocks five minutes apart"
    def play(stage: Stage) -> Outcome: ...

It runs in a process of its own, with HAETAE_HOME set to a folder that is not there yet and Django not set up; what it
starts must have ended when that process ends. `tests.faults.invariants` holds what must be true after each of them,
`tests.faults.small` the smallest installation to break, `tests.faults.platform` an operator that writes all down.
"""

import random
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Stage:
    """`full`: the counts that the bars ask for (1,000 cases, 20 kills); otherwise a short form that lasts seconds.

    What is entered in `stays` is left when the last scenario of this process has been played.
    """

    folder: Path
    full: bool
    chance: random.Random
    stays: ExitStack = field(default_factory=ExitStack)

    def cases(self, *, short: int, full: int = 1_000) -> int:
        return full if self.full else short


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`counts` are printed in their order. `broken` holds each promise that was not kept, as a sentence."""

    counts: Mapping[str, int | float | str]
    broken: Sequence[str]

    @property
    def held(self) -> bool:
        return not self.broken
