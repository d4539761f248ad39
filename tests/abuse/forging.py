"""A harmless landscape is altered until its PDQ is that of another: what somebody does who wants the other one gone.

White-box: the hash is a sign of linear frequencies, so the least change that turns the wrong signs is known. Only on
landscapes drawn from numbers (haetae.agencies.canaries.pictures), and only here.
"""

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from haetae.detect.hashing.dhash import LEAST_STEP, STEPS, dhash
from haetae.detect.hashing.pdq import _COSINES, SIDE, _tents, pdq
from haetae.detect.hashing.separable import Taps
from haetae.detect.matching.distance import distance_bits

_ROUNDS = 60
NEAR_BITS = 20
NEAR_SECOND_BITS = 20
Colours = NDArray[np.float64]


@dataclass(frozen=True)
class Forged:
    """The altered picture as PNG, how far its hashes are from the target's, and how near it is to what it was."""

    png: bytes
    distance_bits: int
    second_bits: int
    psnr_db: float


def forge(picture: bytes, *, target_pdq: str, target_dhash: str, both: bool = False) -> Forged:
    """Alter `picture` until its PDQ, or `both` of its hashes, is near the target, or the rounds are over."""
    began = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(np.float64)
    ways = [_COSINES.astype(np.float64) @ _matrix(length) for length in began.shape[:2]]
    back = [np.linalg.pinv(way) for way in ways]
    wanted = np.array([int(target_pdq, 16) >> place & 1 for place in range(256)], dtype=bool).reshape(16, 16)
    steps = np.unpackbits(np.frombuffer(bytes.fromhex(target_dhash), dtype=np.uint8)).reshape(STEPS, STEPS)
    areas = [_means(began.shape[0], STEPS), _means(began.shape[1], STEPS + 1)]
    areas_back = [np.linalg.pinv(one) for one in areas]
    differ = np.diff(np.eye(STEPS + 1), axis=0)
    now = began
    for _ in range(_ROUNDS):
        gray = _gray(now)
        if distance_bits(pdq(gray).bits, target_pdq) <= NEAR_BITS and not (
            both and distance_bits(dhash(gray), target_dhash) > NEAR_SECOND_BITS
        ):
            break
        frequencies = ways[0] @ gray.astype(np.float64) @ ways[1].T
        middle = np.median(frequencies)
        margin = 0.05 * np.abs(frequencies - middle).mean()
        goal = middle + np.where(wanted, margin, -margin)
        is_wrong = (frequencies > middle) != wanted
        change = back[0] @ np.where(is_wrong, goal - frequencies, 0.0) @ back[1].T
        if both:
            found = areas[0] @ gray.astype(np.float64) @ areas[1].T @ differ.T
            goal = np.where(steps, LEAST_STEP + 1.0, 0.0)
            missing = np.where((found > LEAST_STEP) != steps, goal - found, 0.0)
            change = change + areas_back[0] @ (missing @ np.linalg.pinv(differ).T) @ areas_back[1].T
        now = np.clip(now + 0.6 * change[..., None], 0, 255)
    png = io.BytesIO()
    Image.fromarray(now.round().astype(np.uint8)).save(png, "PNG")
    gray, noise = _gray(now), float(((now.round() - began) ** 2).mean())
    return Forged(
        png=png.getvalue(),
        distance_bits=distance_bits(pdq(gray).bits, target_pdq),
        second_bits=distance_bits(dhash(gray), target_dhash),
        psnr_db=float(10 * np.log10(255**2 / noise)),
    )


def _gray(colours: Colours) -> NDArray[np.uint8]:
    """As the openers give it."""
    return np.asarray(Image.fromarray(colours.round().astype(np.uint8)).convert("L"))


def _means(length: int, parts: int) -> Colours:
    """The mean of each of so many equal parts of a line."""
    pixels = np.arange(length)
    starts, stops = (np.arange(parts)[:, None] + more for more in (0, 1))
    inside = np.minimum(stops * length / parts, pixels + 1) - np.maximum(starts * length / parts, pixels)
    inside = np.clip(inside, 0, None)
    return inside / inside.sum(axis=1, keepdims=True)


def _matrix(length: int) -> Colours:
    """How the 64 lines that PDQ looks at come out of so many."""
    made: Taps = _tents(length)
    matrix = np.zeros((SIDE, length))
    for row, first, count, weights in zip(matrix, made.first, made.count, made.weights, strict=True):
        row[first : first + count] = weights[:count]
    return matrix
