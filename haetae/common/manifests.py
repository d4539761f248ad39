"""The list of files that a copy for somebody comes with."""

import hashlib
from collections.abc import Mapping


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Digest and name of each, as `sha256sum -c` reads it."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()
