"""Scenes of 320 x 320 pixels: photographs of a face, scaled and laid over backgrounds without anybody, or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from training import wear
from training.face_finder.network import STRIDE
from training.faces.aaf import Face

SIDE: Final = 320
_CELLS: Final = SIDE // STRIDE
_FACE_PX: Final = (14.0, 260.0)  # the longer side of a face in a scene


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`boxes` (n, 4): x, y, width and height in pixels."""

    pixels: NDArray[np.uint8]
    boxes: NDArray[np.float32]


def read_backgrounds(paths: list[Path]) -> list[NDArray[np.uint8]]:
    """Held in memory at no more than twice the size of a scene: reading them anew would take most of the time."""
    cv2.setNumThreads(
        1
    )  # threads of a pool that was begun before a fork are waited for without end behind it
    held = []
    for path in paths:
        read: Any = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if read is None:
            continue
        scale = min(1.0, 1.3 * SIDE / min(read.shape[:2]))
        size = (round(read.shape[1] * scale), round(read.shape[0] * scale))
        held.append(np.ascontiguousarray(cv2.resize(read, size, interpolation=cv2.INTER_AREA)[:, :, ::-1]))
    return held


def scene_of(faces: list[Face], backgrounds: list[NDArray[np.uint8]], rng: Generator) -> Scene:
    pixels = _background(backgrounds, rng)
    boxes: list[list[float]] = []
    for _ in range(int(rng.choice([0, 1, 1, 1, 2, 3]))):
        face = faces[int(rng.integers(len(faces)))]
        pasted = _pasted(pixels, face, boxes, rng)
        if pasted is not None:
            boxes.append(pasted)
    if rng.random() < 0.5:
        pixels = pixels[:, ::-1]
        boxes = [[SIDE - x - width, y, width, height] for x, y, width, height in boxes]
    if rng.random() < 0.15:
        pixels = np.repeat(pixels.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    light = pixels * rng.uniform(0.5, 1.3) + rng.uniform(-30, 30)
    pixels = np.ascontiguousarray(light.clip(0, 255).astype(np.uint8))
    if rng.random() < 0.5:
        pixels = wear.jpeg(pixels, int(rng.integers(30, 95)))
    return Scene(pixels=pixels, boxes=np.array(boxes, np.float32).reshape(-1, 4))


def _background(backgrounds: list[NDArray[np.uint8]], rng: Generator) -> NDArray[np.uint8]:
    if not backgrounds or rng.random() < 0.1:
        coarse = rng.integers(0, 256, (int(rng.integers(2, 12)), int(rng.integers(2, 12)), 3), dtype=np.uint8)
        return np.asarray(cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
    read = backgrounds[int(rng.integers(len(backgrounds)))]
    height, width = read.shape[:2]
    side = int(min(height, width) * rng.uniform(0.4, 1.0))
    top, left = int(rng.integers(0, height - side + 1)), int(rng.integers(0, width - side + 1))
    cut = read[top : top + side, left : left + side]
    return np.ascontiguousarray(cv2.resize(cut, (SIDE, SIDE), interpolation=cv2.INTER_AREA))


def _pasted(
    pixels: NDArray[np.uint8], face: Face, others: list[list[float]], rng: Generator
) -> list[float] | None:
    """The box of a face that was laid in, or None where it would have covered another."""
    image, box = face.pixels(), face.box.astype(float)
    turn = float(rng.normal(0, 12))
    image, box = _turned(image, box, turn)
    wanted = float(np.exp(rng.uniform(*np.log(_FACE_PX))))
    scale = wanted / max(box[2], box[3])
    size = (max(int(image.shape[1] * scale), 4), max(int(image.shape[0] * scale), 4))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    image = cv2.resize(image, size, interpolation=how)
    box = box * scale
    x = int(rng.uniform(-box[0] - 0.1 * box[2], SIDE - box[0] - 0.9 * box[2]))
    y = int(rng.uniform(-box[1] - 0.1 * box[3], SIDE - box[1] - 0.9 * box[3]))
    placed = [box[0] + x, box[1] + y, box[2], box[3]]
    left, top = max(x, 0), max(y, 0)
    right, bottom = min(x + size[0], SIDE), min(y + size[1], SIDE)
    if (
        right - left < 4
        or bottom - top < 4
        or any(_touches((left, top, right, bottom), other) for other in others)
    ):
        return None
    pixels[top:bottom, left:right] = image[top - y : bottom - y, left - x : right - x]
    return placed


def _turned(
    image: NDArray[np.uint8], box: NDArray[np.floating], degrees: float
) -> tuple[Any, NDArray[np.floating]]:
    """Turned around the face, whose box keeps its size and place."""
    middle = (float(box[0] + box[2] / 2), float(box[1] + box[3] / 2))
    matrix = cv2.getRotationMatrix2D(middle, degrees, 1.0)
    size = (image.shape[1], image.shape[0])
    return cv2.warpAffine(image, matrix, size, borderMode=cv2.BORDER_REPLICATE), box


def _touches(area: tuple[float, float, float, float], box: list[float]) -> bool:
    left, top, right, bottom = area
    x, y, width, height = box
    return x < right and x + width > left and y < bottom and y + height > top


def truth_of(
    boxes: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """For each cell whether a middle lies there (falling off around it), the box, and whether it counts."""
    truth = np.zeros((1, _CELLS, _CELLS), np.float32)
    where, weight = np.zeros((4, _CELLS, _CELLS), np.float32), np.zeros((1, _CELLS, _CELLS), np.float32)
    ys, xs = np.mgrid[0:_CELLS, 0:_CELLS]
    for x, y, width, height in boxes / STRIDE:
        cx, cy = x + width / 2, y + height / 2
        column, row = int(np.clip(cx, 0, _CELLS - 1)), int(np.clip(cy, 0, _CELLS - 1))
        spread = max(0.5, 0.1 * max(width, height))
        around = np.exp(-((xs - column) ** 2 + (ys - row) ** 2) / (2 * spread**2))
        truth[0] = np.maximum(truth[0], around)
        near = around > 0.3
        where[0][near], where[1][near] = (cx - xs - 0.5)[near], (cy - ys - 0.5)[near]
        where[2][near], where[3][near] = np.log(max(width, 0.5)), np.log(max(height, 0.5))
        weight[0][near] = around[near]
    return truth, where, weight


class Scenes(IterableDataset[Any]):
    """Without end, drawn anew for each seed."""

    def __init__(
        self, faces: list[Face], backgrounds: list[NDArray[np.uint8]], *, seed: int, seen: int
    ) -> None:
        self.faces, self.backgrounds, self.seed, self.seen = faces, backgrounds, seed, seen

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        cv2.setNumThreads(1)
        worker = get_worker_info()
        rng = np.random.default_rng([self.seed, self.seen, worker.id if worker else 0])
        while True:
            scene = scene_of(self.faces, self.backgrounds, rng)
            yield (scene.pixels, *truth_of(scene.boxes))


def batches(
    faces: list[Face], backgrounds: list[NDArray[np.uint8]], *, size: int, seed: int, seen: int
) -> Iterator[tuple[torch.Tensor, ...]]:
    """(n, 3, SIDE, SIDE) bytes, then what truth_of() gives."""
    loader: DataLoader[Any] = DataLoader(
        Scenes(faces, backgrounds, seed=seed, seen=seen), batch_size=size, num_workers=1, prefetch_factor=4
    )
    for pixels, *truth in loader:
        yield (pixels.permute(0, 3, 1, 2), *truth)
