"""Endless batches of photographs beside their reconstructions. Made in a process of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from training.image_generated.autoencoders import BUILDS, UNSEEN
from training.image_generated.drawing import reals
from training.image_generated.looks import Recipe, looked
from training.image_generated.network import CELL, LEARNED

Pixels = NDArray[np.uint8]
EDGE: Final = 16  # pixels at the border of a square, where a decoder sees the end of the picture: left away


def inner(square: Pixels) -> Pixels:
    """A square, or the same drawn again, without its border."""
    return np.array(square[EDGE:-EDGE, EDGE:-EDGE])


def placed(pixels: Pixels, top: int, left: int, *, size: int) -> Pixels:
    """(size, size, 3) from there. A picture that is smaller is mirrored at its border: it is never scaled up."""
    short = (max(size - pixels.shape[0], 0), max(size - pixels.shape[1], 0))
    if any(short):
        pixels = np.asarray(
            cv2.copyMakeBorder(pixels, 0, short[0], 0, short[1], cv2.BORDER_REFLECT_101), np.uint8
        )
    return np.ascontiguousarray(pixels[top : top + size, left : left + size])


def pair_of(real: Pixels, drawn: Pixels, rng: Generator, *, recipe: Recipe) -> Pixels:
    """(2, LEARNED, LEARNED, 3), of the same place."""
    real, drawn = looked(real, drawn, rng, recipe=recipe)
    top = int(rng.integers(max(real.shape[0] - LEARNED, 0) + 1))
    left = int(rng.integers(max(real.shape[1] - LEARNED, 0) + 1))
    shown = np.stack([placed(pixels, top, left, size=LEARNED) for pixels in (real, drawn)])
    return shown[:, :, ::-1] if rng.random() < 0.5 else shown


class Pairs(IterableDataset[Any]):
    """Without end, each source and each build that is learned from as often as the others."""

    def __init__(
        self, folder: Path, *, left_out: frozenset[str], recipe: Recipe, seed: int, seen: int
    ) -> None:
        self.folder, self.left_out, self.recipe, self.seed, self.seen = folder, left_out, recipe, seed, seen

    def __iter__(self) -> Iterator[tuple[Pixels, NDArray[np.float32]]]:
        cv2.setNumThreads(1)
        worker = get_worker_info()
        rng = np.random.default_rng([self.seed, self.seen, worker.id if worker else 0])
        kept = {name: real for name, real in reals(self.folder).items() if name not in self.left_out}
        builds = [name for name in BUILDS if name != UNSEEN]
        drawn = {
            (source, build): np.load(self.folder / f"{source}.{build}.npy", mmap_mode="r")
            for source in kept
            for build in builds
        }
        drawn_from = sorted(kept)
        while True:
            source = drawn_from[int(rng.integers(len(drawn_from)))]
            build = builds[int(rng.integers(len(builds)))]
            number = int(rng.integers(len(kept[source])))
            real, fake = inner(kept[source][number]), inner(drawn[source, build][number])
            shown = pair_of(real, fake, rng, recipe=self.recipe)
            yield np.ascontiguousarray(shown), np.ones((LEARNED // CELL, LEARNED // CELL), np.float32)


def batches(pairs: Pairs, *, size: int, makers: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """(2 * size, 3, LEARNED, LEARNED) bytes, photograph and reconstruction in turn, and the drawn cells: all."""
    loader: DataLoader[Any] = DataLoader(
        pairs, batch_size=size, num_workers=makers, prefetch_factor=4 if makers else None
    )
    for pixels, drawn in loader:
        yield pixels.flatten(0, 1).permute(0, 3, 1, 2), drawn
