"""One visit to a public page, as a stranger and without an account, through the safe door. For jobs alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from haetae.agencies.investigation.evidence.capture.recording import Exchange, Picture
from haetae.agencies.investigation.evidence.capture.stripping import is_text, without_imagery
from haetae.common import clock
from haetae.common.outbound import (
    Fetched,
    NetworkFailure,
    Origin,
    RefusedByRule,
    Target,
    fetch,
    next_target,
    parse_target,
)
from haetae.connectors import reading
from haetae.connectors.markup import tags

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 3
_MOST_PICTURES: Final = 20
_TEXT_TYPES: Final = ("text/", "application/xhtml+xml", "application/json", "application/xml")
# All pictures together: a deletion may wait for this visit.
_PICTURES_WITHIN: Final = timedelta(seconds=30)


class NotCapturedError(Exception):
    """`code` says why there is nothing to keep: `http_404`, `login_page`, `refused_...`, `network_...`, `no_text`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Every exchange in order, the last one being the page; what is known of its pictures."""

    exchanges: Sequence[Exchange]
    pictures: Sequence[Picture]

    @property
    def page(self) -> Exchange:
        return self.exchanges[-1]

    def seen(self) -> dict[str, Any]:
        """As the manifest says it."""
        page = self.page
        return {
            "address": page.url,
            "redirects": len(self.exchanges) - 1,
            "status": page.status,
            "content_type": page.headers.get("content-type", ""),
            "received_sha256": page.received_sha256,
            "received_bytes": page.received_bytes,
            "taken_out": page.taken_out,
            "pictures": [one.told() for one in self.pictures],
        }


def visit(address: str, *, origins: frozenset[Origin] = frozenset()) -> Visit:
    """Follows redirects, each judged by the rules of the door. Raises NotCapturedError."""
    try:
        return _visit(address, origins)
    except RefusedByRule as refused:
        raise NotCapturedError(f"refused_{refused.code}") from refused
    except NetworkFailure as failure:
        raise NotCapturedError(f"network_{failure.code}") from failure


def _visit(address: str, origins: frozenset[Origin]) -> Visit:
    target, exchanges, answer = parse_target(address, allowed_origins=origins), list[Exchange](), None
    while answer is None or (answer.status in _REDIRECTS and "location" in answer.headers):
        if answer is not None:
            if len(exchanges) > _MOST_REDIRECTS:
                raise NotCapturedError("refused_too_many_redirects")
            target = next_target(previous=target, locations=(answer.headers["location"].encode("latin-1"),))
        answer = _get(target)
        exchanges.append(_exchange(answer))
    if answer.status != 200:
        raise NotCapturedError(f"http_{answer.status}")
    hops = tuple(hop for one in exchanges for hop in [replace(answer.hops[0], url=one.url)])
    if reading.is_login(replace(answer, hops=hops)):
        raise NotCapturedError("login_page")
    if reading.is_media(answer.body):
        return Visit(exchanges=exchanges, pictures=[_picture(answer)])
    if not _is_kept(answer):
        raise NotCapturedError("no_text")
    return Visit(exchanges=exchanges, pictures=_pictures(answer, target))


def _get(target: Target) -> Fetched:
    allowed = frozenset({target.origin}) if target.registered else frozenset()
    return fetch(target.url, allowed_origins=allowed, follow_redirects=False)


def _exchange(answer: Fetched) -> Exchange:
    stripped = without_imagery(answer.body if _is_kept(answer) else b"")
    return Exchange(
        url=answer.url,
        peer=answer.peer,
        sent=answer.sent,
        status=answer.status,
        headers=answer.headers,
        body=stripped.body,
        received_sha256=hashlib.sha256(answer.body).hexdigest(),
        received_bytes=len(answer.body),
        taken_out=stripped.taken_out,
        at=clock.now(),
    )


def _is_kept(answer: Fetched) -> bool:
    """Text alone, by what it is and by what it says it is."""
    kind = answer.headers.get("content-type", "text/html").lower().lstrip()
    return kind.startswith(_TEXT_TYPES) and is_text(answer.body)


def _pictures(page: Fetched, target: Target) -> list[Picture]:
    """Each is fetched into memory, hashed, and forgotten."""
    named = dict.fromkeys(reading.pictures_named(list(tags(page.body)), base=page.url))
    ends_at = clock.now() + _PICTURES_WITHIN
    found = []
    for url in list(named)[:_MOST_PICTURES]:
        if clock.now() > ends_at:
            found.append(Picture(url=url, at=clock.now(), why_not="no_time"))
            continue
        try:
            # A picture may lie within the same registered origin, and else at public addresses only.
            own = frozenset({target.origin}) if target.registered else frozenset()
            found.append(replace(_picture(fetch(url, allowed_origins=own)), url=url))
        except (RefusedByRule, NetworkFailure) as failure:
            found.append(Picture(url=url, at=clock.now(), why_not=str(failure.code)))
    return found


def _picture(answer: Fetched) -> Picture:
    return Picture(
        url=answer.url,
        at=clock.now(),
        status=answer.status,
        headers=answer.headers,
        size_bytes=len(answer.body),
        sha256=hashlib.sha256(answer.body).hexdigest(),
    )
