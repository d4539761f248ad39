"""Which models this installation uses: what the operator put in front, then what comes with haetae."""

import logging
import os
from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from haetae.common import clock
from haetae.detect.classifying.assessing import Models
from haetae.detect.classifying.card import ModelRefusedError, Task
from haetae.detect.classifying.faces import FaceFinder
from haetae.detect.classifying.registry import Listed, listed, load, newest
from haetae.settings.environment import Environment

_log = logging.getLogger(__name__)
_BESIDE = Path(__file__).resolve().parents[2]


def folders(environment: Environment) -> list[Path]:
    """`HAETAE_MODELS`, then our own: beside the code in a checkout, beside the package where it was installed."""
    own = next((path for path in (_BESIDE / "models", _BESIDE / "haetae_models") if path.is_dir()), None)
    named = [Path(part) for part in environment.HAETAE_MODELS.split(os.pathsep) if part]
    return [*named, *([own] if own else [])]


def found(environment: Environment, *, today: date | None = None, for_research: bool = False) -> list[Listed]:
    """Every model there is, with the reason where it is refused."""
    return listed(
        folders(environment),
        today=today or clock.now().date(),
        research_accepted=for_research or environment.HAETAE_RESEARCH_MODELS == "accepted",
        programs_accepted=environment.HAETAE_MODEL_PROGRAMS == "accepted",
    )


def models_of(
    environment: Environment,
    tasks: Collection[Task],
    *,
    given: Sequence[Path] = (),
    today: date | None = None,
    for_research: bool = False,
) -> Models:
    """One model for each of these tasks, where there is one, and the finder of faces.

    `given` are folders of single models that come first. Raises ModelRefusedError for one of these that is refused;
    what is refused in a folder of models is passed over with a warning, because it looks like a slot without a model.
    `for_research`: the models are only measured, so that those for research need no acceptance.
    """
    day = today or clock.now().date()
    opened = partial(
        load,
        today=day,
        research_accepted=for_research or environment.HAETAE_RESEARCH_MODELS == "accepted",
        programs_accepted=environment.HAETAE_MODEL_PROGRAMS == "accepted",
    )
    first = [opened(folder) for folder in given]
    others = found(environment, today=day, for_research=for_research)
    for one in others:
        if one.refused is not None:
            _log.warning(one.refused)
    not_used = {one.card.task for one in others if one.refused is not None and one.card is not None}
    by_task = []
    for task in (*tasks, Task.FACE_FINDER):
        model = next((one for one in first if one.card.task is task), None)
        if model is None and (folder := newest(others, task)) is not None:
            try:
                model = opened(folder)
            except ModelRefusedError as refused:
                _log.warning(refused.words)
                not_used.add(task)
                continue
        if model is not None:
            by_task.append(model)
    finder = next((FaceFinder(model) for model in by_task if model.card.task is Task.FACE_FINDER), None)
    refused_tasks = frozenset(not_used - {model.card.task for model in by_task})
    return Models(finder=finder, by_task=tuple(by_task), refused=refused_tasks)
