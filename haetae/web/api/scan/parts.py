"""The parts of a multipart body (RFC 2046, RFC 7578) that lies in memory. Nothing of it is copied or written anywhere.

Django's own reader would write large files to disk, and passes over parts that it does not understand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.http import parse_header_parameters

_HEAD_BYTES_MOST: Final = 8_192
_BOUNDARY_MOST: Final = 70


class MalformedError(ValueError):
    """`field` is the header or the part that is wrong, parts counted from 0; the sentence says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Part:
    """Its content lies from `begin` to `end` of the body. Header names are in small letters."""

    name: str
    file_name: str
    headers: Mapping[str, str]
    begin: int
    end: int


def boundary_of(content_type: str) -> bytes:
    """Raises MalformedError where the header names none."""
    _, parameters = parse_header_parameters(content_type)
    boundary = parameters.get("boundary", "")
    if not (boundary.isascii() and boundary.isprintable() and 1 <= len(boundary) <= _BOUNDARY_MOST):
        words = "Name the boundary of the parts in Content-Type: 1 to 70 printable characters."
        raise MalformedError("Content-Type", words)
    return boundary.encode()


def parts_of(body: bytes, *, boundary: bytes, most: int) -> list[Part]:
    """All parts in their order, at most one more than `most`. Raises MalformedError.

    A part that is not closed is refused with the whole body: where one ends, nobody knows.
    """
    line = b"--" + boundary
    place = 0 if body.startswith(line) else body.find(b"\r\n" + line) + 2
    if place < 2 and not body.startswith(line):
        raise MalformedError("body", "The body does not hold the boundary that Content-Type names.")
    parts: list[Part] = []
    while len(parts) <= most:
        place += len(line)
        if body[place : place + 2] == b"--":
            return parts
        begin = _end_of_line(body, place, number=len(parts))
        end = body.find(b"\r\n" + line, begin - 2)
        if end < 0:
            words = "The last part is not closed by its boundary and two hyphens. Send the body again, whole."
            raise MalformedError(f"parts.{len(parts)}", words)
        parts.append(_part(body, begin, end, number=len(parts)))
        place = end + 2
    return parts


def _end_of_line(body: bytes, place: int, *, number: int) -> int:
    """Behind a boundary nothing but spaces may stand on its line."""
    end = body.find(b"\r\n", place, place + 100)
    if end < 0 or body[place:end].strip(b" \t"):
        raise MalformedError(f"parts.{number}", "A boundary must stand on a line of its own, ended by CR LF.")
    return end + 2


def _part(body: bytes, begin: int, end: int, *, number: int) -> Part:
    field = f"parts.{number}"
    head_end = body.find(b"\r\n\r\n", begin, min(end, begin + _HEAD_BYTES_MOST))
    if head_end < 0:
        words = "Each part begins with its headers and an empty line; Content-Disposition is one of them."
        raise MalformedError(field, words)
    headers = _headers(body[begin:head_end], field=field)
    kind, parameters = parse_header_parameters(headers.get("content-disposition", ""))
    if kind != "form-data" or not parameters.get("name"):
        words = 'Give the part a header Content-Disposition: form-data; name="file"; filename="...".'
        raise MalformedError(field, words)
    return Part(
        name=parameters["name"],
        file_name=parameters.get("filename", ""),
        headers=headers,
        begin=head_end + 4,
        end=end,
    )


def _headers(head: bytes, *, field: str) -> dict[str, str]:
    headers = {}
    for row in head.decode("utf-8", "replace").split("\r\n"):
        name, colon, value = row.partition(":")
        if not colon or not name.strip():
            raise MalformedError(
                field, "A header of this part is no header: it needs a name, a colon and a value."
            )
        headers[name.strip().lower()] = value.strip()
    return headers
