"""Whether tables from a disk may be trusted."""

import numpy as np
from numpy.typing import NDArray

from haetae.detect.matching.index.layout import Layout

Numbers = NDArray[np.uint32]


def points_inside(layout: Layout, offsets: Numbers, rows: Numbers) -> bool:
    """Whether every bucket is a stretch of the rows and no row is outside or lost. Reads everything once."""
    from haetae.detect.matching.index.kernels import check_offsets_kernel, check_rows_kernel

    count = rows.shape[1]
    whole_sum = count * (count - 1) // 2
    for begin, end, of_piece in zip(layout.tables[:-1], layout.tables[1:], rows, strict=True):
        if not check_offsets_kernel(offsets[begin:end], count):
            return False
        # A page that never reached the disk is all zeros, and would hide the hashes that it held.
        most, total = check_rows_kernel(of_piece)
        if total != whole_sum or (count and most >= count):
            return False
    return True
