"""What a file is, told from its first bytes. A name or a declared type is a claim and is never asked."""

import re
from dataclasses import dataclass
from typing import Final

FILM_FORMATS: Final = frozenset({"mp4", "matroska", "avi"})
ANIMATED_FORMATS: Final = frozenset({"gif", "png", "webp", "avif"})  # a picture of these may move
OPENED_FORMATS: Final = frozenset({"jpeg", "png", "gif", "webp", "bmp", "avif", "heic"}) | FILM_FORMATS

_SIGNATURES: Final = (
    ("jpeg", rb"\xff\xd8\xff"),
    ("png", rb"\x89PNG\r\n\x1a\n"),
    ("gif", rb"GIF8[79]a"),
    ("webp", rb"RIFF.{4}WEBP"),
    ("bmp", rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00\x00\x00"),
    ("avif", rb".{4}ftyp(?:avi[fs]|(?:mif1|msf1|miaf).{4}(?:.{4}){0,16}?avi[fs])"),
    ("heic", rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1|miaf)"),
    ("mp4", rb".{4}ftyp|\x00.{3}(?:moov|mdat)|\x00\x00.{2}(?:wide|free|skip|pnot)"),
    ("matroska", rb"\x1aE\xdf\xa3"),
    ("avi", rb"RIFF.{4}AVI "),
    ("video", rb"\x00\x00\x01[\xb3\xba]|FLV\x01|OggS|\x30\x26\xb2\x75"),
    ("jpeg2000", rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51"),
    ("jpegxl", rb"\xff\x0a|\x00\x00\x00\x0cJXL "),
    ("tiff", rb"II[*+]\x00|MM\x00[*+]"),
    ("psd", rb"8BPS"),
    ("icon", rb"\x00\x00[\x01\x02]\x00"),
    ("archive", rb"PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!|\xfd7zXZ|\x28\xb5\x2f\xfd"),
)
_TEXT_MARKS: Final = (
    ("pdf", rb"%pdf-"),
    ("svg", rb"<svg[\s>:]|<!doctype svg"),
    ("html", rb"<!doctype html|<html|<script|<body|<head"),
    ("playlist", rb"\A\s*(?:#extm3u|\[playlist\]|ffconcat|v=0\r?\n)|<mpd[\s>]|<smoothstreamingmedia"),
)
_TEXT_REACH_BYTES: Final = 1024  # readers of PDF and SVG search this far behind leading junk


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """`format` is one of the names above or "unknown"; `opened` says whether we open such files.

    `kind` is "image" or "video" for what is opened, "unknown" for the rest. "mp4" stands for its whole family,
    QuickTime and 3GP too; "matroska" for WebM too.
    """

    kind: str
    format: str
    opened: bool


def recognise(data: bytes) -> Recognised:
    name = _name(data[:_TEXT_REACH_BYTES])
    opened = name in OPENED_FORMATS
    return Recognised(kind=_kind(name) if opened else "unknown", format=name, opened=opened)


def moves(*, kind: str, format_: str, frames: int | None) -> bool:
    """Whether what was opened as this is a film or an animated picture, whose frames follow each other in time."""
    return kind == "video" or (format_ in ANIMATED_FORMATS and (frames or 1) > 1)


def _kind(name: str) -> str:
    return "video" if name in FILM_FORMATS else "image"


def _name(head: bytes) -> str:
    for name, signature in _SIGNATURES:
        if re.match(signature, head, re.DOTALL):
            return name
    text = head.removeprefix(b"\xef\xbb\xbf").lower()
    return next((name for name, mark in _TEXT_MARKS if re.search(mark, text)), "unknown")
