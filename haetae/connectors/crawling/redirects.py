"""Where an answer leads on, judged by the door's own rule, and whether a visit may follow. Pure."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from haetae.common.outbound import Origin, RefusedByRule, next_target, parse_target
from haetae.connectors.crawling.base import Missed
from haetae.connectors.crawling.handler import Answer
from haetae.connectors.crawling.turns import Leg
from haetae.pages.addresses import authority, is_within
from haetae.pages.private import why_private

MOST_HOPS: Final = 3
_STATUSES: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, kw_only=True)
class Onward:
    """`origins`: the registered one that the redirect stays within, or none."""

    url: str
    origins: frozenset[Origin]


def robots_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def onward(answer: Answer, *, origins: frozenset[Origin]) -> Onward | Missed | None:
    """Where a redirect leads; Missed where the door's rule forbids it, None where there is none."""
    location = answer.headers.get("location")
    if answer.status not in _STATUSES or location is None:
        return None
    try:
        previous = parse_target(answer.url, allowed_origins=origins)
        target = next_target(previous=previous, locations=(location.encode("latin-1"),))
    except RefusedByRule as refusal:
        return Missed(why=f"refused_redirect_{refusal.code}")
    return Onward(url=target.url, origins=frozenset({target.origin}) if target.registered else frozenset())


def leg_after(leg: Leg, onward: Onward) -> Leg | Missed:
    """The next leg of the same visit. A link of a list stays where the list may go; the list's own place may move.

    Neither moves into a private room, nor to an invitation to one.
    """
    if leg.hops >= MOST_HOPS:
        return Missed(why="too_many_hops")
    if why_private(onward.url) is not None:
        return Missed(why="private")
    visit = leg.visit
    if visit.depth > 0 and not is_within(onward.url, hosts=visit.hosts | {authority(visit.url)}):
        return Missed(why="outside")
    return replace(leg, url=onward.url, origins=onward.origins, hops=leg.hops + 1)
