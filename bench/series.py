"""Posts pictures on the sandbox platform and finds in the record what became of each. Needs Django to be ready."""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bench import database, processor
from bench.timing import ACCEPTED, BY_EVENT, POSTED, Course, difference
from haetae.audit.models import Event
from haetae.audit.queries import newest_event_id
from haetae.common import clock
from haetae.common.outbound import Origin, fetch
from haetae.flow import overview
from haetae.flow.arrival.queries import sighting_at

_GLANCE_PAUSE_S = 0.5  # seldom, so that waiting costs the measured processes little
_PATIENCE_S = 60.0  # without one more picture that is verified


class PlatformError(Exception):
    """The sandbox platform did not publish a picture."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """What came of pictures that were posted one after the other.

    `used_s`: processor seconds by process; `others_s`: those of everything else on the machine meanwhile;
    `counted`: jobs and transactions of the database.
    """

    courses: Sequence[Course]
    posting_s: float
    wall_s: float
    used_s: dict[str, float]
    others_s: float
    counted: dict[str, float]

    @property
    def complete(self) -> list[Course]:
        return [course for course in self.courses if course.complete]


def play(
    pictures: Sequence[bytes],
    *,
    origin: str,
    per_second: float | None,
    seed: int,
    used_s: Callable[[], dict[str, float]],
) -> Series:
    """Post them at this rate, or as fast as the platform takes them, and wait until each is verified or none moves.

    `per_second` is kept on average: each picture has its own slot and comes at a drawn moment within it, so that
    the series does not beat in time with the watching.
    """
    last_event, counted_before = newest_event_id(), database.counts()
    busy_before_s, used_before = processor.busy_s(), used_s()
    began_s = time.monotonic()
    posted = [post(picture, origin=origin) for picture in paced(pictures, per_second=per_second, seed=seed)]
    posting_s = time.monotonic() - began_s
    _wait(len(pictures), after_event=last_event)
    wall_s = time.monotonic() - began_s
    used = difference(used_s(), used_before)
    others_s = max(0.0, processor.busy_s() - busy_before_s - sum(used.values()))
    counted = difference(database.counts(), counted_before)
    return Series(
        courses=[course(media, moments) for media, moments in posted],
        posting_s=posting_s,
        wall_s=wall_s,
        used_s=used,
        others_s=others_s,
        counted=counted,
    )


def paced(pictures: Sequence[bytes], *, per_second: float | None, seed: int) -> Iterator[bytes]:
    draw, began_s = random.Random(seed), time.monotonic()  # noqa: S311 - repeatable on purpose
    for number, picture in enumerate(pictures):
        if per_second is not None:
            due_s = began_s + (number + draw.random()) / per_second
            time.sleep(max(0.0, due_s - time.monotonic()))
        yield picture


def post(picture: bytes, *, origin: str) -> tuple[str, dict[str, datetime]]:
    """The address of the published picture, and when the upload began and was accepted."""
    began = clock.now()
    answer = fetch(
        origin + "/posts", allowed_origins=frozenset({Origin.parse(origin)}), method="POST", content=picture
    )
    accepted = clock.now()
    if answer.status != 201:
        raise PlatformError(f"The sandbox platform answered {answer.status} instead of publishing a picture.")
    return str(json.loads(answer.body)["media"]), {POSTED: began, ACCEPTED: accepted}


def _wait(count: int, *, after_event: int) -> None:
    verified, seen_at_s = 0, time.monotonic()
    while verified < count and time.monotonic() - seen_at_s < _PATIENCE_S:
        time.sleep(_GLANCE_PAUSE_S)
        now_verified = Event.objects.filter(pk__gt=after_event, name=BY_EVENT["verified"]).count()
        if now_verified > verified:
            verified, seen_at_s = now_verified, time.monotonic()


def course(media_url: str, moments: dict[str, datetime]) -> Course:
    """The first event of each kind counts: what is said twice happened the first time."""
    sighting = sighting_at(media_url)
    at: dict[str, datetime] = {}
    for event in overview.detail(sighting.pk).events if sighting else ():
        at.setdefault(event.name, event.at)
    return Course(moments=moments | {moment: at[name] for moment, name in BY_EVENT.items() if name in at})
