"""Somebody who remembers, for tests: in memory, and strict about what an engine may do."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from haetae.common.outbound import Origin
from haetae.connectors.crawling.base import Missed, PageSeen, PlaceKind, Politeness, Totals, Visit
from haetae.connectors.crawling.engine import crawl

HURRY = Politeness(pause_s=0.0, at_once=8, longest_pause_s=0.2)


def visit(url: str, **changes: Any) -> Visit:
    return Visit(**{"id": uuid4(), "url": url, "kind": PlaceKind.PAGE} | changes)


@dataclass
class Remembering:
    """Hands out each visit once; what comes back later is handed out again only when `again`."""

    todo: list[Visit]
    seen: dict[str, PageSeen] = field(default_factory=dict)
    lost: dict[str, Missed] = field(default_factory=dict)
    put_off: list[tuple[str, float]] = field(default_factory=list)
    again: bool = False
    asked: int = 0
    _out: set[Any] = field(default_factory=set)
    _thread: int = field(default_factory=threading.get_ident)

    def due(self, *, at_most: int) -> Sequence[Visit]:
        self._here()
        self.asked += 1
        given, self.todo = self.todo[:at_most], self.todo[at_most:]
        self._out |= {one.id for one in given}
        return given

    def saw(self, visit: Visit, page: PageSeen) -> None:
        self._back(visit)
        self.seen[visit.url] = page

    def missed(self, visit: Visit, why: Missed) -> None:
        self._back(visit)
        self.lost[visit.url] = why

    def later(self, visit: Visit, *, after_s: float) -> None:
        self._back(visit)
        self.put_off.append((visit.url, after_s))
        if self.again:
            self.todo.append(visit)

    @property
    def out(self) -> int:
        """Visits handed out of which nothing was heard."""
        return len(self._out)

    def _back(self, visit: Visit) -> None:
        self._here()
        self._out.remove(visit.id)  # KeyError: the engine told twice of one visit

    def _here(self) -> None:
        assert threading.get_ident() == self._thread, (
            "asked in another thread than the one that called crawl()"
        )


def crawled(
    *visits: Visit,
    origins: frozenset[Origin] = frozenset(),
    politeness: Politeness = HURRY,
    again: bool = False,
) -> tuple[Remembering, Totals]:
    """One crawl over these. Whatever happens, nothing of what was handed out may be lost."""
    frontier = Remembering(todo=list(visits), again=again)
    totals = crawl(frontier, politeness=politeness, origins=lambda: origins)
    assert frontier.out == 0
    assert (totals.seen, totals.missed) == (len(frontier.seen), len(frontier.lost))
    return frontier, totals
