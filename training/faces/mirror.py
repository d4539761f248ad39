"""Which landmark is which when a face is seen in a mirror, read from the landmarks themselves."""

import numpy as np
from numpy.typing import NDArray


def mirrored_index(points: NDArray[np.float32]) -> NDArray[np.intp]:
    """For each of the landmarks the one on the other side, from the mean shape of many faces.

    `points` is (faces, landmarks, 2). The mean face is nearly symmetric, so that the mirror image of a landmark lies
    next to its partner.
    """
    centre = points.mean(axis=1, keepdims=True)
    size = np.sqrt(((points - centre) ** 2).sum(axis=(1, 2), keepdims=True))
    mean = ((points - centre) / size).mean(axis=0)
    mirror = mean * np.array([-1, 1], np.float32)
    apart = ((mirror[:, None, :] - mean[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(apart.argmin(axis=1))
