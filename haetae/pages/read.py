"""One page: from bytes to what it holds. Runs in a reader's child process only."""

from haetae.pages import feeds
from haetae.pages.charset import text_of
from haetae.pages.facts import Asked, Found, Reading
from haetae.pages.html import read_page

_FEED_MARKS = ("<rss", "<feed", "<rdf:rdf")


def read(body: bytes, *, asked: Asked) -> Found:
    """Raises UnreadableError. A page that turns out to be a feed is read as one, and the other way round."""
    plain, more = feeds.unpacked(body)
    text = text_of(plain, told=asked.charset)
    found = _by_kind(text, asked)
    return Found(**{**vars(found), "more": found.more or more})


def _by_kind(text: str, asked: Asked) -> Found:
    start = text[:1_024].lower()
    if asked.reading is Reading.SITEMAP:
        return feeds.read_sitemap(text, asked=asked)
    if asked.reading is Reading.SEARCH and text.lstrip()[:1] in {"[", "{"}:
        return feeds.read_suggestions(text, asked=asked)
    if "<html" not in start and any(mark in start for mark in _FEED_MARKS):
        return feeds.read_feed(text, asked=asked)
    if asked.reading is Reading.FEED and "<html" not in start and "<!doctype html" not in start:
        return feeds.read_feed(text, asked=asked)
    return read_page(text, asked=asked)
