"""A file is what its bytes are."""

import numpy as np
import pytest

from haetae.detect import Why
from haetae.detect.media import FILM_FORMATS, OPENED_FORMATS, recognise
from haetae.detect.words import FAILURES, REFUSALS, sentence
from tests.detect.media_files import encoded

PILLOW_WRITES = ["jpeg", "png", "gif", "webp", "bmp", "avif"]
CAMERAS = {
    "mp4": [
        b"\0\0\0\x20ftypisom\0\0\2\0",
        b"\0\0\0\x20ftypqt  \0\0\2\0",
        b"\0\0\1\x20moov\0\0\0\x6cmvhd",
        b"\0\0\0\x08wide\0\1\0\0mdat",
    ],
    "avif": [b"\0\0\0\x20ftypavis\0\0\0\0", b"\0\0\0\x20ftypmif1\0\0\0\0mif1miafavif"],
    "heic": [b"\0\0\0\x18ftypheic\0\0\0\0", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"],
    "matroska": [b"\x1aE\xdf\xa3\x9fB\x86\x81\1"],
    "avi": [b"RIFF\0\0\0\0AVI LIST"],
}


def test_every_opened_format_is_told_from_its_first_bytes():
    assert set(PILLOW_WRITES) | set(CAMERAS) == OPENED_FORMATS
    for format_, heads in CAMERAS.items():
        assert {(recognise(head).format, recognise(head).opened) for head in heads} == {(format_, True)}
    assert {recognise(CAMERAS[format_][0]).kind for format_ in FILM_FORMATS} == {"video"}
    assert {recognise(CAMERAS[format_][0]).kind for format_ in ("avif", "heic")} == {"image"}


def test_words_are_no_film():
    assert recognise(b"The free lunch").format == "unknown"


@pytest.mark.parametrize("format_", PILLOW_WRITES)
def test_what_pillow_writes_is_recognised(format_):
    recognised = recognise(encoded(np.zeros((9, 9), dtype=np.uint8), format_.upper()))
    assert (recognised.format, recognised.opened) == (format_, True)


DISGUISED = {
    "playlist": b"#EXTM3U\n#EXTINF:1,\n/etc/hostname\n",
    "svg": b"<?xml version='1.0'?>\n<!-- x -->\n<svg xmlns='http://www.w3.org/2000/svg'></svg>",
    "html": b"\xef\xbb\xbf  <!DOCTYPE HTML><title>x</title>",
    "pdf": b"junk before\n%PDF-1.7\n",
    "video": b"\x00\x00\x01\xba\x44",
    "tiff": b"II*\0\x08\0\0\0",
    "archive": b"PK\x03\x04\0\0",
    "unknown": b"just words",
}


@pytest.mark.parametrize(("format_", "data"), DISGUISED.items(), ids=DISGUISED)
def test_what_is_not_opened_is_told_apart(format_, data):
    recognised = recognise(data)
    assert (recognised.format, recognised.opened) == (format_, False)


@pytest.mark.parametrize("why", Why)
def test_every_failure_has_a_sentence(why):
    assert sentence("undecodable", {"why": why, "format": "svg"}).endswith(".")
    assert why in FAILURES


@pytest.mark.parametrize("format_", sorted(DISGUISED.keys() - {"unknown"}))
def test_every_refused_type_has_a_sentence_of_its_own(format_):
    assert REFUSALS[format_] in sentence("undecodable", {"why": "refused_type", "format": format_})
