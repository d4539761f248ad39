"""What models say of a file, for whoever asks for it: bounded, dearer than hashes, and never more than a lead."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from django.http import JsonResponse

from haetae.detect.classifying.assessing import Models
from haetae.detect.classifying.card import ModelCard, Task
from haetae.detect.finding import Finding, Reason, ReasonCode, SignalKind
from haetae.detect.words import TASKS
from haetae.flow.asked_models import models
from haetae.web.api import answers, looking
from haetae.web.api.places import Places
from haetae.web.api.scan import wording

# With models a file takes about ten times as long as without (bench.detect), so it counts as so many of a minute's.
COUNTS_AS: Final = 10
# Two questions inside a web process, one of each key: one is looked at while the other is read and hashed. More would
# take the places of those that ask about hashes.
places: Final = Places(most=2, most_each=1)

LEAD: Final = (
    "A score alone is a lead and never evidence: nothing is asked for, kept back or cleared because of it."
)
_TASKS: Final = (Task.EXPLICIT, Task.FACE_MANIPULATED, Task.IMAGE_GENERATED)
_ORDER: Final = [*(str(task) for task in _TASKS), "sound"]
_SAID: Final = frozenset({ReasonCode.MODEL_LEAD, ReasonCode.MODEL_RESTS})
_SILENT: Final = frozenset({ReasonCode.MODEL_FAILED, ReasonCode.NOT_ASSESSED})
_NOT_ASKED: Final = {
    "settled": "the hashes have settled what it is.",
    "undecodable": "the file could not be opened.",
}


class NoPlaceError(Exception):
    """As many questions with models are inside as may be, or one of this key."""


@contextmanager
def place(who: UUID, *, wanted: bool) -> Iterator[None]:
    """Held while the question is inside; not `wanted`, there is none to hold. Raises NoPlaceError."""
    if not wanted:
        yield
        return
    if not places.enter(who):
        raise NoPlaceError
    try:
        yield
    finally:
        places.leave(who)


def busy() -> JsonResponse:
    """The same without models would be answered."""
    words = "Models are at work on other files. Ask again shortly, or without models: hashes are answered at once."
    return answers.unanswered(code="models_busy", message=words)


def answer(
    finding: Finding, data: bytes, *, wanted: bool, within_s: float = looking.MODELS_PATIENCE_S
) -> dict[str, Any]:
    """What is told of a file that was looked at. Raises ModelsBusyError where models are `wanted` and not free."""
    if not wanted:
        return wording.media_answer(finding)
    finding = looking.ask_models(finding, data, within_s=max(0.0, within_s))
    return wording.media_answer(finding, models=told(finding, models()))


def told(finding: Finding, asked: Models) -> dict[str, Any]:
    """One entry for each thing that models look for, and more where a part of the file was not assessed."""
    entries = [_entry(reason, asked) for reason in finding.reasons if reason.code in _SAID | _SILENT]
    if not entries:
        opened = not any(signal.kind is SignalKind.UNDECODABLE for signal in finding.signals)
        entries = [_not_asked(task, "settled" if opened else "undecodable") for task in _TASKS]
    # Reasons stand in the order of their weight; whoever reads by machine wants the same order every time.
    return {"note": LEAD, "tasks": sorted(entries, key=lambda entry: _ORDER.index(entry["task"]))}


def _entry(reason: Reason, asked: Models) -> dict[str, Any]:
    facts = reason.facts
    card = asked.card(Task(str(facts["task"]))) if facts["task"] in set(Task) else None
    return {
        **_nothing(str(facts["task"])),
        "name": card.name if card else None,
        "version": card.version if card else None,
        **(_figures(reason, card) if reason.code in _SAID else {}),
        "not_assessed": str(facts["why"]) if reason.code in _SILENT else None,
        "words": reason.words,
    }


def _figures(reason: Reason, card: ModelCard | None) -> dict[str, Any]:
    """A number that nobody has measured the meaning of is no probability."""
    facts = dict(reason.facts)
    if card is None or card.calibration is None:
        facts.pop("probability", None)
    numbers = ("score", "probability", "fake_share", "threshold", "finds", "wrongly")
    moments = str(facts.get("moments_ms", ""))
    return {
        **{name: float(facts[name]) if name in facts else None for name in numbers},
        "level": str(facts["level"]),
        "measured_on": str(facts["measured_on"]) if "measured_on" in facts else None,
        "cross_source": bool(facts["cross_source"]) if "cross_source" in facts else None,
        "moments_ms": [int(moment) for moment in moments.split(", ")] if moments else [],
    }


def _not_asked(task: Task, why: str) -> dict[str, Any]:
    words = f"{TASKS[task]} was not assessed: {_NOT_ASKED[why]}"
    return {**_nothing(task), "not_assessed": why, "words": words}


def _nothing(task: str) -> dict[str, Any]:
    empty = dict.fromkeys(
        ("name", "version", "score", "probability", "fake_share", "level", "threshold", "finds", "wrongly",
         "measured_on", "cross_source", "not_assessed")
    )  # fmt: skip
    return {"task": str(task), **empty, "moments_ms": []}
