"""From the scores of a set to the figures that may be said of a model."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from haetae.detect.classifying import measures
from haetae.detect.classifying.assessing import Said
from haetae.detect.classifying.calibration import Knots, pooled
from haetae.detect.classifying.running import NotAssessed
from haetae.detect.classifying.sets import EvaluationSet, Item

Answers = Sequence[Said | NotAssessed]
Places = NDArray[np.intp]
FIGURES: Final = (
    "auc", "ap", "tpr_at_fpr_01", "tpr_at_fpr_001", "paired_accuracy", "video_auc", "fpr_at_threshold",
    "tpr_at_threshold", "ece",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Side:
    """The scored items of one class: scores before and probabilities after calibration, clips as numbers, pairs.

    What ranks is measured on the scores: beyond the outer knots of a calibration all probabilities are the same.
    """

    scores: measures.Scores
    probabilities: measures.Scores
    clips: Places
    pairs: tuple[str | None, ...]
    knots: Knots | None

    @cached_property
    def by_clip(self) -> tuple[Places, measures.Scores, Places]:
        """Of each clip its number, its pooled score and how many frames it has."""
        clips, frames = np.unique(self.clips, return_counts=True)
        scores = [pooled(list(self.scores[self.clips == clip]), self.knots) for clip in clips]
        return clips, np.array(scores, dtype=np.float64), frames


def report(
    found: EvaluationSet,
    answers: Answers,
    *,
    threshold: float | None,
    knots: Knots | None = None,
    seed: int = 1,
) -> dict[str, Any]:
    """All figures of one pass over a set, each with its interval. What was not assessed is counted and left out.

    `as_not_flagged` are the two shares at the threshold of all items, as if what was not assessed had been cleared.
    """
    numbers = {name: number for number, name in enumerate(sorted({item.clip for item in found.items}))}
    real, fake = (
        _side(found.items, answers, numbers=numbers, fake=which, knots=knots) for which in (False, True)
    )
    figures: dict[str, float | None] = dict.fromkeys(FIGURES)
    spread: dict[str, tuple[float, float] | None] = dict.fromkeys(FIGURES)
    for name, measure in _measures(real, fake, threshold=threshold, clips=found.clips).items():
        needs_real, needs_fake = name != "tpr_at_threshold", name != "fpr_at_threshold"
        if (needs_real and not len(real.scores)) or (needs_fake and not len(fake.scores)):
            continue
        value = measure(np.arange(len(real.scores)), np.arange(len(fake.scores)))
        figures[name] = None if value is None else round(value, 4)
        if value is None:
            continue
        alike = measures.where_all_are_alike(value, of=_witnesses(name, real, fake))
        spread[name] = alike or measures.interval(
            measure,
            groups_real=real.clips,
            groups_fake=fake.clips,
            needs_real=needs_real,
            needs_fake=needs_fake,
            seed=seed,
        )
    return {
        **figures,
        "ci": spread,
        "n": _counted(found, answers, real=real, fake=fake),
        "as_not_flagged": _shares_of_all(found.items, answers, threshold=threshold),
    }


def _counted(found: EvaluationSet, answers: Answers, *, real: _Side, fake: _Side) -> dict[str, Any]:
    """`clips` have several frames; `witnesses` are clips and single pictures, which is what chance is counted over."""
    return {
        "real": len(real.scores),
        "fake": len(fake.scores),
        "pairs": len((set(real.pairs) & set(fake.pairs)) - {None}),
        "clips": found.clips,
        "witnesses": len({item.clip for item in found.items}),
        "not_assessed": _not_assessed(found.items, answers),
    }


def by_group(found: EvaluationSet, answers: Answers, *, threshold: float | None) -> list[dict[str, Any]]:
    """How often real ones of each age band and sex label are flagged at the shipped threshold."""
    if threshold is None:
        return []
    counted: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for item, said in zip(found.items, answers, strict=True):
        group = found.groups.get(item.stem)
        if not item.fake and group is not None and isinstance(said, Said):
            counted[group].append(said.probability >= threshold)
    return [
        {
            "age_band": age,
            "sex": sex,
            "real": len(flags),
            "fpr_at_threshold": round(sum(flags) / len(flags), 4),
            "fpr_upper": round(measures.upper_bound(sum(flags), len(flags)), 4),
        }
        for (age, sex), flags in sorted(counted.items())
    ]


def _side(
    items: Sequence[Item],
    answers: Answers,
    *,
    numbers: Mapping[str, int],
    fake: bool,
    knots: Knots | None,
) -> _Side:
    of = [
        (said.score, said.probability, numbers[item.clip], item.pair)
        for item, said in zip(items, answers, strict=True)
        if item.fake is fake and isinstance(said, Said)
    ]
    return _Side(
        scores=np.array([one[0] for one in of], dtype=np.float64),
        probabilities=np.array([one[1] for one in of], dtype=np.float64),
        clips=np.array([one[2] for one in of], dtype=np.intp),
        pairs=tuple(one[3] for one in of),
        knots=knots,
    )


def _shares_of_all(
    items: Sequence[Item], answers: Answers, *, threshold: float | None
) -> dict[str, float | None]:
    shares: dict[str, float | None] = {}
    for name, fake in (("fpr_at_threshold", False), ("tpr_at_threshold", True)):
        flags = [
            isinstance(said, Said) and threshold is not None and said.probability >= threshold
            for item, said in zip(items, answers, strict=True)
            if item.fake is fake
        ]
        shares[name] = None if threshold is None or not flags else round(sum(flags) / len(flags), 4)
    return shares


def _not_assessed(items: Sequence[Item], answers: Answers) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = {"real": Counter(), "fake": Counter()}
    for item, said in zip(items, answers, strict=True):
        if isinstance(said, NotAssessed):
            counted["fake" if item.fake else "real"][said.value] += 1
    return {side: dict(counter) for side, counter in counted.items()}


def _measures(
    real: _Side, fake: _Side, *, threshold: float | None, clips: int
) -> dict[str, Callable[[Places, Places], float | None]]:
    """Each as a function of which real and which fake ones are drawn."""

    def plain(
        measure: Callable[[measures.Scores, measures.Scores], float],
    ) -> Callable[[Places, Places], float]:
        return lambda r, f: measure(real.scores[r], fake.scores[f])

    return {
        "auc": plain(measures.auc),
        "ap": plain(measures.average_precision),
        "tpr_at_fpr_01": plain(lambda r, f: measures.tpr_at(r, f, 0.01)),
        "tpr_at_fpr_001": lambda r, f: _at_a_thousandth(real, fake, r, f),
        "paired_accuracy": lambda r, f: _paired(real, fake, r, f),
        "video_auc": lambda r, f: _by_clip(real, fake, r, f) if clips else None,
        "fpr_at_threshold": lambda r, _: _flagged(real.probabilities[r], threshold),
        "tpr_at_threshold": lambda _, f: _flagged(fake.probabilities[f], threshold),
        "ece": lambda r, f: measures.calibration_error(real.probabilities[r], fake.probabilities[f]),
    }


def _witnesses(name: str, real: _Side, fake: _Side) -> int:
    """Over how many a share of items that were each right or wrong was counted; 0 for any other figure."""
    originals = set(real.pairs) - {None}
    paired = np.array([pair in originals for pair in fake.pairs], dtype=np.bool_)
    counted = {
        "fpr_at_threshold": real.clips,
        "tpr_at_threshold": fake.clips,
        "paired_accuracy": fake.clips[paired],
    }
    return len(np.unique(counted[name])) if name in counted else 0


def _flagged(probabilities: measures.Scores, threshold: float | None) -> float | None:
    return None if threshold is None else float((probabilities >= threshold).mean())


def _at_a_thousandth(real: _Side, fake: _Side, r: Places, f: Places) -> float | None:
    if len(real.scores) < measures.ITEMS_FOR_A_THOUSANDTH:
        return None
    return measures.tpr_at(real.scores[r], fake.scores[f], 0.001)


def _paired(real: _Side, fake: _Side, r: Places, f: Places) -> float | None:
    """A pair that is drawn twice counts twice, as its clip is."""
    original = {real.pairs[place]: real.scores[place] for place in r if real.pairs[place] is not None}
    pairs = [
        (original[fake.pairs[place]], fake.scores[place]) for place in f if fake.pairs[place] in original
    ]
    if not pairs:
        return None
    both = np.array(pairs)
    return measures.paired_accuracy(both[:, 0], both[:, 1])


def _by_clip(real: _Side, fake: _Side, r: Places, f: Places) -> float | None:
    """Frames of one clip pooled to one score by calibration.pooled(); a single picture is a clip of one."""
    return measures.auc(_pooled(real, r), _pooled(fake, f))


def _pooled(side: _Side, places: Places) -> measures.Scores:
    """Each drawn clip as often as it was drawn: a clip is drawn with all of its frames or not at all."""
    clips, scores, frames = side.by_clip
    drawn = np.bincount(np.searchsorted(clips, side.clips[places]), minlength=len(clips)) // frames
    return np.repeat(scores, drawn)
