"""Whose turn it is: one visit to a host at a time, a pause after each, none to a host that is left alone. Pure.

Times are monotonic seconds that the caller gives.
"""

import heapq
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from haetae.common.outbound import Origin
from haetae.connectors.crawling.base import Missed, Politeness, Visit
from haetae.connectors.crawling.robots import Rules

MOST_WAITING: Final = 8  # visits to one host; the rest comes back to whoever remembers
MOST_HOSTS: Final = 4_096
MOST_RESTING: Final = 4 * MOST_HOSTS  # those left alone on purpose with them
MOST_RULES_BYTES: Final = 32 * 1_048_576
LONGEST_REST_S: Final = 86_400
FIRST_REST_S: Final = 30
ASKED_ENOUGH: Final = 5  # refusals in a row after which a host has banned us
SILENT_ENOUGH: Final = 3  # visits in a row without any answer after which a host rests
BAN_S: Final = LONGEST_REST_S


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One address to be asked for a visit: its own, or where a redirect led.

    `origins` are those that may be reached wherever they lie: an administrator's for an address of the list, and for
    a redirect the one that it stays within.
    """

    visit: Visit
    url: str
    origins: frozenset[Origin] = frozenset()
    hops: int = 0


@dataclass(kw_only=True)
class Host:
    """What is known of one host. `refused` and `silent` count in a row; `resting` says why it is left alone."""

    name: str
    ready_at_s: float = 0.0
    busy: bool = False
    queued: bool = False
    waiting: deque[Leg] = field(default_factory=deque)
    rules: Rules | None = None
    rules_until_s: float = 0.0
    rests: int = 0
    refused: int = 0
    silent: int = 0
    resting_until_s: float = 0.0
    resting: str = ""


class Turns:
    """All hosts of one crawl. At most one leg of a host is out at any time."""

    def __init__(self, politeness: Politeness) -> None:
        self._politeness = politeness
        self._hosts: OrderedDict[str, Host] = OrderedDict()
        self._ready: list[tuple[float, int, Host]] = []
        self._number = 0
        self._rules_bytes = 0
        self._now_s = 0.0
        self.out = 0

    @property
    def hosts_at_hand(self) -> int:
        """Hosts with somebody out or waiting."""
        return self.out + len(self._ready)

    @property
    def waiting(self) -> bool:
        return bool(self._ready)

    def host(self, name: str) -> Host:
        known = self._hosts.get(name)
        if known is None:
            known = self._hosts[name] = Host(name=name)
            self._forget_some()
        self._hosts.move_to_end(name)
        return known

    def add(self, leg: Leg, *, host: Host, first: bool = False) -> float | None:
        """Let it wait. Gives the seconds after which to come again where too many are waiting already."""
        if len(host.waiting) >= MOST_WAITING and not first:
            return len(host.waiting) * self.pause_s(host)
        if first:
            host.waiting.appendleft(leg)
        else:
            host.waiting.append(leg)
        self._queue(host)
        return None

    def next(self, *, now_s: float) -> Host | None:
        """A host that may be asked now and has somebody waiting; it is busy until done()."""
        self._now_s = now_s
        if not self._ready or self._ready[0][0] > now_s:
            return None
        host = heapq.heappop(self._ready)[2]
        host.queued = False
        host.busy = True
        self.out += 1
        return host

    def next_at_s(self) -> float | None:
        """When the next host may be asked; None when nobody waits for one that is free."""
        return self._ready[0][0] if self._ready else None

    def done(self, host: Host, *, now_s: float, asked: bool) -> None:
        """Nobody is out at this host any more. `asked`: it was spoken to, so that the pause begins."""
        host.busy = False
        self.out -= 1
        if asked:
            host.ready_at_s = now_s + self.pause_s(host)
        if host.waiting:
            self._queue(host)

    def take_all(self) -> Iterator[Leg]:
        """Everybody who still waits, with nobody waiting afterwards."""
        self._ready.clear()
        for host in self._hosts.values():
            host.queued = False
            yield from self.take(host)

    def take(self, host: Host) -> list[Leg]:
        taken = list(host.waiting)
        host.waiting.clear()
        return taken

    def pause_s(self, host: Host) -> float:
        asked_s = host.rules.pause_s if host.rules else 0.0
        return max(self._politeness.pause_s, min(asked_s, self._politeness.longest_pause_s))

    def keep_rules(self, host: Host, rules: Rules, *, until_s: float) -> None:
        self._rules_bytes += rules.size_bytes - (host.rules.size_bytes if host.rules else 0)
        host.rules, host.rules_until_s = rules, until_s
        self._forget_some()

    def answered(self, host: Host) -> None:
        """It answered as hosts do."""
        host.refused = host.silent = host.rests = 0

    def rest(self, host: Host, *, now_s: float, why: str, asked_s: int | None = None) -> Missed:
        """Leave the host alone: as long as it asks, or longer each time. Gives what its visits are told meanwhile."""
        own_s = min(FIRST_REST_S * 2 ** min(host.rests, 16), LONGEST_REST_S)
        host.rests += 1
        rest_s = min(LONGEST_REST_S, own_s if asked_s is None else max(asked_s, 1))
        host.resting, host.resting_until_s = why, now_s + rest_s
        return Missed(why=why, retry_after_s=rest_s)

    def refuses(self, host: Host, *, now_s: float, why: str, asked_s: int | None) -> Missed:
        """403, 429 or 503. Too many in a row are a ban, which is kept to."""
        host.refused += 1
        if host.refused >= ASKED_ENOUGH:
            return self.rest(host, now_s=now_s, why="banned", asked_s=BAN_S)
        if why == "http_403":  # one page may be closed while the others are open
            return Missed(why=why)
        return self.rest(host, now_s=now_s, why=why, asked_s=asked_s)

    def is_silent(self, host: Host, *, now_s: float, why: str) -> Missed:
        """No answer at all. After a few in a row the host rests."""
        host.silent += 1
        if host.silent >= SILENT_ENOUGH:
            return self.rest(host, now_s=now_s, why=why)
        return Missed(why=why)

    def why_resting(self, host: Host, *, now_s: float) -> Missed | None:
        """What its visits are told while it is left alone; None where it may be asked."""
        left_s = host.resting_until_s - now_s
        return Missed(why=host.resting, retry_after_s=max(1, round(left_s))) if left_s > 0 else None

    def _queue(self, host: Host) -> None:
        if host.busy or host.queued:
            return
        host.queued = True
        self._number += 1
        heapq.heappush(self._ready, (host.ready_at_s, self._number, host))

    def _forget_some(self) -> None:
        """The longest unseen first; who is at hand, or left alone on purpose, is kept as long as there is room."""
        if len(self._hosts) <= MOST_HOSTS and self._rules_bytes <= MOST_RULES_BYTES:
            return
        is_full = len(self._hosts) > MOST_RESTING
        for name, host in list(islice(self._hosts.items(), MOST_HOSTS // 4)):
            if host.busy or host.queued:
                continue
            self._rules_bytes -= host.rules.size_bytes if host.rules else 0
            host.rules = None
            if is_full or host.resting_until_s <= self._now_s:
                del self._hosts[name]
