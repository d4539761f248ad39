"""By which people compare keys without seeing them. Pure."""

import hashlib

_CONTEXT = b"haetae:fingerprint:"


def fingerprint(key: bytes) -> str:
    """Sixteen hex digits of SHA-256. Keys are 32 random bytes, so it says nothing of them."""
    return hashlib.sha256(_CONTEXT + key).hexdigest()[:16]
