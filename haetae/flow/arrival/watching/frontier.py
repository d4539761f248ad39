"""Who remembers for the engine that visits: hands out what is due, and keeps what was seen (connectors.crawling)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import DataError, connection

from haetae.common import clock
from haetae.common.ids import new_id
from haetae.connectors.crawling.base import Missed, PageSeen, PlaceKind, Visit
from haetae.flow.arrival.watching import queries
from haetae.flow.arrival.watching.models import WatchPlace
from haetae.flow.arrival.watching.states import Kind
from haetae.flow.arrival.watching.visits import actions
from haetae.flow.arrival.watching.visits.actions import Shown
from haetae.flow.arrival.watching.visits.rules import BEATS_EVERY

log = structlog.get_logger(__name__)


class DatabaseFrontier:
    """One engine's view of all watch lists. Its calls write through: what they return has been kept.

    `found` counts the pictures that were new to us. In `one_pass` no place is visited twice. Called from one thread
    at a time.
    """

    def __init__(self, *, one_pass: bool = False) -> None:
        self._not_since = clock.now() if one_pass else None
        self.engine = new_id()
        self.found = 0
        self._beat_at: datetime | None = None

    def due(self, *, at_most: int) -> Sequence[Visit]:
        """The riskiest first. Of one host no more than can be visited politely, and no host of another engine."""
        self._beat()
        list_ids = queries.lists_to_visit()
        if not list_ids or not queries.is_anything_due(list_ids):
            return []
        given = actions.hand_out(
            engine=self.engine, list_ids=list_ids, at_most=at_most, not_since=self._not_since
        )
        return [_visit(place) for place in queries.places_of(given)]

    def saw(self, visit: Visit, page: PageSeen) -> None:
        self._beat()
        try:
            self.found += actions.seen(place_id=visit.id, engine=self.engine, shown=_shown(page))
        except (
            DataError,
            ValueError,
        ) as problem:  # one page that cannot be kept must not end the watching of all
            log.warning("watching.not_kept", kind=type(problem).__name__)
            actions.missed(
                place_id=visit.id, engine=self.engine, why="engine_error", retry_after_s=None, gone=False
            )

    def missed(self, visit: Visit, why: Missed) -> None:
        self._beat()
        actions.missed(
            place_id=visit.id,
            engine=self.engine,
            why=why.why,
            retry_after_s=why.retry_after_s,
            gone=why.gone,
        )

    def later(self, visit: Visit, *, after_s: float) -> None:
        """Not visited now, and no miss: its turn comes again then."""
        actions.later(place_id=visit.id, engine=self.engine, after=timedelta(seconds=max(0.0, after_s)))

    def close(self) -> None:
        """This engine ends: what it still had is free at once, and this thread lets go of the database."""
        actions.let_go(engine=self.engine)
        connection.close()

    def _beat(self) -> None:
        now = clock.now()
        if self._beat_at is None or not timedelta() <= now - self._beat_at < BEATS_EVERY:
            actions.beat(engine=self.engine, at=now)
            self._beat_at = now


def _visit(place: WatchPlace) -> Visit:
    watch_list = place.watch_list
    return Visit(
        id=place.pk,
        url=place.url,
        kind=PlaceKind(place.kind),
        depth=place.depth,
        follow_depth=watch_list.follow_depth,
        hosts=frozenset(watch_list.hosts.split()),
        phrases={
            phrase_id(number): text for number, text in enumerate(watch_list.phrases.splitlines(), start=1)
        },
        etag=place.etag,
        modified=place.modified,
    )


def phrase_id(number: int) -> str:
    """How a phrase of a list is called in records: by its line, never by its words."""
    return f"p{number}"


def _shown(page: PageSeen) -> Shown:
    """What holds a sign that no address and no mark of a page can hold is left out; the rest of the page counts."""
    return Shown(
        pictures=[
            (one.page_url, one.media_url)
            for one in page.pictures
            if _is_sound(one.page_url) and _is_sound(one.media_url)
        ],
        links=[(one.url, Kind(one.kind.value)) for one in page.links if _is_sound(one.url)],
        invitations=[one for one in page.invitations if _is_sound(one)],
        phrases=page.phrases,
        etag=page.etag if _is_sound(page.etag) else "",
        modified=page.modified if _is_sound(page.modified) else "",
        unchanged=page.unchanged,
        cut_short=page.cut_short,
    )


def _is_sound(text: str) -> bool:
    return all(sign >= " " and not "\ud800" <= sign <= "\udfff" for sign in text)
