"""The receipt to be: drawn with the form of a call and carried in it, sealed, so that the same form is one case."""

import base64
import struct
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from haetae.agencies.support import receipt
from haetae.common.case_keys import WrongKeyError
from haetae.web.carried import open_from_browser, seal_for_browser

# Drawn once: what is sealed for this opens nowhere else.
_ABOUT: Final = UUID("7b1c6f53-5f0e-4b0e-9d3e-2a5f9e4c8d17")
_VALID_FOR: Final = timedelta(hours=8)  # a working day: the form of a long call is still one form
_HEAD: Final = struct.Struct(">16sq")


def draw(*, official_id: UUID, at: datetime) -> str:
    """A token for this official's form."""
    content = _HEAD.pack(official_id.bytes, int(at.timestamp())) + receipt.draw()
    sealed = seal_for_browser(content, about=_ABOUT)
    return base64.urlsafe_b64encode(sealed).decode()


def bits_of(token: str, *, official_id: UUID, at: datetime) -> bytes | None:
    """None for what is not ours, somebody else's, or too old."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode())
        content = open_from_browser(sealed, about=_ABOUT)
        whose, drawn_s = _HEAD.unpack(content[: _HEAD.size])
    except (ValueError, WrongKeyError, struct.error):
        return None
    is_fresh = timedelta() <= timedelta(seconds=at.timestamp() - drawn_s + 1) <= _VALID_FOR
    return content[_HEAD.size :] if whose == official_id.bytes and is_fresh else None
