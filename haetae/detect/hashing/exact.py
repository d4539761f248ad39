"""SHA-256: the same bytes, and nothing but the same bytes."""

import hashlib
from io import BufferedReader


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_of_stream(stream: BufferedReader) -> str:
    """Read the stream to its end in small pieces, so that a file of any size fits."""
    return hashlib.file_digest(stream, "sha256").hexdigest()
