"""Ranking measures of scores, enough to watch learning; `haetae evaluate` is the judge."""

import numpy as np
from numpy.typing import NDArray


def auc(real: NDArray[np.floating], fake: NDArray[np.floating]) -> float:
    """Share of pairs of one real and one fake in which the fake scores higher; ties count half."""
    both = np.concatenate([real, fake])
    order = both.argsort(kind="stable")
    ranks = np.empty(len(both))
    ranks[order] = np.arange(1, len(both) + 1)
    values, inverse, counts = np.unique(both, return_inverse=True, return_counts=True)
    sums = np.zeros(len(values))
    np.add.at(sums, inverse, ranks)
    ranks = (sums / counts)[inverse]
    wins = ranks[len(real) :].sum() - len(fake) * (len(fake) + 1) / 2
    return float(wins / (len(real) * len(fake)))


def tpr_at(real: NDArray[np.floating], fake: NDArray[np.floating], fpr: float) -> float:
    """Share of fakes above the score that at most a share `fpr` of the real ones exceeds."""
    threshold = np.sort(real)[::-1][int(np.floor(fpr * len(real)))]
    return float((fake > threshold).mean())
