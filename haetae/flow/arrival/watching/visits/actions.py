"""Everything that writes visits: handed out to an engine, seen, missed, counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from haetae.common import clock
from haetae.common.sealed import hold, search_digest, search_digests_of
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.queries import places_not_seen_yet
from haetae.flow.arrival.states import Source
from haetae.flow.arrival.watching import rules as lists
from haetae.flow.arrival.watching.models import (
    WatchEngine,
    WatchFind,
    WatchHost,
    WatchLead,
    WatchList,
    WatchPlace,
)
from haetae.flow.arrival.watching.placing import actions as placing
from haetae.flow.arrival.watching.states import Kind, State
from haetae.flow.arrival.watching.visits import rules
from haetae.flow.arrival.watching.visits.rules import Rhythm

# The riskiest first, at most so many of one host, and no host with which another engine that lives speaks.
_HAND_OUT = """
WITH on_way AS (
  SELECT host_id, count(*) AS number FROM arrival_watchplace
  WHERE engine = ANY(%(living)s::uuid[]) AND leased_until > %(now)s GROUP BY host_id
), due AS (
  SELECT place.id, place.host_id, place.rank, place.due_at,
         row_number() OVER (PARTITION BY place.host_id ORDER BY place.rank, place.due_at) AS turn
  FROM arrival_watchplace place
  WHERE place.gone_at IS NULL AND place.due_at <= %(now)s AND place.watch_list_id = ANY(%(lists)s::uuid[])
    AND (place.visited_at IS NULL OR place.visited_at < %(not_since)s)
    AND (place.engine IS NULL OR place.leased_until <= %(now)s OR NOT place.engine = ANY(%(living)s::uuid[]))
)
SELECT due.id FROM due JOIN arrival_watchhost host ON host.id = due.host_id
LEFT JOIN on_way ON on_way.host_id = due.host_id
WHERE due.turn + coalesce(on_way.number, 0) <= %(at_one_host)s
  AND (host.engine IS NULL OR host.engine = %(engine)s OR NOT host.engine = ANY(%(living)s::uuid[]))
ORDER BY due.rank, due.due_at, due.id LIMIT %(most)s
FOR UPDATE OF host SKIP LOCKED
"""
_TALLY = """
INSERT INTO arrival_watchtally AS tally (watch_list_id, day, code, number) VALUES {rows}
ON CONFLICT (watch_list_id, day, code) DO UPDATE SET number = tally.number + EXCLUDED.number
"""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What one visit showed, as far as it is kept. `pictures` are page and media; `links` lead further."""

    pictures: Sequence[tuple[str, str]] = ()
    links: Sequence[tuple[str, Kind]] = ()
    invitations: Sequence[str] = ()
    phrases: frozenset[str] = frozenset()
    etag: str = ""
    modified: str = ""
    unchanged: bool = False
    cut_short: bool = False


def beat(*, engine: UUID, at: datetime) -> None:
    """This engine lives. What is left of engines that have long been silent is swept away."""
    WatchEngine.objects.update_or_create(
        pk=engine, defaults={"at": at}, create_defaults={"at": at, "began_at": at}
    )
    WatchEngine.objects.filter(at__lt=at - timedelta(days=1)).exclude(pk=engine).delete()


def let_go(*, engine: UUID) -> None:
    """This engine ends in order: what it had is free at once."""
    WatchPlace.objects.filter(engine=engine).update(engine=None, leased_until=None)
    WatchHost.objects.filter(engine=engine).update(engine=None)
    WatchEngine.objects.filter(pk=engine).delete()


@transaction.atomic
def hand_out(
    *, engine: UUID, list_ids: Sequence[UUID], at_most: int, not_since: datetime | None = None
) -> list[UUID]:
    """Give this engine what is due, the riskiest first. `list_ids` are those that may be visited now.

    With `not_since` nothing that was visited since then: one pass ends, however short the lists' pauses are.
    """
    now = clock.now()
    living = list(WatchEngine.objects.filter(at__gt=now - rules.SILENT_AFTER).values_list("pk", flat=True))
    asked: dict[str, Any] = {
        "now": now,
        "engine": engine,
        "living": living,
        "lists": list(list_ids),
        "at_one_host": rules.AT_ONE_HOST,
        "most": at_most,
        "not_since": not_since or now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HAND_OUT, asked)
        given = [row[0] for row in cursor.fetchall()]
    places = WatchPlace.objects.filter(pk__in=given)
    WatchHost.objects.filter(pk__in=places.values("host_id")).update(engine=engine)
    places.update(engine=engine, leased_until=now + rules.LEASE)
    return given


@transaction.atomic
def seen(*, place_id: UUID, engine: UUID, shown: Shown) -> int:
    """Keep what a visit showed; returns how many pictures were new to us.

    Nothing is kept of a visit that was handed to another engine meanwhile, nor of a list that is over.
    """
    place = _mine(place_id, engine)
    if place is None:
        return 0
    watch_list, now, counted = place.watch_list, clock.now(), Counter[str]()
    counted["visited"] += 1
    counted["unchanged" if shown.unchanged else "seen"] += 1
    counted["cut_short"] += int(shown.cut_short)
    found = 0
    if not shown.unchanged:
        place.phrases = sorted(shown.phrases)[: lists.PHRASES_MOST]
        place.pictures = len(shown.pictures)
        counted["pictures"] += len(shown.pictures)
        found = _register(place, shown.pictures, counted=counted, at=now)
        counted["leads"] += _keep_leads(place, shown.invitations, at=now)
        placing.follow(place, shown.links, counted=counted, at=now)
    place.etag, place.modified = shown.etag[:300] or place.etag, shown.modified[:100] or place.modified
    if counted["left_out:pictures"]:
        place.etag = place.modified = ""  # the page is asked for whole again, changed or not
    place.unchanged = place.unchanged + 1 if shown.unchanged or not found else 0
    place.misses, place.last_code = 0, "unchanged" if shown.unchanged else "seen"
    place.rank = placing.rank_now(place)
    _back(place, at=now, after=rules.after_a_visit(_rhythm(place), unchanged=place.unchanged))
    _tally(watch_list, counted, at=now)
    return found


