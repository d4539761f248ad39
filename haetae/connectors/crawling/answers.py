"""What an answer to a visit means. Pure."""

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

from haetae.connectors.base import Locator
from haetae.connectors.crawling.base import Link, Missed, PageSeen, PlaceKind, Visit
from haetae.connectors.crawling.handler import Answer
from haetae.connectors.crawling.turns import Leg
from haetae.connectors.door import wait_of
from haetae.connectors.reading import is_media
from haetae.pages import Asked, Found, Reading
from haetae.pages.addresses import authority

_REFUSALS: Final = frozenset({403, 429, 503})
_GONE: Final = frozenset({404, 410})
_OWN_MARK: Final = "body:"  # our own word for unchanged bytes, where the host has none; it is never sent
_SENDABLE: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,254}[\x21-\x7e])?")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,32})", re.IGNORECASE)
_LONGEST_MARK: Final = 256


def headers_for(leg: Leg, *, agent: str) -> Mapping[str, str]:
    """What the host said of the page last time is said again to that host alone."""
    headers = {
        "user-agent": agent,
        "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
        "accept-language": "ko,en;q=0.7",
    }
    visit = leg.visit
    if authority(leg.url) == authority(visit.url):
        if _SENDABLE.fullmatch(visit.etag) and not visit.etag.startswith(_OWN_MARK):
            headers["if-none-match"] = visit.etag
        if _SENDABLE.fullmatch(visit.modified):
            headers["if-modified-since"] = visit.modified
    return headers


def is_refusal(answer: Answer) -> bool:
    """Whether the host, and not only this page, may be telling us to stay away."""
    return answer.status in _REFUSALS


def wait_asked_s(answer: Answer) -> int | None:
    """Seconds for which the host asks us to stay away, at most a day."""
    return wait_of(answer.headers.get("retry-after", ""))


def without_reading(answer: Answer, visit: Visit) -> PageSeen | Missed | None:
    """What the status, or the bytes as such, say already; None where the page must be read."""
    if answer.status == 304:
        return PageSeen(url=answer.url, etag=visit.etag, modified=visit.modified, unchanged=True)
    if answer.status != 200:
        return Missed(why=f"http_{answer.status}", gone=answer.status in _GONE)
    if visit.etag and visit.etag == _mark(answer):
        return PageSeen(url=answer.url, etag=visit.etag, modified=_modified(answer), unchanged=True)
    if is_media(answer.body):
        return PageSeen(
            url=answer.url,
            pictures=(Locator(page_url=answer.url, media_url=answer.url),),
            etag=_mark(answer),
            modified=_modified(answer),
        )
    return None


def asked_of(answer: Answer, visit: Visit) -> Asked:
    """Links are followed within the depth of the list, and to its hosts alone."""
    charset = _CHARSET.search(answer.headers.get("content-type", ""))
    return Asked(
        url=answer.url,
        reading=Reading(visit.kind.value),
        charset=charset[1] if charset else "",
        links=visit.depth < visit.follow_depth,
        hosts=visit.hosts | {authority(visit.url), *([authority(answer.url)] if visit.depth == 0 else [])},
        phrases=visit.phrases,
    )


def page_of(answer: Answer, found: Found, visit: Visit) -> PageSeen:
    return PageSeen(
        url=answer.url,
        pictures=tuple(Locator(page_url=one.page_url, media_url=one.media_url) for one in found.pictures),
        links=tuple(
            Link(url=one.url, kind=PlaceKind(one.reading.value))
            for one in found.links
            if one.url != visit.url
        ),
        invitations=found.invitations,
        phrases=found.phrases,
        etag=_mark(answer),
        modified=_modified(answer),
        cut_short=answer.cut or found.more,
    )


def _mark(answer: Answer) -> str:
    told = answer.headers.get("etag", "")
    if told and len(told) <= _LONGEST_MARK:
        return told
    return _OWN_MARK + blake2b(answer.body, digest_size=16).hexdigest()


def _modified(answer: Answer) -> str:
    told = answer.headers.get("last-modified", "")
    return told if len(told) <= _LONGEST_MARK else ""
