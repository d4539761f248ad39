"""What keeps a pair from differing in anything but having been drawn: sharpness, an own JPEG, the way here."""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training import wear

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Shares of pairs. `pressed`, `apart`: a side goes through a JPEG, or is altered, by itself.

    `matched`: fine details are made as strong as the photograph's, or stronger: up to `matched_most` of what they lack.
    `faint`: the reconstruction is brought nearer to the photograph, as a better autoencoder would.
    """

    faint: float = 0.5
    matched: float = 0.5
    matched_most: float = 1.1
    pressed: float = 0.5
    apart: float = 0.35
    alike: float = 0.85


HEAVY: Final = Recipe()
LIGHT: Final = Recipe(faint=0.0, matched=0.0, pressed=0.0, apart=0.0, alike=0.3)
EVEN: Final = Recipe(faint=0.0, matched=0.3, apart=0.2, alike=0.7)
SHARP: Final = Recipe(faint=0.0, matched=1.0, matched_most=1.7, apart=0.4, alike=0.7)
RECIPES: Final = {"heavy": HEAVY, "light": LIGHT, "even": EVEN, "sharp": SHARP}


def looked(real: Pixels, drawn: Pixels, rng: Generator, *, recipe: Recipe) -> tuple[Pixels, Pixels]:
    """A photograph and its reconstruction as they might be met."""
    if rng.random() < recipe.faint:
        drawn = mixed(drawn, real, share=float(rng.uniform(0.3, 1.0)))
    if rng.random() < recipe.matched:
        drawn = matched(drawn, real, share=float(rng.uniform(0.3, recipe.matched_most)))
    # A photograph has mostly been a JPEG before, and a square that was averaged down has lost its traces. Each side
    # is pressed by itself as often as the other, so that neither having them nor missing them tells anything.
    if rng.random() < recipe.pressed:
        drawn = wear.jpeg(drawn, int(rng.integers(60, 99)))
    if rng.random() < recipe.pressed:
        real = wear.jpeg(real, int(rng.integers(60, 99)))
    if rng.random() < recipe.apart:
        real = _alone(real, rng)
    if rng.random() < recipe.apart:
        drawn = _alone(drawn, rng)
    if rng.random() < recipe.alike:
        real, drawn = alike(real, drawn, rng)
    return real, drawn


def mixed(drawn: Pixels, real: Pixels, *, share: float) -> Pixels:
    """What a reconstruction differs by, weakened to a share."""
    return np.asarray(cv2.addWeighted(drawn, share, real, 1 - share, 0), np.uint8)


def matched(drawn: Pixels, real: Pixels, *, share: float) -> Pixels:
    """Fine details strengthened towards those of the photograph, by `share`: being soft must not be what gives away."""
    fine, wanted = _fine(drawn), _fine(real)
    gain = float(np.clip(wanted.std() / (fine.std() + 0.1), 0.7, 2.5))
    return _levels(drawn.astype(np.float32) + fine * (gain - 1) * share)


def alike(real: Pixels, drawn: Pixels, rng: Generator) -> tuple[Pixels, Pixels]:
    """One or two stations that both pass, drawn anew for each pair; a JPEG is the last one often."""
    both = [real, drawn]
    way = rng.random()
    if way < 0.40:
        scale = float(rng.uniform(0.45, 1.15))
        how = int(rng.choice([cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
        both = [wear.scaled(pixels, scale, how) for pixels in both]
    elif way < 0.52:
        wide = float(rng.uniform(0.3, 1.2))
        both = [wear.blurred(pixels, wide) for pixels in both]
    elif way < 0.64:
        curve = _curve(rng)
        both = [np.asarray(cv2.LUT(pixels, curve), np.uint8) for pixels in both]
    elif way < 0.71:
        noise = rng.normal(0, rng.uniform(0.5, 4), real.shape)
        both = [_levels(pixels + noise) for pixels in both]
    last = rng.random()
    if last < 0.50:
        quality = int(rng.integers(45, 99))
        both = [wear.jpeg(pixels, quality) for pixels in both]
    elif last < 0.60:
        quality = int(rng.integers(45, 95))
        both = [wear.webp(pixels, quality) for pixels in both]
    return both[0], both[1]


def _alone(pixels: Pixels, rng: Generator) -> Pixels:
    """A little softer, a little sharper, or scaled there and back: at home with photographs and drawn ones alike."""
    way = int(rng.integers(3))
    if way == 0:
        return wear.blurred(pixels, float(rng.uniform(0.3, 0.9)))
    if way == 1:
        return _levels(pixels + _fine(pixels) * float(rng.uniform(0.1, 0.9)))
    scale = float(rng.uniform(0.6, 1.4))
    there: Any = wear.scaled(pixels, scale, cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    size = (pixels.shape[1], pixels.shape[0])
    return np.asarray(cv2.resize(there, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def _curve(rng: Generator) -> Pixels:
    """(256, 1, 3): another gamma and other ends for each channel."""
    level = np.arange(256)[:, None] / 255
    gamma = float(rng.uniform(0.7, 1.4)) * rng.uniform(0.95, 1.05, 3)
    low, high = rng.uniform(0, 0.06, 3), rng.uniform(0.94, 1.0, 3)
    return _levels((low + (high - low) * level**gamma) * 255)[:, None]


def _fine(pixels: Pixels) -> NDArray[np.float32]:
    soft: Any = cv2.GaussianBlur(pixels, (0, 0), 1.0)
    return pixels.astype(np.float32) - soft


def _levels(array: NDArray[Any]) -> Pixels:
    return np.asarray(np.rint(array).clip(0, 255), np.uint8)
