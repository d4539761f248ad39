"""What an answer from the web means: is it still there, and which pictures does a page show?"""

from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from haetae.common.outbound import Fetched
from haetae.connectors.base import Locator, Seen, Sight
from haetae.detect.media import recognise

_GONE = {404, 410}
_LOGIN_WORDS = ("login", "signin", "sign-in", "auth")
_MOST_PICTURES = 20
_NOT_MEDIA = {"html", "unknown"}

IsTombstone = Callable[[LexborHTMLParser], bool]


def sight_of_media(answer: Fetched) -> Sight:
    """404 and 410 are gone, a picture is live; everything else (a login page, 403, 451, 5xx) is not knowing."""
    if answer.status in _GONE:
        return Sight(seen=Seen.GONE, why=f"http_{answer.status}")
    if answer.status != 200:
        return Sight(seen=Seen.UNKNOWN, why=f"http_{answer.status}")
    if is_media(answer.body):
        return Sight(seen=Seen.LIVE, why="picture")
    return Sight(seen=Seen.UNKNOWN, why="login_page" if is_login(answer) else "no_picture")


def sight_of_page(answer: Fetched, *, media_url: str, is_tombstone: IsTombstone) -> Sight:
    """A page is gone by status or by the platform's own tombstone, and live while it shows or names the media."""
    if answer.status in _GONE:
        return Sight(seen=Seen.GONE, why=f"http_{answer.status}")
    if answer.status != 200:
        return Sight(seen=Seen.UNKNOWN, why=f"http_{answer.status}")
    if is_media(answer.body):  # the reported address is the picture itself
        return Sight(seen=Seen.LIVE, why="picture")
    if is_login(answer):
        return Sight(seen=Seen.UNKNOWN, why="login_page")
    page = LexborHTMLParser(answer.body)
    if is_tombstone(page):
        return Sight(seen=Seen.GONE, why="tombstone")
    if media_url in set(pictures_named(page, base=answer.url)):
        return Sight(seen=Seen.LIVE, why="shows_it")
    return Sight(seen=Seen.UNKNOWN, why="page_without_it")


def is_media(data: bytes) -> bool:
    """Whether the bytes are a picture, a film or any other file that is not a web page."""
    return recognise(data).format not in _NOT_MEDIA


def is_login(answer: Fetched) -> bool:
    """A page that asks who we are: led there by a redirect, or showing a password field."""
    led_elsewhere = len(answer.hops) > 1
    if led_elsewhere and any(word in urlsplit(answer.url).path.lower() for word in _LOGIN_WORDS):
        return True
    page = LexborHTMLParser(answer.body)
    return page.css_first("input[type=password]") is not None


def pictures_of(answer: Fetched) -> list[Locator]:
    """The pictures that an answered address shows; the first 20 of a page without a picture of its own."""
    if is_media(answer.body):
        return [Locator(page_url=answer.url, media_url=answer.url)]
    found = dict.fromkeys(pictures_named(LexborHTMLParser(answer.body), base=answer.url))
    return [Locator(page_url=answer.url, media_url=url) for url in list(found)[:_MOST_PICTURES]]


def pictures_named(page: LexborHTMLParser, *, base: str) -> Iterator[str]:
    """Absolute addresses: those that the page declares as its picture, or all it shows when it declares none."""
    declared = page.css("meta[property='og:image'], meta[name='twitter:image']")
    named = [node.attributes.get("content") for node in declared]
    shown = [node.attributes.get("src") for node in page.css("img")]
    for address in named or shown:
        if address and urljoin(base, address).startswith(("http://", "https://")):
            yield urljoin(base, address)
