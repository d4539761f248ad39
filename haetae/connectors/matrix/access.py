"""The keys with which a homeserver is spoken with, as its operator handed them over."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from haetae.connectors.base import NoChannelError

_FIELDS: Final = ("server_name", "admin_token", "probe_token")


class OnRequest(StrEnum):
    """What the operator wants done with a request that no reviewer has decided yet."""

    DELETE = "delete"
    HIDE = "hide"  # hidden at once, deleted when it is decided


@dataclass(frozen=True, kw_only=True)
class Access:
    """`server_name` is what stands behind the colon of its users' names."""

    server_name: str
    admin_token: str = field(repr=False)
    probe_token: str = field(repr=False)
    on_request: OnRequest = OnRequest.DELETE


def read_access(kept: bytes) -> Access:
    """Reads the JSON object of a token file. Raises NoChannelError, whose text never repeats what is in it."""
    try:
        told = json.loads(kept)
        missing = [name for name in _FIELDS if not isinstance(told.get(name), str) or not told[name].strip()]
        wish = OnRequest(told.get("on_request", OnRequest.DELETE))
    except (ValueError, AttributeError, RecursionError):
        raise _unreadable("it is not the JSON object described in docs/operators.md") from None
    if missing:
        raise _unreadable(f"{', '.join(missing)} is missing")
    return Access(on_request=wish, **{name: told[name].strip() for name in _FIELDS})


def _unreadable(why: str) -> NoChannelError:
    return NoChannelError("keys_unreadable", f"The homeserver's token file cannot be used: {why}.")
