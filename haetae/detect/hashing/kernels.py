"""Machine code for what is done to every pixel. Compiled once by `make setup` and kept; no compiler is needed.

Never imported by an opener: what stands behind a filter of system calls must not be able to make code.
"""

from typing import Final

import numpy as np
from numba import types
from numpy.typing import NDArray

from haetae.detect.hashing.separable import Luma, Plane, Taps, Whole
from haetae.detect.machine_code import compiled

# The order of additions is ours to choose; nothing else may be rearranged.
_SUMS: Final = {"reassoc", "contract"}


_PLANE: Final = types.float32[:, ::1]
_PLACES: Final = types.int64[::1]
# Pictures out of a library are often read-only; a type that can be written to would refuse them.
_PIXELS: Final = types.Array(types.uint8, 2, "C", readonly=True)


@compiled(_PLANE(_PIXELS, _PLACES, _PLACES, _PLANE, _PLACES, _PLANE), fastmath=_SUMS)
def shrink_kernel(luma: Luma, top: Whole, rows: Whole, down: Plane, left: Whole, across: Plane) -> Plane:
    """Weighted means of a few rows, then of a few columns of these: every pixel is read about once.

    `top`, `rows` and `down` say for each target row which source row is the first, how many follow, and their
    weights; `left` and `across` say the same for columns. There all weights are used, those of nought behind the
    last one too: sums of one even length take half the time of sums that end where each has to.
    """
    width, taps = luma.shape[1], across.shape[1]
    result = np.empty((top.size, left.size), dtype=np.float32)
    line = np.zeros(width + taps, dtype=np.float32)
    for row in range(top.size):
        first, count = top[row], rows[row]
        line[:width] = np.float32(0)
        step = 0
        while step + 4 <= count:
            a, b = luma[first + step], luma[first + step + 1]
            c, d = luma[first + step + 2], luma[first + step + 3]
            wa, wb, wc, wd = down[row, step], down[row, step + 1], down[row, step + 2], down[row, step + 3]
            for x in range(width):
                line[x] += (
                    wa * np.float32(a[x])
                    + wb * np.float32(b[x])
                    + wc * np.float32(c[x])
                    + wd * np.float32(d[x])
                )
            step += 4
        while step < count:
            a, wa = luma[first + step], down[row, step]
            for x in range(width):
                line[x] += wa * np.float32(a[x])
            step += 1
        for column in range(left.size):
            total = np.float32(0)
            weights, means = across[column], line[left[column] : left[column] + taps]
            for step in range(taps):
                total += weights[step] * means[step]
            result[row, column] = total
    return result


def shrunk(luma: Luma, *, down: Taps, across: Taps) -> Plane:
    """The means of a gray picture (H x W) at these rows and columns."""
    pixels = np.ascontiguousarray(luma)
    means: Plane = shrink_kernel(pixels, down.first, down.count, down.weights, across.first, across.weights)
    return means


@compiled(types.uint8[:, ::1](_PIXELS, types.int64))
def pick_kernel(luma: Luma, side: int) -> Luma:
    """`side` x `side` pixels, each the nearest to the left and above of where it belongs."""
    height, width = luma.shape
    columns = np.empty(side, dtype=np.int64)
    for column in range(side):
        columns[column] = column * width // side
    result = np.empty((side, side), dtype=np.uint8)
    for row in range(side):
        line = luma[row * height // side]
        for column in range(side):
            result[row, column] = line[columns[column]]
    return result


@compiled("float32[:,::1](float32[:,::1],float32[:,::1])", fastmath=_SUMS)
def low_frequencies_kernel(block: Plane, cosines: Plane) -> Plane:
    """`cosines` (16 x 64) times block (64 x 64) times the transposed cosines: 16 x 16 frequencies."""
    many, side = cosines.shape
    half = np.zeros((many, side), dtype=np.float32)
    for frequency in range(many):
        for place in range(side):
            weight = cosines[frequency, place]
            for column in range(side):
                half[frequency, column] += weight * block[place, column]
    result = np.empty((many, many), dtype=np.float32)
    for row in range(many):
        for column in range(many):
            total = np.float32(0)
            for place in range(side):
                total += half[row, place] * cosines[column, place]
            result[row, column] = total
    return result


@compiled("uint8[:,::1](float32[:,::1],float32[:,::1])")
def bits_kernel(blocks: Plane, cosines: Plane) -> NDArray[np.uint8]:
    """32 bytes for each block, bit 255 first: set where a frequency lies above the lower median of all.

    `blocks` are of 64 x 64, side by side; of each come two rows: as it lies, and with rows and columns changed.
    """
    many, side = cosines.shape
    result = np.zeros((2 * blocks.size // side**2, many**2 // 8), dtype=np.uint8)
    number = 0
    for top in range(0, blocks.shape[0], side):
        for left in range(0, blocks.shape[1], side):
            block = np.ascontiguousarray(blocks[top : top + side, left : left + side])
            frequencies = low_frequencies_kernel(block, cosines)
            median = np.sort(frequencies.ravel())[many**2 // 2 - 1]
            for row in range(many):
                for column in range(many):
                    if frequencies[row, column] > median:
                        at = many**2 - 1 - (row * many + column)
                        result[number, at // 8] |= np.uint8(128 >> (at % 8))
                        at = many**2 - 1 - (column * many + row)
                        result[number + 1, at // 8] |= np.uint8(128 >> (at % 8))
            number += 2
    return result


@compiled("int64(float32[:,::1])")
def quality_kernel(block: Plane) -> int:
    """Sum of the steps between neighbours, each in whole percent of the brightness range, rounded to zero."""
    total = 0
    height, width = block.shape
    for row in range(height):
        for column in range(width):
            if row + 1 < height:
                step = (block[row + 1, column] - block[row, column]) * np.float32(100) / np.float32(255)
                total += abs(int(step))
            if column + 1 < width:
                step = (block[row, column + 1] - block[row, column]) * np.float32(100) / np.float32(255)
                total += abs(int(step))
    return total
