"""What is read about holds and terms."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, QuerySet

from haetae.agencies.support.models import Case, CaseLink
from haetae.agencies.support.retention import rules
from haetae.agencies.support.retention.models import Hold
from haetae.agencies.support.retention.states import Part
from haetae.agencies.support.states import Age
from haetae.common import clock
from haetae.flow.arrival.queries import sightings_at
from haetae.flow.removal.models import DeletionRequest
from haetae.law.packs import load_pack
from haetae.law.person.facts import RetentionClass

# Codes of a case that was opened without a request, because somebody who investigates asked for it.
_INVESTIGATING = frozenset({"investigator", "prosecutor"})


def class_of(case: Case) -> RetentionClass:
    """What decides how long everything of this case is kept, its counselling included."""
    asked = getattr(case, "ex_officio", "") in _INVESTIGATING
    return rules.class_of(age=Age(case.age), asked_by_investigators=asked)


def term_of(case: Case) -> rules.Term:
    """Until when it is kept, as it stands now: whatever is told, written or done about a place begins it anew."""
    return rules.term_of(load_pack(), kind=class_of(case), last_at=last_at(case))


def last_at(case: Case) -> datetime:
    """When something last happened in the case, or to one of its places."""
    told = case.texts.aggregate(last=Max("at"))["last"]
    written = case.messages.aggregate(last=Max("at"))["last"]
    reported = case.links.aggregate(last=Max("report__received_at"))["last"]
    places = DeletionRequest.objects.filter(sighting__reports__in=case.links.values("report_id"))
    asked = places.aggregate(last=Max("changed_at"))["last"]
    return rules.last_of([case.opened_at, told, written, reported, asked])


def holds_on(case: Case, *, at: datetime) -> list[Hold]:
    """Those that forbid something at that moment, the one that ends last first."""
    rows = Hold.objects.filter(case=case, ended_at=None, until__gt=at)
    return list(rows.order_by("-until", "pk"))


def held_parts(case: Case, *, at: datetime | None = None) -> frozenset[Part]:
    """What may not be destroyed at that moment, now unless told otherwise."""
    return rules.held(hold.keeps for hold in holds_on(case, at=at or clock.now()))


def standing_holds() -> QuerySet[Hold]:
    """All that stand now, the one that ends first first."""
    return Hold.objects.filter(ended_at=None, until__gt=clock.now()).order_by("until", "pk")


def cases_told_of(link: str) -> Sequence[Case]:
    """The cases in which this very address was told, where it led to a picture: of a page, or of a picture."""
    found = CaseLink.objects.filter(report__sightings__in=sightings_at(link)).values("case_id")
    return list(Case.objects.filter(pk__in=found).order_by("opened_at", "pk"))
