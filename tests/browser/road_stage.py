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
from typing import Any

from tests.browser.desk_stage import _surroundings, served
from tests.people import Person

OLD = 20  # the number of a post that was decided about before the day begins


@dataclass(kw_only=True)
class Road:
    """`once` has for each of the cast the secret of a sign-in; `places` numbers of what lies ready."""

    origin: str
    hand: "subprocess.Popen[str]"
    once: dict[str, str]
    places: dict[str, str]
    last_event: int = 0

    def sign_in_of(self, person: Person, *, at: str) -> str:
        return f"{self.origin}/{at}/sign-in/once/{self.once[person.name]}/"

    def goes_on(self) -> None:
        """What follows from what people did happens now."""
        self._does("goes_on")

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

    def _does(self, *words: str) -> Any:
        assert self.hand.stdin is not None
        self.hand.stdin.write(json.dumps(words) + "\n")
        self.hand.stdin.flush()
        return self.hears()

    def hears(self) -> Any:
        assert self.hand.stdout is not None
        line = self.hand.stdout.readline()
        assert line, "the process that does the jobs has ended"
        return json.loads(line)


@contextmanager
def open_road(home: Path) -> Iterator[Road]:
    sides = {"HAETAE_SECOND_STEP": "not_yet", "HAETAE_SIDES": "portal,console,operator"}
    surroundings = _surroundings(home) | sides
    command = [sys.executable, "-m", "tests.browser.road_stage"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=surroundings, text=True, **pipes) as hand:  # which closes both pipes
        try:
            with served(surroundings) as origin:
                road = Road(origin=origin, hand=hand, once={}, places={})
                filled = road.hears()
                road.once, road.places = filled["once"], filled["places"]
                yield road
        finally:
            hand.terminate()


def play() -> None:
    """Fill, say what lies ready, and do what is read until nothing more comes."""
    from haetae.flow.verification import jobs
    from tests.browser import road_hand

    jobs.connector_for = lambda _operator: road_hand.OUTSIDE  # type: ignore[assignment,return-value]
    print(json.dumps(road_hand.fill()), flush=True)
    for line in sys.stdin:
        verb, *words = json.loads(line)
        print(json.dumps(getattr(road_hand, verb)(*words)), flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    play()
