"""Which part of a face is altered: hulls of its landmarks, bent and feathered."""

from typing import Any, Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.faces.aaf import Face

KINDS: Final = ("whole", "forehead", "shrunk", "inner", "lower", "eyes", "mouth", "half")


def mask_of(face: Face, shape: tuple[int, int], kind: str, rng: Generator) -> NDArray[np.float32]:
    """(height, width) from 0 to 1, one where the altered face is to be seen alone."""
    hull = _hull(face, kind, rng)
    drawn = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(drawn, np.round(hull).astype(np.int32), 255)
    size = float(max(face.box[2:4]))
    bent = _bent(drawn, size, rng)
    return _feathered(bent, size, rng)


def _hull(face: Face, kind: str, rng: Generator) -> NDArray[np.float32]:
    points, marks = face.points, face.marks
    down = _down(marks)
    height = np.ptp(points @ down)
    centre = points.mean(axis=0)
    along = (points - centre) @ down
    eyes, mouth = marks[:2].mean(axis=0), marks[3:].mean(axis=0)
    if kind == "forehead":
        top = along < np.quantile(along, 0.3)
        points = points - np.where(top, rng.uniform(0.05, 0.25) * height, 0.0)[:, None] * down
    elif kind == "shrunk":
        points = centre + (points - centre) * rng.uniform(0.65, 0.95)
    elif kind == "inner":
        points = _oval(
            (eyes + mouth) / 2,
            down,
            0.34 * height * rng.uniform(0.9, 1.2),
            0.36 * height * rng.uniform(0.9, 1.2),
        )
    elif kind == "lower":
        points = points[along > float((eyes - centre) @ down) + rng.uniform(0.0, 0.2) * height]
    elif kind == "eyes":
        points = _oval(
            eyes, down, 0.36 * height * rng.uniform(0.9, 1.2), 0.14 * height * rng.uniform(0.8, 1.4)
        )
    elif kind == "mouth":
        points = _oval(
            mouth, down, 0.24 * height * rng.uniform(0.8, 1.3), 0.15 * height * rng.uniform(0.8, 1.4)
        )
    elif kind == "half":
        across = np.array([down[1], -down[0]])
        side = ((points - centre) @ across) * rng.choice([-1.0, 1.0])
        points = points[side > rng.uniform(-0.1, 0.1) * height]
    hull: Any = cv2.convexHull(points.astype(np.float32))
    return np.asarray(hull[:, 0, :], np.float32)


def _down(marks: NDArray[np.float32]) -> NDArray[np.float32]:
    way = marks[3:].mean(axis=0) - marks[:2].mean(axis=0)
    return np.asarray(way / max(float(np.hypot(*way)), 1.0), np.float32)


def _oval(
    centre: NDArray[np.float32], down: NDArray[np.float32], across: float, along: float
) -> NDArray[np.float32]:
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    side = np.array([down[1], -down[0]])
    return np.asarray(
        centre + np.cos(turn)[:, None] * across * side + np.sin(turn)[:, None] * along * down, np.float32
    )


def _bent(drawn: NDArray[np.uint8], size: float, rng: Generator) -> NDArray[np.uint8]:
    """An elastic change of place: a coarse field of shifts, drawn smooth."""
    height, width = drawn.shape
    strength = size * rng.uniform(0.0, 0.06)
    coarse = rng.normal(0, 1, (6, 6, 2)).astype(np.float32) * strength
    field: Any = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return np.asarray(cv2.remap(drawn, x + field[:, :, 0], y + field[:, :, 1], cv2.INTER_LINEAR), np.uint8)


def _feathered(drawn: NDArray[np.uint8], size: float, rng: Generator) -> NDArray[np.float32]:
    """Edges from hard to a fifth of the face wide; some of them drawn inwards first, as tools for swapping do."""
    if rng.random() < 0.5:
        by = 2 * int(size * rng.uniform(0.0, 0.06)) + 1
        drawn = np.asarray(cv2.erode(drawn, np.ones((by, by), np.uint8)), np.uint8)
    wide = float(size * rng.choice([0.004, 0.012, 0.03, 0.06]) * rng.uniform(0.7, 1.3))
    soft: Any = cv2.GaussianBlur(drawn.astype(np.float32) / 255.0, (0, 0), max(wide, 0.3))
    return np.asarray(soft, np.float32)
