"""Characters as a document may show them. Pure.

What a reader cannot see, or would see elsewhere than it stands, is written by its number: an operator's sentence must
not turn a figure round or hide a word. The digest is then of what everybody reads.
"""

import unicodedata
from typing import Final

# Control, format (the turning marks among them), surrogate, private and unassigned characters.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# What both weights of the type that comes with typst can show, and what those of Noto Sans CJK KR can, by block;
# tests/documents compares them with the type itself.
LATIN: Final = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3C9), (0x400, 0x45F), (0x1E00, 0x1E99),
    (0x1EA0, 0x1EF9), (0x2010, 0x2015), (0x2018, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033),
    (0x2039, 0x203A), (0x20A9, 0x20A9), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
)  # fmt: skip
KOREAN: Final = (
    (0x203B, 0x203B), (0x2460, 0x24E9), (0x3000, 0x303F), (0x3041, 0x3096), (0x3099, 0x30FF), (0x3131, 0x318E),
    (0x3200, 0x321E), (0x3260, 0x327F), (0x3380, 0x33FF), (0x4E00, 0x9FEF), (0xAC00, 0xD7A3), (0xF900, 0xFA0B),
    (0xFF01, 0xFF5E),
)  # fmt: skip


def readable(text: str) -> str:
    """In one normal form, without what nobody sees; a line break stays."""
    return "".join(_numbered(one) if unicodedata.category(one) in _UNSEEN else one for one in _plain(text))


def printable(text: str) -> str:
    """The same for paper: what the type does not have stands there by its number too."""
    return "".join(
        one if one == "\n" or _is_in(one, (*LATIN, *KOREAN)) else _numbered(one) for one in _plain(text)
    )


def needs_korean(text: str) -> bool:
    """Whether it cannot be printed without the Korean type."""
    return not text.isascii() and any(_is_in(one, KOREAN) for one in text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")


def _numbered(one: str) -> str:
    return one if one == "\n" else f"[U+{ord(one):04X}]"


def _is_in(one: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(one) <= last for first, last in blocks)
