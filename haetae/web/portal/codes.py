"""Codes that a browser computed of pictures and films: carried from page to page in hidden fields, kept nowhere.

A line for each: `picture SHA256 PDQ DHASH QUALITY`, or `film SHA256 AT_MS:PDQ:DHASH:QUALITY ...`; a hyphen stands for
a SHA-256 that the browser could not compute. fingerprint.js writes them.
"""

import re
from typing import Final

from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.hashbank.rules import Frame, NewEntry
from haetae.hashbank.states import Media

# As many as hashing/film.js takes of one film.
MOMENTS_MOST: Final = 120
_BITS: Final = "[0-9a-f]{64}"
_PICTURE: Final = re.compile(rf"picture (-|{_BITS}) ({_BITS}) ({_BITS}) (\d{{1,3}})", re.ASCII)
_FILM: Final = re.compile(rf"film (-|{_BITS})((?: \d{{1,9}}:{_BITS}:{_BITS}:\d{{1,3}})+)", re.ASCII)
_LONGEST: Final = 200 + MOMENTS_MOST * 145


def entry_of_code(code: str) -> NewEntry | None:
    """What one line says, self-declared; None when it says nothing that could be compared."""
    if len(code) > _LONGEST:
        return None
    picture = _PICTURE.fullmatch(code)
    if picture:
        digest, pdq, dhash, quality = picture.groups()
        return (
            NewEntry(sha256=digest.strip("-"), pdq=pdq, dhash=dhash)
            if int(quality) >= QUALITY_TO_MATCH
            else None
        )
    film = _FILM.fullmatch(code)
    return _film(film[1], film[2].split()) if film else None


def _film(digest: str, moments: list[str]) -> NewEntry | None:
    """A moment that is too plain to be told from others is left out."""
    parts = [moment.split(":") for moment in moments[: MOMENTS_MOST + 1]]
    frames = tuple(
        Frame(at_ms=int(at_ms), pdq=pdq, dhash=dhash)
        for at_ms, pdq, dhash, quality in parts
        if int(quality) >= QUALITY_TO_MATCH
    )
    if len(parts) > MOMENTS_MOST or not frames:
        return None
    return NewEntry(media=Media.FILM, sha256=digest.strip("-"), frames=frames)
