"""Secrets that stand for what people tell us: each drawn once, none like another, all of them found by one mark."""

import base64
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

# It stands in no word, name or program. One search for its forms finds every secret.
MARK: Final = "zqkanarie"
# Between two words of a receipt: no letter of any language, or the marks of a page.
_BETWEEN: Final = rb"(?:<[^<>]{1,40}>|[^a-z0-9\x80-\xff]){1,12}"
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(kw_only=True)
class Planted:
    """What was drawn, by where it was put. A receipt counts twice: its words, and the bits they stand for."""

    by_field: Counter[str] = field(default_factory=Counter)
    receipts: list[tuple[bytes, tuple[str, ...]]] = field(default_factory=list)

    def draw(self, field_name: str) -> str:
        """A new secret, to be put into this field."""
        self.by_field[field_name] += 1
        return MARK + "".join(secrets.choice(_ALPHABET) for _ in range(20))

    def receipt_shown(self, bits: bytes, words: list[str]) -> None:
        """One that a page has shown."""
        self.receipts.append((bits, tuple(words)))
        self.by_field["receipt, its words"] += 1
        self.by_field["receipt, its bits"] += 1

    @property
    def count(self) -> int:
        return sum(self.by_field.values())


@dataclass(frozen=True, kw_only=True)
class Search:
    """Finds a secret in bytes, as it is written and as it may be encoded: hex digits, Base64, UTF-16.

    What is told comes back as the name of the form that was found, never as what stands there.
    """

    planted: Planted

    def hits(self, data: bytes) -> Counter[str]:
        """How often each form stands in these bytes."""
        found: Counter[str] = Counter()
        small = data.lower()
        for name, pattern in self._folded.items():
            found[name] += small.count(pattern)
        for name, patterns in self._exact.items():
            found[name] += sum(data.count(pattern) for pattern in patterns)
        for pattern in self._words:
            found["words of a receipt"] += len(pattern.findall(small))
        return +found

    @cached_property
    def _folded(self) -> dict[str, bytes]:
        mark = MARK.encode()
        return {
            "as it is": mark,
            "hex digits": mark.hex().encode(),
            "UTF-16": MARK.encode("utf-16-le"),
            "UTF-16, the other way": MARK.encode("utf-16-be"),
        }

    @cached_property
    def _exact(self) -> dict[str, list[bytes]]:
        bits = [bits for bits, _ in self.planted.receipts]
        return {
            "Base64": list(_base64_forms(MARK.encode())),
            "bits of a receipt": bits,
            "bits of a receipt, hex digits": [one.hex().encode() for one in bits],
            "bits of a receipt, Base64": [base64.b64encode(one).rstrip(b"=") for one in bits]
            + [
                base64.urlsafe_b64encode(one).rstrip(b"=")
                for one in bits
                if base64.urlsafe_b64encode(one) != base64.b64encode(one)
            ],
        }

    @cached_property
    def _words(self) -> list["re.Pattern[bytes]"]:
        """Three of them in a row, whatever stands between them: single ones are words of every language."""
        return [
            re.compile(_BETWEEN.join(re.escape(word) for word in form))
            for _, words in self.planted.receipts
            for form in _written(words[:3])
        ]


def _written(words: tuple[str, ...]) -> Iterator[list[bytes]]:
    yield [word.lower().encode() for word in words]
    if not all(word.isascii() for word in words):  # as JSON writes them
        yield [word.encode("ascii", "backslashreplace").lower() for word in words]


def _base64_forms(mark: bytes) -> Iterator[bytes]:
    """What of the mark is the same in Base64 whatever stands before and behind it, for each of three positions."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + mark)
        first = -(-before * 8 // 6)  # the first sign that is made of the mark alone
        last = (before + len(mark)) * 8 // 6
        yield encoded[first:last]
