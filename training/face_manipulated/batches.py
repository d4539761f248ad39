"""Endless batches of pairs for learning, and the fixed pairs that are checked with. Made in processes of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from training import wear
from training.face_manipulated.blends import LEARNING, Pair, Recipe, pair_of
from training.faces import crops
from training.faces.aaf import Face
from training.faces.mirror import mirrored_index

SIZE: Final = 224
CELLS: Final = 14  # the altered part is also told for each of 14 x 14 cells
_SHOWS: Final = 2  # levels of 255 by which a cell must differ to count as altered
_HARDENS_OVER: Final = 150_000  # pictures until the blends are as hard as they get


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """`pixels` (2, SIZE, SIZE, 3): the real one and its blend. `altered` (CELLS, CELLS) from 0 to 1, of the blend."""

    pixels: NDArray[np.uint8]
    altered: NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class How:
    """What the ideas that were compared differ in.

    `view` cells a side of each picture are seen. Each blend is met `met_times` times, worn and cut otherwise: that is
    half the work of making a pair.
    """

    recipe: Recipe = LEARNING
    view: int = CELLS
    met_times: int = 1
    shares: wear.Shares = wear.EVEN


def lesson_of(
    face: Face, *, partner: NDArray[np.intp], hard: float, rng: Generator, recipe: Recipe = LEARNING,
    amount: float = 1.0,
) -> Lesson:  # fmt: skip
    pair = pair_of(face, partner=partner, hard=hard, rng=rng, recipe=recipe)
    return met(pair, face, rng=rng, amount=amount)


def met(
    pair: Pair, face: Face, *, rng: Generator, amount: float = 1.0, shares: wear.Shares = wear.EVEN
) -> Lesson:
    """A pair as it may be met: cut, worn on its way, perhaps turned over."""
    loose = float(rng.uniform(1.15, 1.7))
    shift = (float(rng.uniform(-0.08, 0.08)), float(rng.uniform(-0.10, 0.06)))
    where = crops.square(face.box, margin=loose, shift=shift)
    around = crops.square(face.box, margin=loose + 0.2, shift=shift)
    real, fake, altered = _within(pair, around)
    real, fake = wear.worn((real, fake), rng, amount=amount, shares=shares)
    inner = _inner(real.shape[:2], share=where[2] / around[2])
    smooth = int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
    shown = [crops.cut(pixels, inner, size=SIZE, smooth=smooth) for pixels in (real, fake)]
    if shares.framed and rng.random() < shares.framed:
        shown = list(wear.framed((shown[0], shown[1]), rng))
    cells = crops.cut(altered, _inner(altered.shape[:2], share=where[2] / around[2]), size=SIZE)
    truth = cv2.resize(cells.astype(np.float32) / 255, (CELLS, CELLS), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:
        shown = [pixels[:, ::-1] for pixels in shown]
        truth = truth[:, ::-1]
    return Lesson(pixels=np.stack(shown), altered=np.ascontiguousarray(truth))


def _within(pair: Pair, where: tuple[float, float, float]) -> tuple[NDArray[np.uint8], ...]:
    """The three pictures of a pair, cut at their own resolution."""
    real, fake = crops.region(pair.real, where), crops.region(pair.fake, where)
    altered = crops.region((np.minimum(pair.altered, 1.0) * 255).astype(np.uint8), where)
    red, green, blue = cv2.split(cv2.absdiff(real, fake))
    shows = (cv2.max(cv2.max(red, green), blue) >= _SHOWS).astype(np.uint8)
    wide = cv2.blur(shows * 255, (9, 9)) > 25
    return real, fake, np.asarray(altered * wide, np.uint8)


def _inner(shape: tuple[int, ...], *, share: float) -> tuple[float, float, float]:
    side = min(shape) * share
    return (shape[1] - side) / 2, (shape[0] - side) / 2, side


def window_of(lesson: Lesson, view: int, rng: Generator) -> Lesson:
    """A part of `view` of the cells a side, at the same resolution, that holds much of what was altered.

    Half as many pixels are learned from twice as fast, and what betrays a blend is small. Both of the pair are cut
    alike, and never so that the altered part stays outside: the blend would then be called altered wrongly.
    """
    if view >= CELLS:
        return lesson
    held = cv2.boxFilter(lesson.altered, -1, (view, view), anchor=(0, 0), normalize=False)
    held = held[: CELLS - view + 1, : CELLS - view + 1]
    rows, columns = np.nonzero(held >= 0.6 * held.max())
    one = int(rng.integers(len(rows)))
    top, left, cell = int(rows[one]), int(columns[one]), SIZE // CELLS
    pixels = lesson.pixels[:, top * cell : (top + view) * cell, left * cell : (left + view) * cell]
    altered = lesson.altered[top : top + view, left : left + view]
    return Lesson(pixels=np.ascontiguousarray(pixels), altered=np.ascontiguousarray(altered))


class Lessons(IterableDataset[Any]):
    """Pairs without end, drawn anew for each seed, harder with each picture."""

    def __init__(self, faces: list[Face], *, seed: int, seen: int, how: How) -> None:
        self.faces, self.seed, self.seen, self.how = faces, seed, seen, how
        self.partner = mirrored_index(np.stack([face.points for face in faces]))

    def __iter__(self) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.float32]]]:
        cv2.setNumThreads(1)
        worker = get_worker_info()
        number, of = (worker.id, worker.num_workers) if worker else (0, 1)
        rng = np.random.default_rng([self.seed, self.seen, number])
        made = self.seen
        while True:
            face = self.faces[int(rng.integers(len(self.faces)))]
            hard = min(made / _HARDENS_OVER, 1.0)
            pair = pair_of(face, partner=self.partner, hard=hard, rng=rng, recipe=self.how.recipe)
            for _ in range(self.how.met_times):
                made += 2 * of
                lesson = window_of(met(pair, face, rng=rng, shares=self.how.shares), self.how.view, rng)
                yield lesson.pixels, lesson.altered


def batches(lessons: Lessons, *, pairs: int, makers: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """(2 * pairs, 3, height, width) bytes, real and blend in turn, and (pairs, view, view) cells of 16 pixels."""
    loader: DataLoader[Any] = DataLoader(
        lessons, batch_size=pairs, num_workers=makers, prefetch_factor=4 if makers else None
    )
    for pixels, altered in loader:
        yield pixels.flatten(0, 1).permute(0, 3, 1, 2), altered
