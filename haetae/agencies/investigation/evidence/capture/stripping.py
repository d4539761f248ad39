"""Pictures, films and sounds written into a page itself are taken out of it: what stays is their digest. Pure."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from haetae.detect.media import recognise

# A data: address (RFC 2397) of anything but text, wherever it stands: in an attribute, a style, a script.
_DATA: Final = re.compile(rb"data:(?!text/)[a-z0-9.+/-]*(?:;[a-z0-9=._-]+)*,[^\"'\s<>)\\]*", re.IGNORECASE)
# What looks like base64 and goes on for long enough to be a picture.
_LONG: Final = re.compile(rb"[A-Za-z0-9+/_-]{400,}={0,2}")
_NO_PICTURE: Final = frozenset({"html", "unknown"})


@dataclass(frozen=True, kw_only=True)
class Stripped:
    """`body` without imagery, and how many pieces were taken out of it."""

    body: bytes
    taken_out: int


def without_imagery(body: bytes) -> Stripped:
    """The page's own text stays as it is, byte for byte."""
    taken: list[bytes] = []

    def out(found: re.Match[bytes]) -> bytes:
        taken.append(found.group())
        return _mark(found.group())

    def out_if_picture(found: re.Match[bytes]) -> bytes:
        return out(found) if _is_picture(found.group()) else found.group()

    plain = _LONG.sub(out_if_picture, _DATA.sub(out, body))
    return Stripped(body=plain, taken_out=len(taken))


def is_text(body: bytes) -> bool:
    """Whether this is no picture, film, sound or archive: only text is ever kept."""
    return recognise(body).format in _NO_PICTURE and b"\x00" not in body


def _mark(content: bytes) -> bytes:
    """In place of it: how long it was, and its digest, so that it can be told whether it is the same again."""
    raw = _decoded(content)
    return f"haetae:taken-out;size={len(raw)};sha256={hashlib.sha256(raw).hexdigest()}".encode()


def _decoded(content: bytes) -> bytes:
    """The bytes that a data: address stands for; the text of it where it cannot be read as one."""
    head, comma, data = content.partition(b",")
    if not comma:
        return _from_base64(content) or content
    return (_from_base64(data) or content) if b"base64" in head.lower() else unquote_to_bytes(data)


def _is_picture(content: bytes) -> bool:
    return recognise(_from_base64(content[:400])).format not in _NO_PICTURE


def _from_base64(text: bytes) -> bytes:
    whole = unquote_to_bytes(text).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    try:
        return base64.b64decode(whole + b"=" * (-len(whole) % 4))
    except binascii.Error:
        return b""
