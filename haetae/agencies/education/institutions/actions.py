"""Everything that writes the register: an institution entered, its officer named and let in, and what was refused."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor, seat_official
from haetae.accounts.colleagues.rules import why_not_name
from haetae.accounts.letting_in.actions import give_way_in
from haetae.accounts.models import Seat
from haetae.accounts.permissions import Role
from haetae.agencies.education import queries
from haetae.agencies.education.institutions import rules
from haetae.agencies.education.models import Institution, Officer
from haetae.agencies.education.states import InstitutionKind
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.common.ids import derived_id

AGENCY = "institution"


class CannotTeachError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def register(
    *,
    name: str,
    kind: InstitutionKind,
    office: str,
    staff: int | None,
    form_key: UUID,
    official_id: UUID,
) -> UUID:
    """The ministry enters an institution. The same form twice is one. Raises CannotTeachError."""
    institution_id = derived_id("institution", official_id, form_key)
    if Institution.objects.filter(pk=institution_id).exists():
        return institution_id
    taken = Institution.objects.filter(name=name.strip(), office=office.strip()).exists()
    refuse(rules.why_not_register(name=name, office=office, staff=staff, taken=taken))
    assert staff is not None
    institution = Institution.objects.create(
        pk=institution_id,
        name=name.strip(),
        kind=kind,
        office=office.strip(),
        staff=staff,
        registered_by_id=official_id,
        registered_at=clock.now(),
    )
    facts: dict[str, Fact] = {"kind": kind}
    record(
        event="education.institution_registered",
        subject=institution,
        actor=official_actor(official_id),
        facts=facts,
    )
    return institution_id


@transaction.atomic
def name_officer(*, institution_id: UUID, username: str, official_id: UUID) -> str:
    """Somebody works for this institution from today on; the secret of their first sign-in. Raises CannotTeachError."""
    institution, now = _locked(institution_id), clock.now()
    name = username.strip()
    others = Seat.objects.filter(official__username=name).exclude(agency=AGENCY, role=Role.EDUCATION_OFFICER)
    elsewhere = Officer.objects.filter(official__username=name, ended_at=None).exclude(
        institution=institution
    )
    refuse(
        rules.why_not_name(
            is_name=why_not_name(name) is None,
            has_other_seat=others.exists(),
            works_elsewhere=elsewhere.exists(),
        )
    )
    actor = official_actor(official_id)
    officer = seat_official(
        username=name,
        role=Role.EDUCATION_OFFICER,
        agency=AGENCY,
        since=timezone.localdate(now),
        actor=actor,
    )
    Officer.objects.get_or_create(
        official=officer,
        institution=institution,
        ended_at=None,
        defaults={"named_by_id": official_id, "since": now},
    )
    record(
        event="education.officer_named",
        subject=institution,
        actor=actor,
        facts={"official": str(officer.pk)},
    )
    return give_way_in(official=officer, actor=actor)


@transaction.atomic
def end_officer(*, institution_id: UUID, officer_id: UUID, official_id: UUID) -> None:
    """Somebody works for this institution no more, and reads nothing of it from now on. Said twice it happens once."""
    institution = _locked(institution_id)
    rows = Officer.objects.filter(institution=institution, official_id=officer_id, ended_at=None)
    if rows.update(ended_at=clock.now()):
        record(
            event="education.officer_ended",
            subject=institution,
            actor=official_actor(official_id),
            facts={"official": str(officer_id)},
        )


@transaction.atomic
def refused(*, institution_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be: nothing changed, and the try stands in the record."""
    record(
        event="education.refused",
        subject=queries.get_institution(institution_id),
        actor=official_actor(official_id),
        facts={"code": code},
    )


def refuse(code: str | None) -> None:
    """Raises CannotTeachError for a reason that there is."""
    if code is not None:
        raise CannotTeachError(code)


def _locked(institution_id: UUID) -> Institution:
    """Raises Institution.DoesNotExist."""
    return Institution.objects.select_for_update().get(pk=institution_id)
