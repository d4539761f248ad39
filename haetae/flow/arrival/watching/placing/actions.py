"""Everything that writes places: those that a list names, those to which links lead, and how many there may be."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Least

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.sealed import hold, search_digest, search_digests_of
from haetae.flow.arrival.watching import rules as lists
from haetae.flow.arrival.watching.models import WatchHost, WatchList, WatchPlace
from haetae.flow.arrival.watching.rules import Named
from haetae.flow.arrival.watching.states import Kind
from haetae.flow.arrival.watching.visits import rules
from haetae.pages.addresses import authority


def name_places(watch_list: WatchList, places: Sequence[Named]) -> None:
    """The places that a list names; part of the draft, which records it."""
    now = clock.now()
    kinds = {one.url.strip(): one for one in places}
    rows = _rows(watch_list, {url: one.kind for url, one in kinds.items()}, depth=0, at=now)
    for url, row in rows.items():
        row.named, row.vanishes = True, kinds[url].vanishes or row.vanishes
        row.rank = rank_now(row)
    WatchPlace.objects.bulk_create(rows.values(), ignore_conflicts=True)
    WatchList.objects.filter(pk=watch_list.pk).update(size=len(rows))


def visit_named_now(watch_list: WatchList) -> None:
    """Every named place is due at once; part of the change that switches the list on."""
    WatchPlace.objects.filter(watch_list=watch_list).update(due_at=clock.now())


def follow(
    place: WatchPlace, links: Sequence[tuple[str, Kind]], *, counted: Counter[str], at: datetime
) -> None:
    """Links become places of the same list, as far as it may be followed, and as far as there is room."""
    watch_list, depth = place.watch_list, place.depth + 1
    if depth > watch_list.follow_depth or not links:
        return
    allowed = {authority(place.url), *watch_list.hosts.split()}
    open_to_all = {
        url: kind
        for url, kind in links[: rules.LINKS_PER_PAGE]
        if authority(url) in allowed and lists.why_not_a_place(url) is None
    }
    counted["left_out:elsewhere"] += min(len(links), rules.LINKS_PER_PAGE) - len(open_to_all)
    counted["left_out:page"] += max(0, len(links) - rules.LINKS_PER_PAGE)
    if not _not_known(watch_list, open_to_all):
        return
    # Whoever adds to a list holds it, and learns of newer keys before looking once more.
    hold(f"watch list {watch_list.pk}")
    new = {url: open_to_all[url] for url in _not_known(watch_list, open_to_all)}
    if not new:
        return
    rows = _rows(watch_list, new, depth=depth, at=at)
    kept = _with_room(watch_list, list(rows.values()), counted=counted, at=at)
    WatchPlace.objects.bulk_create(kept, ignore_conflicts=True)
    counted["followed"] += len(kept)


def _not_known(watch_list: WatchList, urls: Iterable[str]) -> list[str]:
    """Those that do not stand on this list yet, in the order given."""
    digests = search_digests_of(urls)
    mine = WatchPlace.objects.filter(watch_list=watch_list, url_digest__in=digests)
    known = {digests[digest] for digest in mine.values_list("url_digest", flat=True)}
    return [url for url in dict.fromkeys(digests.values()) if url not in known]


def _with_room(
    watch_list: WatchList, rows: Sequence[WatchPlace], *, counted: Counter[str], at: datetime
) -> list[WatchPlace]:
    """As many as the list, and each host on it, may still have. The first time that is too few is an event."""
    size = (
        WatchList.objects.select_for_update(no_key=True).values_list("size", flat=True).get(pk=watch_list.pk)
    )
    room, at_host = rules.PER_LIST - size, _room_at_hosts(watch_list, rows, size=size)
    kept: list[WatchPlace] = []
    for row in rows:
        if len(kept) < room and at_host[row.host_id] > 0:
            at_host[row.host_id] -= 1
            kept.append(row)
    WatchList.objects.filter(pk=watch_list.pk).update(size=size + len(kept))
    left_out = len(rows) - len(kept)
    counted["left_out:full"] += left_out
    if left_out and watch_list.full_at is None:
        WatchList.objects.filter(pk=watch_list.pk, full_at=None).update(full_at=at)
        record(event="watching.full", subject=watch_list, actor=SYSTEM, facts={"places": size + len(kept)})
    return kept


def _room_at_hosts(watch_list: WatchList, rows: Sequence[WatchPlace], *, size: int) -> dict[UUID, int]:
    """A list that is smaller than what one host may have need not be counted by hosts."""
    hosts, mine = {row.host_id for row in rows}, WatchPlace.objects.filter(watch_list=watch_list)
    if size + len(rows) <= rules.PER_HOST:
        return dict.fromkeys(hosts, len(rows))
    return {host: rules.PER_HOST - mine.filter(host=host).count() for host in hosts}


def _rows(
    watch_list: WatchList, kinds: Mapping[str, Kind], *, depth: int, at: datetime
) -> dict[str, WatchPlace]:
    hosts = _hosts({authority(url) for url in kinds})
    rows = {}
    for url, kind in kinds.items():
        host = hosts[authority(url)]
        row = WatchPlace(
            watch_list=watch_list,
            host=host,
            kind=kind,
            url=url,
            url_digest=search_digest(url),
            depth=depth,
            vanishes=host.vanished > 0,
            due_at=at,
            found_at=at,
        )
        row.rank = rank_now(row)
        rows[url] = row
    return rows


def _hosts(names: Iterable[str]) -> dict[str, WatchHost]:
    wanted = sorted(names)
    found = _hosts_there_are(wanted)
    if len(found) < len(wanted):
        hold("watch hosts")
        found = _hosts_there_are(wanted)
        rows = [WatchHost(digest=search_digest(name)) for name in wanted if name not in found]
        WatchHost.objects.bulk_create(rows, ignore_conflicts=True)
        found = _hosts_there_are(wanted)
    return found


def _hosts_there_are(names: Iterable[str]) -> dict[str, WatchHost]:
    digests = search_digests_of(names)
    return {digests[host.digest]: host for host in WatchHost.objects.filter(digest__in=digests)}


def watch_closely(host: WatchHost, *, at: datetime) -> None:
    """Something was gone soon after we found it there: what the lists name at this host is visited in minutes."""
    WatchHost.objects.filter(pk=host.pk).update(vanished=F("vanished") + 1)
    slow = WatchPlace.objects.filter(host=host, named=True, vanishes=False)
    slow.update(
        vanishes=True, rank=F("rank") - rules.VANISHES, due_at=Least(F("due_at"), Value(at + rules.SOON))
    )


def rank_now(place: WatchPlace) -> int:
    return rules.rank_of(
        vanishes=place.vanishes,
        weight=place.watch_list.weight,
        phrases=len(place.phrases),
        depth=place.depth,
    )
