"""Everything that the counsellor's desk reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.db.models.functions import Coalesce
from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.accounts.queries import who_may_on
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.desk import rules
from haetae.agencies.support.desk.states import Part
from haetae.agencies.support.models import Case, CaseHash, CaseLink, CaseOpening, Message
from haetae.agencies.support.queries import waiting_cases
from haetae.agencies.support.states import STOOD_BY, Age, Sender, State
from haetae.common import clock


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A place in the queue; it stays one when the case there has been seen to."""

    rank: int
    waits_since: datetime
    id: UUID


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which of the waiting cases. Everything left alone chooses nothing away."""

    mine: UUID | None = None
    free: bool = False
    minors: bool = False
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Sums:
    all: int
    mine: int
    free: int
    minors: int


def waiting(wanted: Wanted, *, most: int, after: Turn | None = None) -> Sequence[Case]:
    """The first `most` behind `after`, with `link_count`, `hash_count` and `unread_count`. By number: also others."""
    rows = numbered(wanted.number) if wanted.number else _chosen(_waiting(), wanted)
    if after is not None and not wanted.number:
        place = (after.rank, after.waits_since, after.id)
        rows = rows.filter(TupleGreaterThan(Tuple("rank", "waits_since", "pk"), place))
    return list(_counted(rows)[:most])


def with_counts(case_id: UUID) -> Case | None:
    """One case, counted in the same way."""
    return _counted(Case.objects.filter(pk=case_id).select_related("recovery_by")).first()


def _counted(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Counted for each row that is shown: joined, all links of all cases would be read first."""
    unread = Message.objects.filter(sender=Sender.PERSON, seen_at=None)
    return rows.select_related("counsellor").annotate(
        link_count=_number_of(CaseLink.objects.all()),
        hash_count=_number_of(CaseHash.objects.all()),
        unread_count=_number_of(unread),
    )


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    of_the_case = rows.filter(case=OuterRef("pk")).order_by().values("case")
    return Coalesce(Subquery(of_the_case.annotate(number=Count("pk")).values("number")), 0)


def numbered(digits: str) -> QuerySet[Case]:
    """Cases whose number begins so, waiting or not: a caller may know theirs."""
    padded = [UUID(digits.ljust(32, filler)) for filler in "0f"]
    rows = Case.objects.filter(pk__range=padded).filter(state__in=sorted(STOOD_BY))
    return rows.order_by("rank", "opened_at", "pk")


def sums(official_id: UUID) -> Sums:
    """How many wait, all in all and by what one may choose."""
    counted = _waiting().aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(counsellor=official_id)),
        free=Count("pk", filter=Q(counsellor=None)),
        minors=Count("pk", filter=Q(age=Age.UNDER_19)),
    )
    return Sums(**counted)


def _waiting() -> QuerySet[Case]:
    return waiting_cases().filter(state__in=sorted(STOOD_BY))


def _chosen(rows: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    if wanted.mine is not None:
        rows = rows.filter(counsellor=wanted.mine)
    if wanted.free:
        rows = rows.filter(counsellor=None)
    return rows.filter(age=Age.UNDER_19) if wanted.minors else rows


def parts_open(*, case_id: UUID, official_id: UUID, at: datetime) -> frozenset[Part]:
    """What this official has opened of it, and may still read."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    openings = CaseOpening.objects.filter(case_id=case_id, official_id=official_id, at__gte=day)
    rows = [(Part(part), opened_at) for part, opened_at in openings.values_list("part", "at")]
    return frozenset(
        part
        for part, opened_at in rows
        if rules.is_still_open(part, opened_at=opened_at, day_began_at=day, at=at)
    )


def opened_by(case: Case, official_id: UUID) -> OpenCase | None:
    """The case with its key, from the custodian's side, for whoever has said why today; else None.

    Raises WrongKeyError.
    """
    if Part.TOLD not in parts_open(case_id=case.pk, official_id=official_id, at=clock.now()):
        return None
    if State(case.state) not in STOOD_BY:
        return None
    sealed = bytes(case.key_for_custodian or b"")
    return OpenCase(case=case, key=settings.KEYS.open_case_key(sealed, case_id=case.pk))


def counsellors() -> Sequence[Official]:
    """Who may take care of cases today, by name."""
    return list(who_may_on(Permission.CASE_WRITE, day=timezone.localdate(clock.now())))


def cases_of(official_id: UUID) -> list[UUID]:
    """Every case that this counsellor takes care of, and that is not at its end."""
    rows = Case.objects.filter(counsellor=official_id, state__in=sorted(STOOD_BY)).order_by("opened_at")
    return list(rows.values_list("pk", flat=True))
