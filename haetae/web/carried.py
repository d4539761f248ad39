"""What a browser carries for us, sealed: each thing opens for one purpose, also after the key was changed."""

from uuid import UUID

from django.conf import settings

from haetae.common.case_keys import WrongKeyError, open_bytes, seal_bytes
from haetae.common.keys.interface import SealingKeys
from haetae.common.keys.marks import marked, read_mark


def seal_for_browser(content: bytes, *, about: UUID) -> bytes:
    """Under the portal's newest key, with its mark."""
    keys: SealingKeys = settings.KEYS.portal_keys
    return marked(keys.newest, seal_bytes(content, key=keys.keys[keys.newest], about=about))


def open_from_browser(sealed: bytes, *, about: UUID) -> bytes:
    """Raises WrongKeyError, also for what lies under a key that is over."""
    generation, blob = read_mark(sealed)
    keys: SealingKeys = settings.KEYS.portal_keys
    if generation == max(keys.keys) + 1:  # no stranger makes us ask by inventing numbers
        settings.KEYS.learn()
        keys = settings.KEYS.portal_keys
    if generation not in keys.keys:
        raise WrongKeyError("This lies under a key that is over.")
    return open_bytes(blob, key=keys.keys[generation], about=about)
