"""What one side of a blend goes through and the other does not: colour, frequencies, place, a weak decoder."""

from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Image = NDArray[np.float32]  # (height, width, 3), 0 to 255


def coloured(image: Image, amount: float, rng: Generator) -> Image:
    """Another white, another contrast, another saturation; `amount` from 0 to 1."""
    shift = rng.normal(0, 9 * amount, 3).astype(np.float32)
    contrast = 1 + rng.normal(0, 0.10 * amount)
    light = rng.normal(0, 9 * amount)
    saturation = 1 + rng.normal(0, 0.18 * amount)
    mean = float(np.mean(cv2.mean(image)[:3]))
    # Saturation, contrast and light in one matrix over (red, green, blue, 1).
    keep = contrast * (saturation * np.eye(3) + (1 - saturation) / 3)
    matrix = np.c_[keep, (1 - contrast) * mean + light + shift]
    return _image(cv2.transform(image, matrix.astype(np.float32)))


def coarser(image: Image, amount: float, rng: Generator) -> Image:
    """Fewer, or seemingly more, fine details."""
    height, width = image.shape[:2]
    way = int(rng.integers(0, 5))
    if way == 0:
        by = 1 + rng.uniform(0.2, 2.2) * amount
        small: Any = cv2.resize(image, (int(width / by), int(height / by)), interpolation=cv2.INTER_AREA)
        how = int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_NEAREST], p=[0.55, 0.4, 0.05]))
        return _image(cv2.resize(small, (width, height), interpolation=how))
    if way == 1:
        return _image(cv2.GaussianBlur(image, (0, 0), 0.3 + rng.uniform(0.2, 1.6) * amount))
    if way == 2:
        soft: Any = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.8, 2.0))
        return _image(image + (image - soft) * rng.uniform(0.3, 1.5) * amount)
    if way == 3:
        return _image(image + rng.normal(0, 1 + 5 * amount, image.shape))
    return pressed(image, int(rng.integers(30, 90)))


def pressed(image: Image, quality: int) -> Image:
    """Through a JPEG of its own, before it is put in."""
    done: Any = cv2.imencode(".jpg", image[:, :, ::-1].astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    read: Any = cv2.imdecode(done[1], cv2.IMREAD_COLOR)
    return _image(read[:, :, ::-1])


def drawn_weakly(image: Image, face_size: float, amount: float, rng: Generator) -> Image:
    """As from a decoder that draws 48 to 160 pixels a face: smooth inside, sharp edges kept, its own grid of dots."""
    height, width = image.shape[:2]
    drawn = rng.uniform(160 - 112 * amount, 160)
    by = max(face_size / drawn, 1.0)
    small: Any = cv2.resize(image, (round(width / by), round(height / by)), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.6:
        small = cv2.bilateralFilter(small, 5, float(rng.uniform(8, 40)), 2.0)
    if rng.random() < 0.3:
        small = _up_by_two(small, rng)
    return _image(
        cv2.resize(small, (width, height), interpolation=int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC])))
    )


def _up_by_two(small: Image, rng: Generator) -> Image:
    """A transposed convolution of stride two, whose uneven weights leave the dots that such layers leave."""
    height, width = small.shape[:2]
    halved: Any = cv2.resize(small, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    spread = np.zeros((halved.shape[0] * 2, halved.shape[1] * 2, 3), np.float32)
    spread[::2, ::2] = halved
    weights = np.outer([1, 2, 1], [1, 2, 1]).astype(np.float32) / 4
    weights *= 1 + rng.normal(0, 0.04, (3, 3)).astype(np.float32)
    return _image(cv2.filter2D(spread, -1, weights))


def moved(image: Image, face_size: float, amount: float, rng: Generator) -> Image:
    """Up to five per cent larger or smaller, three per cent aside, three degrees turned."""
    height, width = image.shape[:2]
    scale = 1 + rng.uniform(-0.05, 0.05) * amount
    turn = rng.uniform(-3, 3) * amount
    matrix: Any = cv2.getRotationMatrix2D((width / 2, height / 2), turn, scale)
    matrix[:, 2] += rng.uniform(-0.03, 0.03, 2) * face_size * amount
    return _image(
        cv2.warpAffine(
            image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
        )
    )


def mirrored(image: Image, points: NDArray[np.float32], partner: NDArray[np.intp]) -> Image:
    """The face's own mirror image, laid over itself landmark by landmark: another light, another expression.

    The field of shifts is found at the landmarks, spread over a coarse grid by their nearness, and drawn smooth.
    """
    height, width = image.shape[:2]
    seen = (np.array([width - 1, 0], np.float32) + points * np.array([-1, 1], np.float32))[partner]
    steps = 20
    gx, gy = np.meshgrid(np.linspace(0, width - 1, steps), np.linspace(0, height - 1, steps))
    grid = np.stack([gx, gy], axis=-1).reshape(-1, 2).astype(np.float32)
    some = slice(None, None, 5)
    from_points, to_points = points[some], seen[some]
    affine, _ = np.linalg.lstsq(np.c_[from_points, np.ones(len(from_points))], to_points, rcond=None)[:2]
    left_over = to_points - np.c_[from_points, np.ones(len(from_points))] @ affine
    apart = ((grid[:, None, :] - from_points[None]) ** 2).sum(axis=2)
    near = np.exp(-apart / (2 * (0.06 * width) ** 2))
    shift = near @ left_over / (near.sum(axis=1, keepdims=True) + 0.3)
    there = (np.c_[grid, np.ones(len(grid))] @ affine + shift).reshape(steps, steps, 2).astype(np.float32)
    full: Any = cv2.resize(there, (width, height), interpolation=cv2.INTER_LINEAR)
    flipped = np.ascontiguousarray(image[:, ::-1])
    return _image(
        cv2.remap(flipped, full[:, :, 0], full[:, :, 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    )


def toned_alike(image: Image, model: Image, mask: NDArray[np.float32], share: float) -> Image:
    """Colours brought nearer to those of `model` under the mask: mean and spread of each channel, by `share`."""
    under = (mask > 0.5).astype(np.uint8)
    if not under.any():
        return image
    here, spread_here = (found[:, 0] for found in cv2.meanStdDev(image, mask=under))
    there, spread_there = (found[:, 0] for found in cv2.meanStdDev(model, mask=under))
    scale = 1 + share * ((spread_there + 1) / (spread_here + 1) - 1)
    offset = share * there + (1 - share) * here - scale * here
    return _image(cv2.transform(image, np.c_[np.diag(scale), offset].astype(np.float32)))


def _image(array: Any) -> Image:
    whole = np.asarray(array, np.float32)
    return np.clip(whole, 0, 255, out=whole)
