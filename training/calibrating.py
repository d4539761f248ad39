"""Probabilities out of scores by isotonic regression: counted, not assumed to follow any curve."""

from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from haetae.detect.classifying.calibration import probabilities_of
from haetae.detect.classifying.measures import calibration_error, upper_bound

Scores = NDArray[np.floating]
KNOTS: Final = 12  # in a card: as many as a person reads
_APART: Final = 0.2  # log-odds that are left for the order of what lies beyond the last middles
_Block = tuple[float, float, float]  # weight, weight of the fakes, weight times score


def calibrated(real: Scores, fake: Scores, chosen: NDArray[np.bool_], *, measured_on: str) -> dict[str, Any]:
    """Fitted on the chosen ones of each side, and its error measured on the others, which it never saw."""
    found = knots(real[chosen], fake[chosen])
    sides = (probabilities_of(found, side[~chosen]) for side in (real, fake))
    return {
        "knots": found,
        "fake_share": 0.5,
        "real": int(chosen.sum()),
        "fake": int(chosen.sum()),
        "ece": round(calibration_error(*sides), 4),
        "measured_on": measured_on,
    }


def knots(real: Scores, fake: Scores) -> list[tuple[float, float]]:
    """Scores and probabilities, both rising, where half are fakes. Raises ValueError where nothing is told apart.

    Blocks after Barlow et al., 1972 (pool adjacent violators), for probabilities after Zadrozny and Elkan, 2002; the
    knots are their middles. The outer two are the lowest and the highest score, at the most that the sample allows.
    """
    blocks = _fewer(_rising(real, fake), most=KNOTS - 2)
    low, high = 1 - _highest(-fake, -real), _highest(real, fake)
    if low >= high:
        raise ValueError("The scores tell real and fake ones so little apart that nothing can be calibrated.")
    first, last = float(min(real.min(), fake.min())), float(max(real.max(), fake.max()))
    least, most = _moved(low, _APART), _moved(high, -_APART)
    middles = [(at / weight, min(max(fakes / weight, least), most)) for weight, fakes, at in blocks]
    return _rounded([(first, low), *(one for one in middles if first < one[0] < last), (last, high)])


def _rising(real: Scores, fake: Scores) -> list[_Block]:
    """Blocks of neighbouring scores whose shares of fakes rise; each class weighs a half."""
    every = np.concatenate([real, fake]).astype(np.float64)
    weights = np.concatenate([np.full(len(one), 0.5 / len(one)) for one in (real, fake)])
    is_fake = np.concatenate([np.zeros(len(real)), np.ones(len(fake))])
    values, place = np.unique(every, return_inverse=True)
    weight, of_fake = np.bincount(place, weights), np.bincount(place, weights * is_fake)
    blocks: list[_Block] = []
    for block in zip(weight.tolist(), of_fake.tolist(), (weight * values).tolist(), strict=True):
        blocks.append(block)
        while len(blocks) > 1 and _share(blocks[-2]) >= _share(blocks[-1]):
            blocks[-2:] = [_both(*blocks[-2:])]
    return blocks


def _fewer(blocks: list[_Block], *, most: int) -> list[_Block]:
    """Neighbours are joined where that costs the least squared error, until so few are left."""
    while len(blocks) > most:
        costs = [
            one[0] * other[0] / (one[0] + other[0]) * (_share(one) - _share(other)) ** 2
            for one, other in pairwise(blocks)
        ]
        at = int(np.argmin(costs))
        blocks = [*blocks[:at], _both(*blocks[at : at + 2]), *blocks[at + 2 :]]
    return blocks


def _highest(real: Scores, fake: Scores) -> float:
    """The highest probability that the sample allows for any score.

    Above each of some scores lie so many fakes and so many real ones. Of the real ones there are at most as many as the
    upper end of the one-sided 95 % interval says (Clopper and Pearson, 1934): about 3 of n where none was seen. The
    highest share of fakes that is left is it. For the lowest, hand in both sides turned around.
    """
    ordered = np.sort(real)[::-1]
    best, alarms, step = 0.0, 0, 1
    while alarms < len(ordered):
        caught = float((fake > ordered[alarms]).mean())
        best = max(best, caught / (caught + upper_bound(alarms, len(ordered))))
        alarms, step = alarms + step, max(step, alarms // 2)
    return best


def _rounded(found: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """What is no longer apart is left out, but never an end."""
    kept = [(round(at, 4), round(share, 5)) for at, share in found]
    inner = [kept[0]]
    for one in kept[1:-1]:
        if inner[-1][0] < one[0] < kept[-1][0] and inner[-1][1] < one[1] < kept[-1][1]:
            inner.append(one)
    return [*inner, kept[-1]]


def _moved(probability: float, log_odds: float) -> float:
    odds = probability / (1 - probability) * float(np.exp(log_odds))
    return odds / (1 + odds)


def _share(block: _Block) -> float:
    return block[1] / block[0]


def _both(one: _Block, other: _Block) -> _Block:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]
