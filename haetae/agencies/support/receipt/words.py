"""From bits to words and back. The same bits are other words in another language; either opens the case. Pure."""

import re
import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

BITS: Final = 80
WORDS: Final = 8
_EACH: Final = BITS // WORDS
_LISTS: Final = ("ko", "en")
# What stands between words when somebody copies them: spaces, hyphens, commas, the numbers of a list.
_BETWEEN: Final = re.compile(r"[\s\d.,;:·\-–—_/()]+")
_LONGEST: Final = 400
_SIZES: Final = range(2, 8)  # letters or syllables of a word


def draw() -> bytes:
    """80 random bits, from the operating system."""
    return secrets.token_bytes(BITS // 8)


def words_of(receipt: bytes, *, language: str) -> list[str]:
    """The eight words; in English for a language that has no list of its own."""
    known = word_list(language if language in _LISTS else "en")
    number = int.from_bytes(receipt)
    return [known[number >> (BITS - _EACH * (place + 1)) & (2**_EACH - 1)] for place in range(WORDS)]


def read(typed: str) -> bytes | None:
    """The bits of eight words, however they were copied and in any of our languages, also without spaces.

    None when they cannot be a receipt.
    """
    if len(typed) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", typed)).casefold()
    places = _walk(_BETWEEN.sub("", plain))
    if len(places) != WORDS:
        return None
    number = 0
    for place in places:
        number = number << _EACH | place
    return number.to_bytes(BITS // 8)


def _walk(letters: str) -> list[int]:
    """Word after word; empty when something is no word. No word begins another, so there is one way at most."""
    known, places, at = _places(), list[int](), 0
    while at < len(letters):
        size = next((size for size in _SIZES if letters[at : at + size] in known), 0)
        if not size:
            return []
        places.append(known[letters[at : at + size]])
        at += size
    return places


@cache
def word_list(language: str) -> tuple[str, ...]:
    """1,024 words, each 10 bits by its place."""
    text = (
        files("haetae.agencies.support.receipt").joinpath(f"words_{language}.txt").read_text(encoding="utf-8")
    )
    return tuple(text.split())


@cache
def _places() -> dict[str, int]:
    return {word: place for language in _LISTS for place, word in enumerate(word_list(language))}
