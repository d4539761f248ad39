"""Everything that reads watch lists: what may be visited now, how it goes, and what they brought."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils import timezone

from haetae.common import clock
from haetae.common.sealed import search_digests
from haetae.flow.arrival.watching.models import (
    WatchEngine,
    WatchFind,
    WatchLead,
    WatchList,
    WatchPlace,
    WatchStop,
    WatchTally,
)
from haetae.flow.arrival.watching.states import State
from haetae.flow.arrival.watching.visits.rules import SILENT_AFTER
from haetae.law.packs import load_pack

_LATELY = timedelta(minutes=5)


def bases_on(day: date) -> list[str]:
    """Ids of the legal bases of this country that hold on that day, in the order of its pack."""
    return [one.basis_id for one in load_pack(settings.JURISDICTION).legal_bases if one.covers(day)]


def all_lists() -> QuerySet[WatchList]:
    """What was last changed first."""
    return WatchList.objects.select_related("drafted_by", "confirmed_by").order_by("-changed_at", "pk")


def get_list(list_id: UUID) -> WatchList:
    """Raises WatchList.DoesNotExist."""
    return WatchList.objects.select_related("drafted_by", "confirmed_by", "until_by").get(pk=list_id)


def running_list(name: str) -> WatchList | None:
    """The list of this name that has not ended, if there is one."""
    rows = WatchList.objects.filter(name_digest__in=search_digests(name.strip()))
    return rows.exclude(state=State.ENDED).first()


def stop_in_force() -> WatchStop | None:
    """Why all lists stand still now, or None."""
    return WatchStop.objects.select_related("by").filter(ended_at=None).first()


def lists_to_visit() -> Sequence[UUID]:
    """Those that are on, and whose time is not over; none while all stand still."""
    if stop_in_force() is not None:
        return []
    rows = WatchList.objects.filter(state=State.ON, until__gt=clock.now())
    return list(rows.values_list("pk", flat=True))


def due_now(list_ids: Sequence[UUID]) -> int:
    """How many places of these lists are due."""
    return _due(list_ids, now=clock.now()).count()


def oldest_due_at(list_ids: Sequence[UUID]) -> datetime | None:
    """Since when the place that has waited longest is due; also one that an engine has on its way."""
    found: datetime | None = _due(list_ids, now=clock.now()).aggregate(oldest=Min("due_at"))["oldest"]
    return found


def is_anything_due(list_ids: Sequence[UUID]) -> bool:
    return _due(list_ids, now=clock.now()).exists()


def places_in_turn(watch_list: WatchList, *, most: int) -> Sequence[WatchPlace]:
    """The places of a list in the order in which they are visited; what is gone is not among them."""
    rows = WatchPlace.objects.filter(watch_list=watch_list, gone_at=None)
    return list(rows.order_by("rank", "due_at", "pk")[:most])


def places_of(place_ids: Sequence[UUID]) -> Sequence[WatchPlace]:
    """With their lists, in the order of the ids."""
    found = {row.pk: row for row in WatchPlace.objects.select_related("watch_list").filter(pk__in=place_ids)}
    return [found[one] for one in place_ids if one in found]


def leads_of(watch_list: WatchList, *, most: int) -> Sequence[WatchLead]:
    """Invitations that its pages name, the newest first."""
    return list(watch_list.leads.order_by("-last_at", "pk")[:most])


def finds_of(watch_list: WatchList, *, most: int) -> Sequence[WatchFind]:
    """What it brought, the newest first."""
    return list(watch_list.finds.order_by("-at", "pk")[:most])


def is_named_by_phrases(sighting_id: UUID) -> bool:
    """Whether words of the agency stood where a list found it: that ranks it, and does nothing else."""
    return WatchFind.objects.filter(sighting_id=sighting_id, phrases__gt=0).exists()


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How one list goes. `today` are its tallies of today; `misses` those of them that showed nothing, by code."""

    places: int
    waiting: int  # never visited so far
    due: int
    gone: int
    oldest_due_at: datetime | None
    leads: int
    finds: int
    today: Mapping[str, int]

    @property
    def misses(self) -> dict[str, int]:
        found = {code.partition(":")[2]: n for code, n in self.today.items() if code.startswith("missed:")}
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    @property
    def visited(self) -> int:
        return self.places - self.waiting


def progress_of(watch_list: WatchList) -> Progress:
    now = clock.now()
    here = Q(gone_at=None)
    # What is not on is due to nobody.
    due = here & Q(due_at__lte=now, watch_list__state=State.ON)
    found = WatchPlace.objects.filter(watch_list=watch_list).aggregate(
        places=Count("pk"),
        waiting=Count("pk", filter=here & Q(visited_at=None)),
        due=Count("pk", filter=due),
        gone=Count("pk", filter=~here),
        oldest_due_at=Min("due_at", filter=due),
    )
    return Progress(
        **found,
        leads=watch_list.leads.count(),
        finds=watch_list.finds.count(),
        today=tallies(day=timezone.localdate(now), list_ids=[watch_list.pk]),
    )


def tallies(*, day: date, list_ids: Iterable[UUID] | None = None) -> dict[str, int]:
    """What happened on one day, over all lists or these."""
    rows = WatchTally.objects.filter(day=day)
    if list_ids is not None:
        rows = rows.filter(watch_list__in=list(list_ids))
    found: dict[str, int] = defaultdict(int)
    for code, number in rows.values_list("code").annotate(number=Sum("number")):
        found[code] += number
    return dict(sorted(found.items()))


@dataclass(frozen=True, kw_only=True)
class Watching:
    """All lists together, in counts only: what an auditor may read."""

    running: int
    drafts: int
    paused: int
    stopped: bool
    engines: int
    due: int
    oldest_due_at: datetime | None
    pages_per_minute: int
    today: Mapping[str, int]


def watching() -> Watching:
    now, ids = clock.now(), lists_to_visit()
    states = dict(WatchList.objects.values_list("state").annotate(Count("pk")))
    lately = WatchPlace.objects.filter(visited_at__gt=now - _LATELY).count()
    return Watching(
        running=states.get(State.ON, 0),
        drafts=states.get(State.DRAFT, 0),
        paused=states.get(State.PAUSED, 0),
        stopped=stop_in_force() is not None,
        engines=WatchEngine.objects.filter(at__gt=now - SILENT_AFTER).count(),
        due=due_now(ids),
        oldest_due_at=oldest_due_at(ids),
        pages_per_minute=round(lately / (_LATELY.total_seconds() / 60)),
        today=tallies(day=timezone.localdate(now)),
    )


def _due(list_ids: Sequence[UUID], *, now: datetime) -> QuerySet[WatchPlace]:
    return WatchPlace.objects.filter(watch_list__in=list_ids, gone_at=None, due_at__lte=now)
