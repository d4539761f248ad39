"""From a model's score to a probability that was measured, and never further out than the measurement reaches. Pure.

Knots are pairs of a score, in log-odds as the model gives it, and the probability that was measured there, both rising.
Between two of them the log-odds of the probability lie on a straight line, beyond the outer ones they stay: the sample
says nothing about what is more extreme.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Knots = Sequence[tuple[float, float]]
LOG_ODDS_MOST: Final = 16.1  # one in ten million: where a score of a model without calibration is cut off


def probabilities_of(knots: Knots | None, scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Of scores that are numbers. Without knots a score is taken at its word; nobody measured it then."""
    if knots is None:
        return _sigmoid(np.clip(scores, -LOG_ODDS_MOST, LOG_ODDS_MOST))
    at, probability = np.array(knots, dtype=np.float64).T
    return _sigmoid(np.interp(scores, at, np.log(probability / (1 - probability))))


def probability_of(knots: Knots | None, score: float) -> float:
    return float(probabilities_of(knots, np.array([score]))[0])


def log_odds(share: float) -> float:
    """Of what a model calls a probability, both ends of which stay finite."""
    inside = min(max(share, 1e-7), 1 - 1e-7)
    return math.log(inside / (1 - inside))


def pooled(scores: Sequence[float], knots: Knots | None) -> float:
    """Several looks at the same thing as one score: their mean, none further out than anything was measured.

    So no single sure one outweighs all.
    """
    low, high = (-LOG_ODDS_MOST, LOG_ODDS_MOST) if knots is None else (knots[0][0], knots[-1][0])
    return float(np.clip(scores, low, high).mean())


def _sigmoid(log_odds: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-log_odds.astype(np.float64))))
