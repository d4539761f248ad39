"""All keys of an installation at once: are they there, and if not, make them."""

from pathlib import Path

from haetae.common.keys.files import KeyRing
from haetae.common.keys.kinds import OWN


def read_all(keys: KeyRing) -> None:
    """Every key that an installation must have. Raises MissingKeyError where one is missing and may not be made."""
    for name in sorted(OWN):
        keys.generations(name)
    assert all(
        (
            keys.django_secret,
            keys.locator_keys,
            keys.search_keys,
            keys.portal_keys,
            keys.public_keys("event-log"),
            keys.public_keys("receipt-proofs"),
            keys.public_keys("operator-messages"),
            keys.pepper,
            keys.custodian_public,
        )
    )


def make_missing_keys(folder: Path) -> None:
    """Make every key of an installation that is not there yet."""
    read_all(KeyRing(folder=folder, may_create=True))
