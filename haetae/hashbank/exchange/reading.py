"""What every wire has in common when it is read: bounds, and errors that name the field. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from haetae.hashbank.states import Feedback, Media

RECORDS_MOST = 1_000
TAGS_MOST = 20
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")
_DIGITS = {Media.IMAGE: 64, Media.FILM: 32}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 253_402_300_799  # the end of the year 9999, beyond which there are no dates here


class BadWireError(ValueError):
    """`field` names what is wrong, the text says why and what would be right."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.field = field
        self.words = words


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


def moment_of(second: int, *, field: str) -> datetime:
    """Seconds since 1970 as a moment in UTC, whatever time zone the process runs in."""
    if not 0 <= second <= _LAST_SECOND:
        raise BadWireError(field, "Seconds since 1970 are needed, from 0 on.")
    return EPOCH + timedelta(seconds=second)


def second_of(moment: datetime) -> int:
    """The whole second in which a moment lies, since 1970."""
    return (moment - EPOCH) // timedelta(seconds=1)
