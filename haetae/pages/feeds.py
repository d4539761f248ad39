"""Reads feeds (RSS 2, RSS 1, Atom) and sitemaps. Runs in a reader's child process only.

A feed is read by the reader of XML that the house has: no DOCTYPE, so no entities of its own and nothing to fetch. Of a
sitemap only addresses are wanted, and it may hold more elements than that reader takes: they are found by one pass.
"""

import re
import zlib
from collections.abc import Iterator
from html import unescape
from typing import Final

from haetae.common.wires import BadWireError
from haetae.common.xml import Element, tree_of
from haetae.pages import addresses
from haetae.pages.facts import (
    MOST_LINKS,
    MOST_PICTURES,
    Asked,
    Found,
    FoundLink,
    Picture,
    Reading,
    UnreadableError,
)
from haetae.pages.html import read_page
from haetae.pages.phrases import found_in

MOST_UNPACKED_BYTES: Final = 10 * 1_048_576
_GZIP: Final = b"\x1f\x8b"
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^<>]{0,256}\?>")
_NO_LETTERS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Many feeds hold what HTML knows and XML does not.
_LOOSE: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)([A-Za-z]{2,10};)?")
_ENTRIES: Final = frozenset({"item", "entry"})
_MOST_ENTRIES: Final = 200
_OF_MEDIA: Final = ("image/", "video/")
_LOCATION: Final = re.compile(
    r"<(?:([a-z]{1,16}):)?loc\b[^<>]{0,256}>\s*(?:<!\[CDATA\[)?\s*([^<\s\]]{1,2048})", re.IGNORECASE
)
_INDEX: Final = re.compile(r"<(?:[a-z]{1,16}:)?sitemapindex\b", re.IGNORECASE)


def unpacked(body: bytes) -> tuple[bytes, bool]:
    """The bytes of a gzip file, up to a limit, and whether there was more; other bytes as they are."""
    if not body.startswith(_GZIP):
        return body, False
    packed = zlib.decompressobj(wbits=31)
    try:
        plain = packed.decompress(body, MOST_UNPACKED_BYTES)
    except zlib.error:
        raise UnreadableError("bad_gzip") from None
    return plain, bool(packed.unconsumed_tail)


def read_feed(text: str, *, asked: Asked) -> Found:
    """The entries' pages and pictures, the newest first as the feed has them. Raises UnreadableError."""
    try:
        root = tree_of(_repaired(text).encode())
    except BadWireError:
        raise UnreadableError("bad_feed") from None
    pictures: dict[str, Picture] = {}
    links: dict[str, FoundLink] = {}
    words = []
    more = False
    for number, entry in enumerate(one for one in root.iter() if one.tag in _ENTRIES):
        if number == _MOST_ENTRIES:
            more = True
            break
        page_url = next(_pages_of(entry, base=asked.url), asked.url)
        if asked.links and addresses.is_within(page_url, hosts=asked.hosts) and page_url != asked.url:
            spelt = addresses.one_spelling(page_url)
            if spelt:
                links.setdefault(spelt, FoundLink(url=spelt, reading=Reading.PAGE))
        for media in _media_of(entry, base=page_url):
            pictures.setdefault(media, Picture(media_url=media, page_url=page_url))
        within = read_page(
            _markup_of(entry), asked=Asked(url=page_url, reading=Reading.PAGE, phrases=asked.phrases)
        )
        words.append(within.phrases)
        pictures |= {one.media_url: one for one in within.pictures if one.media_url not in pictures}
    return Found(
        pictures=tuple(pictures.values())[:MOST_PICTURES],
        links=tuple(links.values()),
        phrases=frozenset().union(*words),
        more=more or len(pictures) > MOST_PICTURES,
    )


def read_sitemap(text: str, *, asked: Asked) -> Found:
    """The pages or further sitemaps that it lists, and the pictures that it names."""
    inner = Reading.SITEMAP if _INDEX.search(text) else Reading.PAGE
    links: dict[str, FoundLink] = {}
    pictures: dict[str, Picture] = {}
    page_url = asked.url
    found_any = False
    for found in _LOCATION.finditer(text):
        found_any = True
        full = addresses.absolute(unescape(found[2]), base=asked.url)
        if full is None:
            continue
        if (found[1] or "").lower() in {"image", "video"}:
            pictures.setdefault(full, Picture(media_url=full, page_url=page_url))
            continue
        page_url = full
        spelt = addresses.one_spelling(full) if addresses.is_within(full, hosts=asked.hosts) else None
        if asked.links and spelt:
            links.setdefault(spelt, FoundLink(url=spelt, reading=inner))
    if not found_any and "<" in text and "urlset" not in text and "sitemapindex" not in text:
        raise UnreadableError("bad_sitemap")
    return Found(
        pictures=tuple(pictures.values())[:MOST_PICTURES],
        links=tuple(links.values())[:MOST_LINKS],
        more=len(links) > MOST_LINKS or len(pictures) > MOST_PICTURES,
    )


def read_suggestions(text: str, *, asked: Asked) -> Found:
    """What a search engine suggests, as a list: its words only count for phrases."""
    return Found(phrases=found_in(text, phrases=asked.phrases))


def _repaired(text: str) -> str:
    text = _NO_LETTERS.sub("", _DECLARATION.sub("", text))

    def known_to_xml(found: re.Match[str]) -> str:
        letters = unescape(found[0])
        return "&amp;" + found[0][1:] if letters == found[0] else letters.replace("&", "&amp;")

    return _LOOSE.sub(known_to_xml, text).strip()


def _pages_of(entry: Element, *, base: str) -> Iterator[str]:
    for one in entry:
        if one.tag == "link" and one.get("rel", "alternate") == "alternate":
            full = addresses.absolute(one.get("href") or one.text or "", base=base)
            if full:
                yield full
    for one in entry:
        if one.tag == "guid" and one.get("isPermaLink", "true").lower() == "true":
            full = addresses.absolute(one.text or "", base=base)
            if full:
                yield full


def _media_of(entry: Element, *, base: str) -> Iterator[str]:
    for one in entry.iter():
        address = one.get("url") if one.tag in {"enclosure", "content", "thumbnail"} else None
        if one.tag == "link" and one.get("rel") == "enclosure":
            address = one.get("href")
        kind = (one.get("type") or one.get("medium") or "").lower()
        full = addresses.absolute(address, base=base) if address else None
        if full and (
            kind.startswith((*_OF_MEDIA, "image", "video"))
            or one.tag == "thumbnail"
            or addresses.names_media(full)
        ):
            yield full


def _markup_of(entry: Element) -> str:
    """Titles and texts, which hold markup as text or, in Atom, as elements."""
    parts = []
    for one in entry:
        if one.tag in {"title", "description", "encoded", "content", "summary"}:
            parts.append("".join(one.itertext()))
            parts += [f'<img src="{image.get("src", "")}">' for image in one.iter("img")]
    return "<p>".join(parts)
