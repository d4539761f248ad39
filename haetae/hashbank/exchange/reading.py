"""What every wire has in common when it is read: bounds, hashes and codes. Pure."""

import re
from dataclasses import dataclass

from haetae.common.wires import BadWireError
from haetae.hashbank.states import Feedback, Media

RECORDS_MOST = 1_000
TAGS_MOST = 20
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")
_DIGITS = {Media.IMAGE: 64, Media.FILM: 32}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a partner says of one hash. `media` is None where the wire does not tell."""

    value: str
    feedback: Feedback
    tags: tuple[str, ...] = ()
    media: Media | None = None


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """One hash that a partner adds to its own list: the PDQ of an image, or the MD5 of a film."""

    media: Media
    value: str
    said: tuple[Said, ...] = ()


def hash_in(value: object, *, media: Media, field: str) -> str:
    """64 hex digits for the PDQ of an image, 32 for the MD5 of a film; capitals are made small."""
    digits = _DIGITS[media]
    if isinstance(value, str) and re.fullmatch(rf"[0-9a-fA-F]{{{digits}}}", value):
        return value.lower()
    raise BadWireError(field, f"{digits} hex digits are needed.")


def tags_in(value: object, *, field: str) -> tuple[str, ...]:
    """Codes of whoever speaks; free text is refused, because it could name a person."""
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > TAGS_MOST:
        raise BadWireError(field, f"A list of at most {TAGS_MOST} codes is needed.")
    for tag in value:
        if not (isinstance(tag, str) and _CODE.fullmatch(tag)):
            raise BadWireError(field, "A tag has 1 to 64 of the characters A-Z a-z 0-9 _ . : + and -.")
    return tuple(value)
