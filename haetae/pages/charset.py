"""From bytes to text, whatever the host says of them. Pure.

The order is that of browsers (WHATWG Encoding): a byte order mark, the host's word, the page's own word. Both words are
often wrong, above all on old Korean pages, so that a word under which the bytes make no sense is not believed.
"""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers read where a page says the first; each of these is loaded before a reader is locked in.
_READ_AS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601": "cp949",
    "cp949": "cp949",
    "uhc": "cp949",
    "windows-949": "cp949",
    "ms949": "cp949",
    "johab": "johab",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
CODECS: Final = frozenset(_READ_AS.values())
_OF_ONE_BYTE: Final = frozenset({"cp1252", "cp1251", "koi8_r"})
_BEYOND_ASCII: Final = bytes(range(0x80, 0x100))
_PAIR: Final = re.compile(rb"[\xa1-\xfe]{2}")
_LOOKED_AT: Final = 4_096  # bytes in which a page says what it is written in
_SAID: Final = re.compile(
    rb"""(?:<meta[^<>]{0,512}?charset\s*=\s*["']?|<\?xml[^<>]{0,128}?encoding\s*=\s*["'])\s*([a-z0-9_.:-]{1,32})""",
    re.IGNORECASE,
)


def text_of(body: bytes, *, told: str = "") -> str:
    """The text, with a sign of replacement for what makes no sense under any of the charsets in question."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], codec)
    words = [_codec(told), _codec_said(body)]
    if all(word is None for word in words):
        words.append(_wide(body))
    candidates = [word for word in words if word is not None]
    # A charset of one byte takes any bytes at all, so that its word counts only after the two it is mistaken for.
    ordered = [word for word in candidates if word not in _OF_ONE_BYTE]
    ordered += ["utf-8", *(["cp949"] if _in_pairs(body) else [])]
    ordered += [*(word for word in candidates if word in _OF_ONE_BYTE), "cp1252"]
    return _best(body, list(dict.fromkeys(ordered)))


def _best(body: bytes, ordered: list[str]) -> str:
    """The first under which all of it makes sense, or else the one under which the most does."""
    best, least = "", len(body) + 1
    for codec in ordered:
        text = _decoded(body, codec)
        broken = text.count("\ufffd")
        if broken < least:
            best, least = text, broken
        if broken == 0:
            break
    return best


def _decoded(body: bytes, codec: str) -> str:
    """A letter that is cut in two at the end is left out: what is read may be the beginning of more."""
    return codecs.getincrementaldecoder(codec)("replace").decode(body, final=False)


def _in_pairs(body: bytes) -> bool:
    """Whether the bytes beyond ASCII stand in pairs, as Korean letters do and accents of Western words do not."""
    beyond = len(body) - len(body.translate(None, _BEYOND_ASCII))
    return 2 * len(_PAIR.findall(body)) > 0.8 * beyond


def _codec(name: str) -> str | None:
    return _READ_AS.get(name.strip().strip("\"'").lower())


def _codec_said(body: bytes) -> str | None:
    said = _SAID.search(body[:_LOOKED_AT])
    codec = None if said is None else _codec(said[1].decode("ascii"))
    # A page whose tags can be read byte by byte is not written in pairs of bytes, whatever it says.
    return "utf-8" if codec in {"utf-16-le", "utf-16-be"} else codec


def _wide(body: bytes) -> str | None:
    """Pairs of bytes without a mark: every second one of a tag is nothing."""
    start = body[:64]
    if b"<\x00" in start and start[1::2].count(0) > len(start) // 3:
        return "utf-16-le"
    return "utf-16-be" if b"\x00<" in start and start[0::2].count(0) > len(start) // 3 else None
