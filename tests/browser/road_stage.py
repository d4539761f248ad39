"""The regulator's road in processes of their own: the pages, and one that does the jobs and moves what is due.

`python -m tests.browser.road_stage` fills a database, and then does what it reads, one line after the other. Only the
outside is played: what our own looks see there is what the test says.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from tests.browser.desk_stage import _surroundings, served
from tests.people import Person

OLD = 20  # the number of a post that was decided about before the day begins


@dataclass(kw_only=True)
class Played:
    """`once` has for each of the cast the secret of a sign-in; `places` numbers of what lies ready."""

    origin: str
    hand: "subprocess.Popen[str]"
    once: dict[str, str]
    places: dict[str, str]

    def sign_in_of(self, person: Person, *, at: str) -> str:
        return f"{self.origin}/{at}/sign-in/once/{self.once[person.name]}/"

    def goes_on(self) -> None:
        """What follows from what people did happens now."""
        self._does("goes_on")

    def _does(self, *words: str) -> Any:
        assert self.hand.stdin is not None
        self.hand.stdin.write(json.dumps(words) + "\n")
        self.hand.stdin.flush()
        assert self.hand.stdout is not None
        line = self.hand.stdout.readline()
        assert line, "the process that does the jobs has ended"
        return json.loads(line)


@dataclass(kw_only=True)
class Road(Played):
    """The regulator's."""

    last_event: int = 0

    def is_seen(self, place: str, *, gone: bool) -> None:
        """What everybody sees at one place; every look that is due, and the second one that confirms it."""
        self._does("is_seen", place, "gone" if gone else "live")

    def is_seen_later(self, place: str, *, gone: bool) -> None:
        """The same, when the next look at that place is due of those that are planned for the weeks to come."""
        self._does("is_seen_later", place, self.places[place], "gone" if gone else "live")

    def block_ends_in(self, place: str, *, days: int) -> None:
        """What is hidden there is near its end, or at it; who is told before has been told."""
        self._does("block_ends_in", self.places[place], str(days))

    def happened(self) -> frozenset[str]:
        """The names of all events since this was last asked."""
        told = self._does("happened", str(self.last_event))
        self.last_event = told["last"]
        return frozenset(told["names"])

    def time_is_over(self, kind: str, subject_id: str) -> None:
        """A due date of this one passes."""
        self._does("time_is_over", kind, subject_id)


Kind = TypeVar("Kind", bound=Played)


@contextmanager
def open_road(home: Path) -> Iterator[Road]:
    with opened(Road, home, module="tests.browser.road_stage", sides="portal,console,operator") as road:
        yield road


@contextmanager
def opened(kind: type[Kind], home: Path, *, module: str, sides: str, **more: str) -> Iterator[Kind]:
    """The pages, and the process of this module, before a database that it has filled."""
    surroundings = _surroundings(home) | {"HAETAE_SECOND_STEP": "not_yet", "HAETAE_SIDES": sides} | more
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-m", module], env=surroundings, text=True, **pipes) as hand:
        try:
            with served(surroundings) as origin:
                played = kind(origin=origin, hand=hand, once={}, places={})
                filled = played._does("fill")
                played.once, played.places = filled["once"], filled["places"]
                yield played
        finally:
            hand.terminate()


def play(hand: ModuleType) -> None:
    """Do what is read, one line after the other, until nothing more comes."""
    for line in sys.stdin:
        verb, *words = json.loads(line)
        print(json.dumps(getattr(hand, verb)(*words)), flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    from haetae.flow.verification import jobs
    from tests.browser import road_hand

    jobs.connector_for = lambda _operator: road_hand.OUTSIDE  # type: ignore[assignment,return-value]
    play(road_hand)
