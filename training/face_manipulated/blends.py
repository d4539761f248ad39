"""One photograph, and the same photograph with a part of its face altered by itself."""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.face_manipulated import looks
from training.faces import masks
from training.faces.aaf import Face


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How often each way of altering is taken, and which parts of a face are altered."""

    self_blend: float = 0.40
    mirror: float = 0.30
    weak_decoder: float = 0.30
    seamless: float = 0.15
    kinds: tuple[str, ...] = masks.KINDS
    kind_weights: tuple[float, ...] = (0.24, 0.12, 0.16, 0.18, 0.12, 0.06, 0.06, 0.06)


LEARNING: Final = Recipe()


@dataclass(frozen=True, kw_only=True)
class Pair:
    """`altered` is from 0 to 1: how much of the change shows at each pixel."""

    real: NDArray[np.uint8]
    fake: NDArray[np.uint8]
    altered: NDArray[np.float32]


def pair_of(
    face: Face, *, partner: NDArray[np.intp], hard: float, rng: Generator, recipe: Recipe = LEARNING
) -> Pair:
    """`hard` from 0 (coarse, whole) to 1 (fine, partly, half-transparent). `partner` is of `faces.mirror`."""
    image = face.pixels().astype(np.float32)
    amount = 1.0 - hard * float(rng.uniform(0.0, 0.9))
    if rng.random() < 0.5:
        image = looks.coloured(image, 0.7, rng)
    kind = str(rng.choice(recipe.kinds, p=recipe.kind_weights)) if rng.random() < 0.3 + hard else "whole"
    mask = masks.mask_of(face, image.shape[:2], kind, rng)
    source, under = _sides(face, image, mask, amount=amount, partner=partner, rng=rng, recipe=recipe)
    if rng.random() < recipe.seamless and (seamless := _seamless(source, under, mask)) is not None:
        shown = seamless
    else:
        opacity = float(rng.choice([1.0, 1.0, 1.0, rng.uniform(0.75, 1.0), rng.uniform(0.5, 1.0)]))
        mask = mask * (opacity if hard > 0.3 else 1.0)
        shown = source * mask[:, :, None] + under * (1 - mask[:, :, None])
    real = under.round().astype(np.uint8)
    return Pair(real=real, fake=shown.clip(0, 255).round().astype(np.uint8), altered=mask)


def _sides(
    face: Face, image: looks.Image, mask: NDArray[np.float32], *, amount: float,
    partner: NDArray[np.intp], rng: Generator, recipe: Recipe,
) -> tuple[looks.Image, looks.Image]:  # fmt: skip
    """What is put in, and what it is put into: the photograph as it is, or coarser while the other stays fine."""
    size = float(max(face.box[2:4]))
    way = rng.random() * (recipe.self_blend + recipe.mirror + recipe.weak_decoder)
    if way < recipe.self_blend:
        return _self_blend(image, size=size, amount=amount, rng=rng)
    source = image
    if rng.random() < 0.6 or way < recipe.self_blend + recipe.mirror:
        source = looks.mirrored(image, face.points, partner)
        source = looks.toned_alike(source, image, mask, float(rng.uniform(0.3, 1.0)))
    if way >= recipe.self_blend + recipe.mirror:
        source = looks.drawn_weakly(source, size, amount, rng)
        source = looks.moved(source, size, amount * 0.5, rng)
        if rng.random() < 0.3:
            source = looks.coarser(source, 0.5, rng)
    elif rng.random() < 0.4:
        source = looks.coarser(source, amount, rng)
    if rng.random() < 0.6:
        source = looks.coloured(source, amount * float(rng.uniform(0.2, 1.0)), rng)
    return source, image


def _self_blend(
    image: looks.Image, *, size: float, amount: float, rng: Generator
) -> tuple[looks.Image, looks.Image]:
    changed = looks.coloured(image, amount, rng) if rng.random() < 0.75 else image
    if rng.random() < 0.75 or changed is image:
        changed = looks.coarser(changed, amount, rng)
    changed = looks.moved(changed, size, amount, rng)
    # Either side may be the one that was changed; place and edge tell the same story.
    return (changed, image) if rng.random() < 0.6 else (image, changed)


def _seamless(source: looks.Image, under: looks.Image, mask: NDArray[np.float32]) -> looks.Image | None:
    """Poisson cloning (Perez, Gangnet, Blake, SIGGRAPH 2003); None where the part touches the picture's border."""
    hard = (mask > 0.5).astype(np.uint8) * 255
    rows, columns = np.flatnonzero(hard.any(axis=1)), np.flatnonzero(hard.any(axis=0))
    if len(rows) < 8 or len(columns) < 8:
        return None
    height, width = hard.shape
    if rows[0] < 2 or columns[0] < 2 or rows[-1] > height - 3 or columns[-1] > width - 3:
        return None
    centre = (int(columns[0] + columns[-1]) // 2, int(rows[0] + rows[-1]) // 2)
    done: Any = cv2.seamlessClone(
        source.round().astype(np.uint8), under.round().astype(np.uint8), hard, centre, cv2.NORMAL_CLONE
    )
    return np.asarray(done, np.float32)
