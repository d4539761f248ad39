"""Watch lists of two analysts, and a small engine that visits a web made of a dictionary."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.common import clock
from haetae.connectors.base import Locator
from haetae.connectors.crawling.base import Link, Missed, PageSeen, PlaceKind, Visit
from haetae.flow.arrival.watching import actions
from haetae.flow.arrival.watching.actions import Drafter
from haetae.flow.arrival.watching.frontier import DatabaseFrontier
from haetae.flow.arrival.watching.rules import Named, Wanted
from haetae.flow.arrival.watching.states import Kind
from haetae.flow.arrival.watching.visits.actions import let_go
from tests import people
from tests.commission import seat

BOARD = "https://board.example/"
WHY = "It is watched because reports keep leading there."
# Harmless words: the repository holds no others.
PHRASES = ("blue umbrella", "paper boat")

Web = Mapping[str, PageSeen | Missed]


def analyst(person: people.Person = people.ANALYST) -> Official:
    return seat(person, Role.DETECTION_ANALYST, agency="support_centre")


def wanted(*urls: str, **changed: Any) -> Wanted:
    places = [Named(url=url, kind=Kind.PAGE) for url in urls or (BOARD,)]
    known: dict[str, Any] = {
        "name": "Boards of the story",
        "purpose": WHY,
        "basis": "deletion_support",
        "until": clock.now() + timedelta(days=30),
        "places": places,
        "every_s": 30,
    }
    return Wanted(**{**known, **changed})


def drafted(*urls: str, **changed: Any) -> UUID:
    by = Drafter(agency="support_centre", official_id=analyst().pk)
    return actions.draft(wanted(*urls, **changed), by=by, form_key=uuid4())


def switched_on(*urls: str, **changed: Any) -> UUID:
    list_id = drafted(*urls, **changed)
    actions.confirm(list_id=list_id, official_id=analyst(people.SECOND_ANALYST).pk)
    return list_id


def page(
    *pictures: str, links: Sequence[str] = (), at: str = BOARD, kind: PlaceKind = PlaceKind.PAGE, **more: Any
) -> PageSeen:
    return PageSeen(
        url=at,
        pictures=[Locator(page_url=at, media_url=picture) for picture in pictures],
        links=[Link(url=link, kind=kind) for link in links],
        **more,
    )


def visit_all(
    web: Web,
    frontier: DatabaseFrontier | None = None,
    *,
    at_most: int = 4,
    meanwhile: Callable[[Visit], None] | None = None,
) -> list[str]:
    """Visit what is due until nothing is; returns the addresses in the order in which they were visited."""
    engine, visited = frontier or DatabaseFrontier(one_pass=True), []
    while given := engine.due(at_most=at_most):
        for visit in given:
            visited.append(visit.url)
            if meanwhile is not None:
                meanwhile(visit)
            answer = web.get(visit.url, Missed(why="http_404", gone=True))
            if isinstance(answer, Missed):
                engine.missed(visit, answer)
            else:
                engine.saw(visit, answer)
    if frontier is None:
        let_go(engine=engine.engine)  # as `close` does, which would let go of the test's connection too
    return visited
