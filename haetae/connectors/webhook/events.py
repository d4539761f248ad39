"""The messages: what kind, and the same bytes in every attempt. Pure."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import rfc8785

from haetae.connectors.base import NoChannelError

# Standard Webhooks asks for small messages; a notice holds hashes and addresses alone.
LARGEST_BYTES: Final = 20_000


class Event(StrEnum):
    """What a message is about."""

    DELETION = "deletion.requested"
    BLOCK = "block.requested"
    RESTORE = "restore.requested"
    PING = "ping"  # asks nothing: whether the way works


def body_of(event: Event, *, notice: Mapping[str, Any], trial: bool = False) -> bytes:
    """Canonical JSON; its moment is that of the notice, not of the attempt. Raises NoChannelError when too large."""
    message = {"type": str(event), "timestamp": notice["issued_at"], "data": dict(notice)}
    body = rfc8785.dumps({**message, "trial": True} if trial else message)
    if len(body) > LARGEST_BYTES:
        words = f"The message has {len(body)} bytes; systems are sent at most {LARGEST_BYTES}."
        raise NoChannelError("message_too_large", words)
    return body


def ping_at(moment: datetime) -> bytes:
    """The body of a message that asks nothing."""
    return rfc8785.dumps({"type": str(Event.PING), "timestamp": moment.isoformat(), "data": {}})
