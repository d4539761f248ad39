"""Which of very many matches are told. Pure.

Whoever floods a list with one picture must not make an answer of a hundred thousand lines; and must not push out of
it what others know of the same picture: a regulator's entry, or that it is harmless.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

MATCHES_MOST: Final = 1_000
OF_EACH_CLASS: Final = 100  # told in any case, so that none is crowded out

Places = NDArray[np.int64]


def weightiest(queries: Places, weights: Places, classes: Places) -> Places:
    """The places of the `MATCHES_MOST` of each query with the smallest weights, and the first of each class.

    `weights` are small and not negative.
    """
    if len(queries) <= MATCHES_MOST:
        return np.arange(len(queries))
    told = np.ones(len(queries), dtype=bool)
    for query in np.flatnonzero(np.bincount(queries) > MATCHES_MOST):
        places = np.flatnonzero(queries == query)
        told[places] = _told(weights[places], classes[places])
    return np.flatnonzero(told)


def _told(weights: Places, classes: Places) -> NDArray[np.bool_]:
    told = np.zeros(len(weights), dtype=bool)
    order = np.argsort(weights.astype(np.uint16), kind="stable")
    told[order[:MATCHES_MOST]] = True
    for one in np.unique(classes):
        told[order[classes[order] == one][:OF_EACH_CLASS]] = True
    return told
