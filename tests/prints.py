"""The fingerprints of a picture, as an examination takes them; each picture is examined once in a process."""

from functools import cache

from haetae.detect import Bank, Fingerprints, OpenerPool, examine


@cache
def prints_of(picture: bytes) -> Fingerprints:
    """Of a picture that can be opened."""
    with OpenerPool(size=1) as openers:
        found = examine(picture, bank=Bank(()), openers=openers).fingerprints
    assert found is not None
    return found
