"""The one door to all keys and secrets of an installation.

Either files that this process may read (`KeyRing`), or a process of its own that alone reads them and does with them
what it is asked (`ServedKeys`). `Keys` is what both can do.
"""

from haetae.common.keys.errors import (
    KeysAwayError,
    KeysBusyError,
    KeysUnavailableError,
    MissingKeyError,
    TooManyOpeningsError,
)
from haetae.common.keys.files import KeyRing
from haetae.common.keys.interface import Keys, Signer, Stretched
from haetae.common.keys.making import make_missing_keys
from haetae.common.keys.served import ServedKeys

__all__ = [
    "KeyRing",
    "Keys",
    "KeysAwayError",
    "KeysBusyError",
    "KeysUnavailableError",
    "MissingKeyError",
    "ServedKeys",
    "Signer",
    "Stretched",
    "TooManyOpeningsError",
    "make_missing_keys",
]
