"""All machine code of this library. `make setup` makes it once, so that no picture ever waits for it.

What calls a kernel imports it at the call: reading machine code brings a compiler along, a second of work that most
processes can do without. Whoever serves others has all of it ready before the first of them asks.
"""

from typing import Any


def compile_all() -> int:
    """Have every kernel ready and kept; returns how many had to be compiled for it in this process."""
    return sum(sum(kernel.stats.cache_misses.values()) for kernel in _kernels())


def _kernels() -> tuple[Any, ...]:
    # Importing a kernel compiles it, or reads it from where it is kept.
    from haetae.detect.hashing import kernels as hashing  # noqa: PLC0415 - see above
    from haetae.detect.matching import kernels as matching  # noqa: PLC0415 - see above
    from haetae.detect.matching.index import kernels as index  # noqa: PLC0415 - see above

    return (
        hashing.shrink_kernel,
        hashing.pick_kernel,
        hashing.low_frequencies_kernel,
        hashing.bits_kernel,
        hashing.quality_kernel,
        index.shuffle_kernel,
        index.piece_of,
        index.fill_kernel,
        index.check_offsets_kernel,
        index.check_rows_kernel,
        index.distance_of,
        index.scan_kernel,
        index.compare_kernel,
        index.search_kernel,
        matching.bound_kernel,
        matching.stretch_kernel,
        matching.hide_kernel,
        matching.judge_kernel,
    )
