"""Reads at which places people decide, and why."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Min, QuerySet, Sum

from haetae.common import clock
from haetae.common.sealed import search_digests, search_digests_of
from haetae.detect.finding import ReasonCode
from haetae.flow.by_hand import rules
from haetae.flow.by_hand.models import HostHour, MarkedPlace, Storm
from haetae.flow.by_hand.states import State


def why_by_hand(urls: Iterable[str], *, of_a_child: bool) -> tuple[ReasonCode, ...]:
    """Why nothing acts by itself at these addresses, of a page and of its picture; empty where machines may act.

    Anybody can make a storm, and a child is never made to wait by one: only an official's mark holds for `of_a_child`,
    what is known as such, whatever a report says.
    """
    known = [url for url in urls if url]
    marked = (ReasonCode.PUBLIC_INTEREST,) if is_marked(known) else ()
    return (*marked, ReasonCode.STORM) if not of_a_child and is_stormed(known) else marked


def is_marked(urls: Iterable[str]) -> bool:
    """Whether a mark covers one of these addresses. One that is about to end still stands."""
    digests = search_digests_of({place for url in urls for place in rules.beginnings(url)})
    return standing_marks().filter(place_digest__in=list(digests)).exists()


def is_stormed(urls: Iterable[str]) -> bool:
    digests = search_digests_of({host for url in urls if (host := rules.host_of(url))})
    return standing_storms(now=clock.now()).filter(host_digest__in=list(digests)).exists()


def standing_marks() -> QuerySet[MarkedPlace]:
    return MarkedPlace.objects.exclude(state=State.ENDED)


def marks() -> QuerySet[MarkedPlace]:
    """All of them, the newest first; what has ended stays readable."""
    rows = MarkedPlace.objects.select_related("marked_by", "end_asked_by", "ended_by")
    return rows.order_by("-marked_at", "pk")


def standing_storms(*, now: datetime) -> QuerySet[Storm]:
    """Those over which nobody has looked yet, and that are not over."""
    return Storm.objects.filter(looked_at=None, last_at__gt=now - rules.QUIET).order_by("began_at")


def newest_storms(*, limit: int) -> Sequence[Storm]:
    return list(Storm.objects.select_related("looked_by").order_by("-began_at")[:limit])


def going_on(host: str, *, now: datetime) -> Storm | None:
    """The storm over this host that is not over, whether anybody has looked or not."""
    rows = Storm.objects.filter(host_digest__in=search_digests(host), last_at__gt=now - rules.QUIET)
    return rows.order_by("began_at").last()


def reports_before(host: str, *, hour: datetime) -> tuple[int, datetime | None]:
    """How many reports named this host in the hours before this one, as far as they count, and the first such hour."""
    rows = HostHour.objects.filter(
        host_digest__in=search_digests(host), hour__lt=hour, hour__gte=hour - rules.BASELINE
    )
    found = rows.aggregate(reports=Sum("reports"), first=Min("hour"))
    return found["reports"] or 0, found["first"]
