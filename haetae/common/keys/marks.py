"""Which generation of a key sealed something stands before it. Pure.

The first generation writes no mark, so that everything from before marks were thought of is of the first. A mark is
eight bytes long: that a random nonce of the first generation begins with one is a chance of one in 2**64.
"""

from typing import Final

FIRST: Final = 1
_BEGINS: Final = b"haetae"
_NUMBER_BYTES: Final = 2


def mark_of(generation: int) -> bytes:
    """What stands before everything that this generation seals; nothing for the first."""
    return b"" if generation == FIRST else _BEGINS + generation.to_bytes(_NUMBER_BYTES)


def marked(generation: int, sealed: bytes) -> bytes:
    """The sealed bytes with their mark."""
    return mark_of(generation) + sealed


def read_mark(blob: bytes) -> tuple[int, bytes]:
    """The generation, and the sealed bytes without the mark."""
    if not blob.startswith(_BEGINS) or len(blob) < len(_BEGINS) + _NUMBER_BYTES:
        return FIRST, blob
    end = len(_BEGINS) + _NUMBER_BYTES
    return int.from_bytes(blob[len(_BEGINS) : end]), blob[end:]
