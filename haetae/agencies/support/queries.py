"""Everything that reads cases."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from haetae.agencies.support.actions import OpenCase, stretch_anew
from haetae.agencies.support.models import Case, CaseHash, CaseLink, CaseText, Message
from haetae.agencies.support.persons_key import unwrap_for_person
from haetae.agencies.support.states import Age, Sender, State, Text
from haetae.common.case_keys import WrongKeyError, open_text
from haetae.common.keys import Stretched
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import Depicted

_NOTHING = bytes(10)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One sealed text, opened."""

    id: UUID
    kind: Text
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Written:
    """One message, opened."""

    id: UUID
    sender: Sender
    text: str
    at: datetime
    seen_at: datetime | None


def case_of_receipt(receipt: bytes | None, *, is_guess: bool = True) -> OpenCase | None:
    """The case that this receipt opens, or None. A receipt that cannot be one takes the same way and time.

    Not `is_guess`: it came with a form of ours, and nobody typed it. Raises KeysUnavailableError.
    """
    bits = _NOTHING if receipt is None else receipt
    stretched: Stretched = settings.KEYS.stretch_receipt(bits, is_guess=is_guess)
    by_lookup = stretched.every
    case = Case.objects.filter(lookup__in=by_lookup).first()
    if case is None or receipt is None:
        return None
    found = by_lookup[case.lookup or ""]
    try:
        opened = OpenCase(case=case, key=unwrap_for_person(case.key_for_person, by=found, case_id=case.pk))
    except WrongKeyError:
        return None
    if found.generation < stretched.generation:
        stretch_anew(opened=opened, by=stretched)
    return opened


def get_case(case_id: UUID) -> Case:
    """Raises Case.DoesNotExist."""
    return Case.objects.select_related("counsellor").get(pk=case_id)


def opened_with(case_id: UUID, key: bytes, *, lookup: str) -> OpenCase | None:
    """The case with a key that was kept in somebody's window; None when it is gone or has other words by now."""
    case = Case.objects.filter(pk=case_id, lookup=lookup).first() if lookup else None
    return None if case is None else OpenCase(case=case, key=key)


def texts_of(opened: OpenCase) -> list[Said]:
    """What the person told, the oldest first. Raises WrongKeyError."""
    rows = CaseText.objects.filter(case=opened.case).order_by("at", "pk")
    return [
        Said(
            id=row.pk,
            kind=Text(row.kind),
            text=open_text(row.sealed, key=opened.key, about=row.pk),
            at=row.at,
        )
        for row in rows
    ]


def messages_of(opened: OpenCase) -> list[Written]:
    """The oldest first. Raises WrongKeyError."""
    rows = Message.objects.filter(case=opened.case).order_by("at", "pk")
    return [
        Written(
            id=row.pk,
            sender=Sender(row.sender),
            text=open_text(row.sealed, key=opened.key, about=row.pk),
            at=row.at,
            seen_at=row.seen_at,
        )
        for row in rows
    ]


def unread_count(case: Case, *, by: Sender) -> int:
    """How many messages of the other side this side has not opened. Nothing is opened to count them."""
    return Message.objects.filter(case=case, seen_at=None).exclude(sender=by).count()


def has_texts(case: Case, kinds: Collection[Text]) -> bool:
    """Whether the person told something of one of these kinds."""
    return CaseText.objects.filter(case=case, kind__in=sorted(kinds)).exists()


def reports_of(case: Case) -> Sequence[Report]:
    """The links of a case, in the order in which they were sent."""
    return list(Report.objects.filter(pk__in=case.links.values("report_id")).order_by("received_at", "pk"))


def known_of(case: Case) -> list[UUID]:
    """The entries of the bank that stand there for this case."""
    return list(CaseHash.objects.filter(case=case).order_by("pk").values_list("known_id", flat=True))


def waiting_cases() -> QuerySet[Case]:
    """Cases that wait for a counsellor, the first first: minors, then danger, then who has waited longest."""
    return Case.objects.filter(waits_since__isnull=False).order_by("rank", "waits_since", "pk")


def open_cases_at(sighting_id: UUID) -> list[UUID]:
    """The open cases in which somebody told of this place."""
    found = CaseLink.objects.filter(report__sightings=sighting_id, case__state=State.OPEN)
    return sorted(set(found.values_list("case_id", flat=True)))


def is_about_a_minor(case: Case) -> bool:
    """A word of the person that says so raises protection; an unsaid age is no adult's, and no minor's either."""
    return case.age == Age.UNDER_19


def may_be_of_a_minor(places: Iterable[UUID]) -> bool:
    """Whether somebody who reported one of these places says that someone under 19 is shown, or speaks for another.

    Who speaks for another and does not say that it is an adult may speak for a child.
    """
    of_places = list(places)
    if Case.objects.filter(age=Age.UNDER_19, links__report__sightings__in=of_places).exists():
        return True
    of_an_adult = CaseLink.objects.filter(report=OuterRef("pk"), case__age=Age.ADULT)
    by_carers = Report.objects.filter(sightings__in=of_places, depicted=Depicted.IN_MY_CARE)
    return by_carers.exclude(Exists(of_an_adult)).exists()


def people_with(sighting_ids: Collection[UUID], *, known_ids: Collection[UUID]) -> int:
    """How many persons' cases hold a link to one of these places, or one of these hashes. A number, and never whose."""
    links = CaseLink.objects.filter(report__sightings__in=list(sighting_ids), report__withdrawn_at=None)
    hashes = CaseHash.objects.filter(known__in=list(known_ids))
    return len({*links.values_list("case_id", flat=True), *hashes.values_list("case_id", flat=True)})
