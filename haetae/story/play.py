"""Plays the scenarios one after the other and tells what came of each."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from haetae.audit.models import Event
from haetae.common.outbound import NetworkFailure
from haetae.running.whole import Whole
from haetae.story.cast import Cast, Scenario
from haetae.story.errors import StoryError, UnknownScenarioError
from haetae.story.pictures import known_original, photo, unlike
from haetae.story.scenarios import SCENARIOS
from haetae.story.stage import Stage


@dataclass(kw_only=True)
class Result:
    """What came of one scenario. `problem` is empty when it held."""

    name: str
    ok: bool
    seconds: float
    events: list[dict[str, Any]]
    platform_log: list[dict[str, Any]]
    checks: list[str] = field(default_factory=list)
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def cast_with(picture: Path | None) -> Cast:
    """The pictures of the story; a given one stands for both known originals. Raises UnusablePictureError, OSError.

    Copies of our own photographs are also smaller, one with the bars of a screenshot. A given picture is only saved
    again: how much more PDQ bears depends on the picture, and the story is about the loop.
    """
    if picture is not None:
        given = picture.read_bytes()
        known = known_original(given)
        return Cast(known=known, known_too=known_original(given), benign=unlike(known, ["rocket", "coffee"]))
    return Cast(
        known=known_original(photo("coffee"), share=0.7),
        known_too=known_original(photo("gravel"), share=0.7, screenshot=True),
    )


def chosen(names: Collection[str]) -> list[Scenario]:
    """Those of the story with these names, in its order; all of them without any. Raises UnknownScenarioError."""
    known = [scenario.name for scenario in SCENARIOS]
    if unknown := sorted(set(names).difference(known)):
        raise UnknownScenarioError(f"There is no scenario {unknown[0]}. There are {', '.join(known)}.")
    return [scenario for scenario in SCENARIOS if not names or scenario.name in names]


def play(
    whole: Whole, cast: Cast, scenarios: Iterable[Scenario], *, announce: Callable[[Scenario], None]
) -> Iterator[Result]:
    """Every one in turn; a failed one does not stop the next."""
    for scenario in scenarios:
        announce(scenario)
        yield _played(scenario, Stage(whole), cast)


def _played(scenario: Scenario, stage: Stage, cast: Cast) -> Result:
    began, problem, events = time.monotonic(), "", []
    try:
        events = scenario.play(stage, cast)
    except (StoryError, NetworkFailure) as trouble:
        problem = str(trouble)
    return Result(
        name=scenario.name,
        ok=not problem,
        seconds=round(time.monotonic() - began, 3),
        events=[_as_json(event) for event in events],
        platform_log=stage.platform_log(),
        checks=stage.checks,
        problem=problem,
    )


def _as_json(event: Event) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "event": event.name,
        "subject": str(event.subject_id),
        "facts": event.facts,
    }
