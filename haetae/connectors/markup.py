"""Reads tags out of a page in one pass, in time proportional to its length.

A page is written by a stranger. A parser that builds a tree takes quadratic time over deep nesting or many attributes
and would hold a worker for minutes; we only need a few kinds of tags, one after the other, and no tree.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

_MOST_BYTES = 2 * 1_048_576
_LONGEST_TAG = 8_192
_TAG = re.compile(rf"<(meta|img|input|a)\b([^<>]{{0,{_LONGEST_TAG}}})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z][a-z0-9:_-]{0,63})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Tag:
    """Name and attribute names in lower case, values unescaped; the first of two equal attributes counts."""

    name: str
    attributes: Mapping[str, str]

    def get(self, attribute: str) -> str:
        """Empty when it is not there."""
        return self.attributes.get(attribute, "")


def tags(body: bytes) -> Iterator[Tag]:
    """The meta, img, input and a tags of the first 2 MiB, in order."""
    for found in _TAG.finditer(body[:_MOST_BYTES].decode("utf-8", errors="replace")):
        attributes: dict[str, str] = {}
        for one in _ATTRIBUTE.finditer(found[2]):
            attributes.setdefault(one[1].lower(), unescape(one[2] or one[3] or one[4] or ""))
        yield Tag(name=found[1].lower(), attributes=attributes)


def absolute(address: str, *, base: str) -> str | None:
    """The full http(s) address of a link, or None for one that makes no sense."""
    try:
        full = urljoin(base, address.strip())
    except ValueError:
        return None
    return full if address.strip() and full.startswith(("http://", "https://")) else None
