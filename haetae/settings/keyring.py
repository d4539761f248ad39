"""Where this process gets its keys from."""

from pathlib import Path

from haetae.common.keys import KeyRing, Keys, ServedKeys
from haetae.settings.environment import Environment


def keys_of(told: Environment, *, may_create: bool) -> Keys:
    """From the key service where one is named: then the key files are not even looked for."""
    if told.HAETAE_KEY_SERVICE:
        return ServedKeys(path=Path(told.HAETAE_KEY_SERVICE).resolve())
    return KeyRing(folder=told.keys_folder, may_create=may_create)
