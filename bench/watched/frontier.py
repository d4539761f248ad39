"""Somebody who remembers, in memory: which addresses are due, and what was seen there."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from haetae.connectors.crawling.base import Missed, PageSeen, PlaceKind, Visit


@dataclass(kw_only=True)
class InMemory:
    """Every address once. `pictures` are the addresses of media, with the page that shows each."""

    follow_depth: int
    todo: deque[Visit] = field(default_factory=deque)
    known: set[int] = field(default_factory=set)
    pictures: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    def add(self, url: str, *, kind: PlaceKind, depth: int = 0) -> None:
        if hash(url) not in self.known:
            self.known.add(hash(url))
            self.todo.append(
                Visit(id=uuid4(), url=url, kind=kind, depth=depth, follow_depth=self.follow_depth)
            )

    def due(self, *, at_most: int) -> Sequence[Visit]:
        return [self.todo.popleft() for _ in range(min(at_most, len(self.todo)))]

    def saw(self, visit: Visit, page: PageSeen) -> None:
        self.pages += 1
        for shown in page.pictures:
            self.pictures.setdefault(shown.media_url, shown.page_url)
        for link in page.links:
            self.add(link.url, kind=link.kind, depth=visit.depth + 1)

    def missed(self, visit: Visit, why: Missed) -> None:  # noqa: ARG002 - the protocol's signature
        self.lost[why.why] += 1

    def later(self, visit: Visit, *, after_s: float) -> None:  # noqa: ARG002 - the protocol's signature
        self.todo.append(visit)
