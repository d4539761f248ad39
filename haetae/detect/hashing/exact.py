"""SHA-256: the same bytes, and nothing but the same bytes. MD5, only because partners' lists hold it for films."""

import hashlib
from io import BufferedReader


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def md5_of(data: bytes) -> str:
    """Two files with one MD5 can be made on purpose: a match says that a person should look, and no more."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def sha256_of_stream(stream: BufferedReader) -> str:
    """Read the stream to its end in small pieces, so that a file of any size fits."""
    return hashlib.file_digest(stream, "sha256").hexdigest()