@transaction.atomic
def missed(*, place_id: UUID, engine: UUID, why: str, retry_after_s: int | None, gone: bool) -> None:
    """A visit showed nothing: the next one comes later, or never where a followed page is gone."""
    place = _mine(place_id, engine)
    if place is None:
        return
    now, counted = clock.now(), Counter[str]()
    counted["visited"] += 1
    counted[f"missed:{why[:64]}"] += 1
    place.misses, place.last_code = place.misses + 1, why[:64]
    if gone:
        if now - place.found_at < rules.QUICKLY and place.pictures:
            placing.watch_closely(place.host, at=now)
            counted["vanished"] += 1
            place.vanishes = True
        if not place.named:
            place.gone_at = now
    place.rank = placing.rank_now(place)
    pause = rules.after_a_miss(_rhythm(place), misses=place.misses, retry_after_s=retry_after_s)
    _back(place, at=now, after=pause)
    _tally(place.watch_list, counted, at=now)


@transaction.atomic
def later(*, place_id: UUID, engine: UUID, after: timedelta) -> None:
    """Not visited after all, and no miss: its host rests, or the engine stops."""
    place = _mine(place_id, engine)
    if place is not None:
        place.engine, place.leased_until = None, None
        place.due_at = max(place.due_at, clock.now() + min(after, rules.LONGEST_PAUSE))
        place.save(update_fields=["engine", "leased_until", "due_at"])


def _mine(place_id: UUID, engine: UUID) -> WatchPlace | None:
    rows = WatchPlace.objects.select_for_update(of=("self",)).select_related("watch_list", "host")
    place = rows.filter(pk=place_id, engine=engine).first()
    if place is not None and (place.watch_list.state == State.ENDED or place.watch_list.until <= clock.now()):
        WatchPlace.objects.filter(pk=place_id).update(engine=None, leased_until=None)
        return None
    return place


def _back(place: WatchPlace, *, at: datetime, after: timedelta) -> None:
    place.engine, place.leased_until = None, None
    place.visited_at, place.due_at = at, at + after
    place.save()


def _register(
    place: WatchPlace, pictures: Sequence[tuple[str, str]], *, counted: Counter[str], at: datetime
) -> int:
    """What nobody has sighted yet, each once and so many a day; returns how many.

    What is known already costs one question for the whole page.
    """
    pages = {
        media: page
        for page, media in pictures[: rules.PICTURES_PER_PAGE]
        if lists.why_not_a_place(media) is None and lists.why_not_a_place(page) is None
    }
    unseen = sorted(places_not_seen_yet(pages)) if pages else []
    new = unseen[: _room_today(place, at=at)] if unseen else []
    counted["found"] += len(new)
    counted["left_out:pictures"] += len(unseen) - len(new)
    for media in new:
        sighting_id = register_sighting(page_url=pages[media], media_url=media, source=Source.WATCH)
        WatchFind.objects.get_or_create(
            sighting_id=sighting_id,
            defaults={
                "watch_list_id": place.watch_list_id,
                "place": place,
                "kind": place.kind,
                "phrases": len(place.phrases),
                "at": at,
            },
        )
    return len(new)


def _room_today(place: WatchPlace, *, at: datetime) -> int:
    """How many new pictures this place, and its list, may still bring on this day."""
    day = timezone.localdate(at)
    begins = datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())
    by_place = WatchFind.objects.filter(place=place, at__gte=begins).count()
    by_list = place.watch_list.tallies.filter(day=day, code="found").aggregate(all=Sum("number"))["all"] or 0
    return max(0, min(rules.NEW_PER_PLACE_A_DAY - by_place, rules.NEW_PER_LIST_A_DAY - by_list))


def _keep_leads(place: WatchPlace, invitations: Sequence[str], *, at: datetime) -> int:
    """Invitations are written down and never followed; returns how many were not known on this list."""
    if not invitations:
        return 0
    hold(f"watch list {place.watch_list_id}")
    by_digest = search_digests_of(invitations[: rules.LINKS_PER_PAGE])
    known = WatchLead.objects.filter(watch_list_id=place.watch_list_id, digest__in=by_digest)
    old = {by_digest[digest] for digest in known.values_list("digest", flat=True)}
    known.update(last_at=at, pages=F("pages") + 1)
    room = rules.LEADS_PER_LIST - WatchLead.objects.filter(watch_list_id=place.watch_list_id).count()
    new = [one for one in dict.fromkeys(by_digest.values()) if one not in old][: max(0, room)]
    WatchLead.objects.bulk_create(
        WatchLead(
            watch_list_id=place.watch_list_id,
            place=place,
            address=one,
            digest=search_digest(one),
            first_at=at,
            last_at=at,
        )
        for one in new
    )
    return len(new)


def _rhythm(place: WatchPlace) -> Rhythm:
    return Rhythm(every_s=place.watch_list.every_s, named=place.named, vanishes=place.vanishes)


def _tally(watch_list: WatchList, counted: Counter[str], *, at: datetime) -> None:
    """One statement for all codes, which always come in the same order: two engines never wait for each other."""
    day = timezone.localdate(at)
    rows = [(watch_list.pk, day, code[:80], number) for code, number in sorted(counted.items()) if number]
    values: list[Any] = list(chain.from_iterable(rows))
    with connection.cursor() as cursor:
        cursor.execute(_TALLY.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(rows))), values)
