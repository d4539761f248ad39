"""Two schools, who works for them, and the ministry that checks them: for every story about teaching."""

from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.education.incidents.actions import note_incident
from haetae.agencies.education.institutions.actions import name_officer, register
from haetae.agencies.education.sessions.actions import record_session
from haetae.agencies.education.sessions.rules import Held
from haetae.agencies.education.states import Category, InstitutionKind, Method, Wish
from haetae.common import clock
from tests import people
from tests.commission import seat

LIST = "binder 3 in the school office"
MEASURES = "A guideline of our own stands on the school's site; two counsellors are named in it."
PLAN = "Two counsellors are named, every class hears the lesson anew, and the rules of the chat are changed."


def today() -> date:
    return timezone.localdate(clock.now())


def supervisor(person: people.Person = people.SUPERVISOR) -> Official:
    return seat(person, Role.EDUCATION_SUPERVISOR, agency="support_ministry")


def an_institution(
    by: Official,
    *,
    name: str = "River School",
    kind: InstitutionKind = InstitutionKind.SCHOOL,
    staff: int = 40,
) -> UUID:
    return register(
        name=name, kind=kind, office="Example Office", staff=staff, form_key=uuid4(), official_id=by.pk
    )


def officer(by: Official, institution_id: UUID, person: people.Person = people.EDUCATOR) -> Official:
    name_officer(institution_id=institution_id, username=person.name, official_id=by.pk)
    return Official.objects.get(username=person.name)


def held(
    on: date,
    *,
    minutes: int | None = 60,
    learners: int | None = 300,
    staff: int | None = 38,
    parents: int | None = 0,
    head: bool = True,
    lessons: tuple[str, ...] = ("middle", "teachers"),
    content: str = "",
    list_kept: str = LIST,
) -> Held:
    return Held(
        on=on,
        minutes=minutes,
        learners=learners,
        staff=staff,
        parents=parents,
        head_was_there=head,
        lessons=lessons,
        content=content,
        list_kept=list_kept,
    )


def a_session(institution_id: UUID, by: Official, what: Held) -> UUID:
    return record_session(
        institution_id=institution_id, held=what, method=Method.LECTURE, form_key=uuid4(), official_id=by.pk
    )


def an_incident(
    institution_id: UUID, by: Official, *, wish: Wish = Wish.NO_OBJECTION, by_head: bool = False
) -> UUID:
    return note_incident(
        institution_id=institution_id,
        category=Category.FORGED,
        known_on=today(),
        by_head=by_head,
        wish=wish,
        form_key=uuid4(),
        official_id=by.pk,
    )
