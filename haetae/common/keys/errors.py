"""Why a key is not to be had. That a key is the wrong one is haetae.common.case_keys.WrongKeyError."""


class MissingKeyError(Exception):
    """A key is not there, and this installation may not make one up."""


class WeakKeyError(MissingKeyError):
    """A key is there that is as good as none."""


class KeysUnavailableError(Exception):
    """Not now. Nothing was opened and nothing is lost; a person is shown the way to a person."""


class KeysAwayError(KeysUnavailableError):
    """The key service does not answer."""


class KeysBusyError(KeysUnavailableError):
    """So many receipts are being tried that another would wait too long."""


class TooManyOpeningsError(KeysUnavailableError):
    """More cases were opened within a minute than anybody could read."""


class AlreadyServedError(Exception):
    """Another key service runs at this socket."""
