"""What the engine that looks over watched pages is handed, and what it hands back. It keeps nothing of its own.

The frontier is whoever remembers: which addresses are due, what was seen there, when to come again. A crawl that is
killed has lost nothing but the visits on their way, and those are handed out again when their time is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from haetae.connectors.base import Locator


class PlaceKind(StrEnum):
    """How an address is read. Private chats are none of these: there is no way to name one."""

    PAGE = "page"
    FEED = "feed"  # RSS or Atom
    SITEMAP = "sitemap"
    CHANNEL = "channel"  # what a messenger shows of an open channel to anybody, without an account
    SEARCH = "search"  # what a search engine still suggests or keeps a small copy of


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One address that is due. `etag` and `modified` are what its host said last; `depth` counts links from the list.

    `follow_depth` is how far links may be followed from the list; only to the same host, or to `hosts`.
    `phrases` are the agency's own, by their ids: what is found of them ranks a page and does nothing else.
    """

    id: UUID
    url: str
    kind: PlaceKind
    depth: int = 0
    follow_depth: int = 0
    hosts: frozenset[str] = frozenset()
    phrases: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, kw_only=True)
class Link:
    """Another address worth a visit, as whoever reads the page's markup would follow it."""

    url: str
    kind: PlaceKind


@dataclass(frozen=True, kw_only=True)
class PageSeen:
    """What one visit showed. `url` is where it ended after redirects; no text of the page leaves the engine.

    `unchanged`: the host said so (304), or the bytes are those of `etag`. `phrases` are ids of those that were found.
    `invitations` are addresses of open channels that the page names.
    """

    url: str
    pictures: Sequence[Locator] = ()
    links: Sequence[Link] = ()
    invitations: Sequence[str] = ()
    phrases: frozenset[str] = frozenset()
    etag: str = ""
    modified: str = ""
    unchanged: bool = False
    cut_short: bool = False  # more than a page may hold: read up to the limit, the rest left


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A visit that showed nothing. `why` is a code: robots, http_404, network_timeout, too_many_hops, banned, ...

    `retry_after_s` is the host's word or our own back-off, never more than a day. `gone`: 404 or 410.
    """

    why: str
    retry_after_s: int | None = None
    gone: bool = False


class Frontier(Protocol):
    """Who remembers. Called in the thread that called crawl(), one call at a time; it has kept what it was told."""

    def due(self, *, at_most: int) -> Sequence[Visit]:
        """Hand out visits, the riskiest first, each to one engine at a time; empty when none is due now."""
        ...

    def saw(self, visit: Visit, page: PageSeen) -> None: ...

    def missed(self, visit: Visit, why: Missed) -> None: ...

    def later(self, visit: Visit, *, after_s: float) -> None:
        """Not visited now, and no miss: its host's turn comes only then, or the crawl ends (0)."""
        ...


@dataclass(frozen=True, kw_only=True)
class Politeness:
    """`pause_s` between two visits to one host, unless its robots.txt asks for more; `at_once` over all hosts."""

    pause_s: float = 1.0
    at_once: int = 16
    longest_pause_s: float = 60.0  # a host that asks for more is visited that seldom and no seldomer


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What one crawl did. `by_reason` counts what was missed by its code."""

    visited: int
    seen: int
    missed: int
    pictures: int
    bytes_read: int
    by_reason: Mapping[str, int] = field(default_factory=dict)
