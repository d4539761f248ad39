"""What an answer from the web means: is it still there, and which pictures does a page show?"""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from haetae.common.outbound import Fetched
from haetae.connectors.base import Locator, Seen, Sight
from haetae.connectors.markup import Tag, absolute, tags
from haetae.detect.media import recognise

_GONE = {404, 410}
_LOGIN_WORDS = ("login", "signin", "sign-in", "auth")
_MOST_PICTURES = 20
_NOT_MEDIA = {"html", "unknown"}
_DECLARED = {"og:image", "twitter:image"}

IsTombstone = Callable[[Sequence[Tag]], bool]


def sight_of_media(answer: Fetched) -> Sight:
    """404 and 410 are gone unless a picture comes with them, as browsers show it; a picture is live.

    Everything else (a login page, 403, 451, 5xx) is not knowing.
    """
    shown = is_media(answer.body)
    if answer.status in _GONE:
        seen, why = (Seen.LIVE, "picture_with_") if shown else (Seen.GONE, "http_")
        return Sight(seen=seen, why=f"{why}{answer.status}")
    if answer.status != 200:
        return Sight(seen=Seen.UNKNOWN, why=f"http_{answer.status}")
    if shown:
        return Sight(seen=Seen.LIVE, why="picture")
    return Sight(seen=Seen.UNKNOWN, why="login_page" if is_login(answer) else "no_picture")


def sight_of_page(answer: Fetched, *, media_url: str, is_tombstone: IsTombstone) -> Sight:
    """A page is gone by status or by the platform's own tombstone, and live while it shows or names the media."""
    if answer.status not in _GONE | {200}:
        return Sight(seen=Seen.UNKNOWN, why=f"http_{answer.status}")
    if is_media(answer.body):  # the reported address is the picture itself
        return Sight(seen=Seen.LIVE, why="picture")
    page = list(tags(answer.body))
    names_it = media_url in set(pictures_named(page, base=answer.url))
    if answer.status in _GONE:
        # A page that arrives with 404 and still shows the picture is seen by everybody.
        seen, why = (Seen.UNKNOWN, "shows_it_with_") if names_it else (Seen.GONE, "http_")
        return Sight(seen=seen, why=f"{why}{answer.status}")
    if _asks_who_we_are(answer, page):
        return Sight(seen=Seen.UNKNOWN, why="login_page")
    if is_tombstone(page):
        return Sight(seen=Seen.GONE, why="tombstone")
    if names_it:
        return Sight(seen=Seen.LIVE, why="shows_it")
    return Sight(seen=Seen.UNKNOWN, why="page_without_it")


def is_media(data: bytes) -> bool:
    """Whether the bytes are a picture, a film or any other file that is not a web page."""
    return recognise(data).format not in _NOT_MEDIA


def is_login(answer: Fetched) -> bool:
    """A page that asks who we are: led there by a redirect, or showing a password field."""
    return _asks_who_we_are(answer, list(tags(answer.body)))


def _asks_who_we_are(answer: Fetched, page: Sequence[Tag]) -> bool:
    led_elsewhere = len(answer.hops) > 1
    if led_elsewhere and any(word in urlsplit(answer.url).path.lower() for word in _LOGIN_WORDS):
        return True
    return any(tag.name == "input" and tag.get("type").lower() == "password" for tag in page)


def pictures_of(answer: Fetched) -> list[Locator]:
    """The pictures that an answered address shows; the first 20 of a page without a picture of its own."""
    if is_media(answer.body):
        return [Locator(page_url=answer.url, media_url=answer.url)]
    found = dict.fromkeys(pictures_named(list(tags(answer.body)), base=answer.url))
    return [Locator(page_url=answer.url, media_url=url) for url in list(found)[:_MOST_PICTURES]]


def pictures_named(page: Sequence[Tag], *, base: str) -> Iterator[str]:
    """Absolute addresses: those that the page declares as its picture, or all it shows when it declares none."""
    declared = [
        tag.get("content")
        for tag in page
        if tag.name == "meta" and {tag.get("property").lower(), tag.get("name").lower()} & _DECLARED
    ]
    shown = [tag.get("src") for tag in page if tag.name == "img"]
    for address in declared or shown:
        full = absolute(address, base=base)
        if full is not None:
            yield full
