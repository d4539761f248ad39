"""SHA-256: the same bytes, and nothing but the same bytes. MD5, only because partners' lists hold it for films."""

import hashlib
from typing import Final, Protocol

PIECE_BYTES: Final = 1 << 20


class Readable(Protocol):
    """Anything that hands out its bytes from front to back."""

    def read(self, size: int, /) -> bytes: ...


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def md5_of(data: bytes) -> str:
    """Two files with one MD5 can be made on purpose: a match says that a person should look, and no more."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def sha256_with_rest(head: bytes, stream: Readable) -> tuple[str, int]:
    """Of a beginning that was read and all that follows, and how many bytes followed: a file of any size fits."""
    digest, rest_bytes = hashlib.sha256(head), 0
    while piece := stream.read(PIECE_BYTES):
        digest.update(piece)
        rest_bytes += len(piece)
    return digest.hexdigest(), rest_bytes
