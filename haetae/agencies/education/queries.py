"""Everything that reads about teaching. Whoever works for an institution is given what is that institution's own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet

from haetae.agencies.education.models import (
    DutyMet,
    Incident,
    Institution,
    Officer,
    Plan,
    Session,
    Training,
    Year,
)
from haetae.agencies.education.states import (
    SEEN_BY_THE_MINISTRY,
    IncidentState,
    SessionState,
    YearState,
)
from haetae.agencies.education.years.rules import Taught


def institution_of(official_id: UUID) -> Institution:
    """For which institution somebody works now. Raises Institution.DoesNotExist for whoever works for none."""
    working = Officer.objects.filter(official_id=official_id, ended_at=None)
    return Institution.objects.get(pk__in=working.values("institution_id"))


def institutions() -> QuerySet[Institution]:
    """The register, by name."""
    return Institution.objects.order_by("name", "office", "pk")


def get_institution(institution_id: UUID) -> Institution:
    """Raises Institution.DoesNotExist."""
    return Institution.objects.get(pk=institution_id)


def officers_of(institution_id: UUID) -> QuerySet[Officer]:
    """Who works for it now."""
    rows = Officer.objects.filter(institution_id=institution_id, ended_at=None)
    return rows.select_related("official").order_by("official__username")


def sessions_of(institution_id: UUID, *, year: int) -> QuerySet[Session]:
    """Of one year, the newest first, with those that were withdrawn."""
    return Session.objects.filter(institution_id=institution_id, on__year=year).order_by("-on", "-pk")


def get_session(institution_id: UUID, session_id: UUID) -> Session:
    """Raises Session.DoesNotExist for one of another institution."""
    return Session.objects.get(pk=session_id, institution_id=institution_id)


def was_taken_back(session_id: UUID) -> bool:
    """Whether a session was withdrawn, so that a certificate of it proves nothing any more."""
    return Session.objects.filter(pk=session_id, state=SessionState.WITHDRAWN).exists()


def taught(institution_id: UUID, *, year: int) -> list[Taught]:
    """What counts of a year."""
    rows = sessions_of(institution_id, year=year).filter(state=SessionState.RECORDED)
    return [
        Taught(
            session_id=row.pk,
            minutes=row.minutes,
            learners=row.learners,
            staff=row.staff,
            parents=row.parents,
            head_was_there=row.head_was_there,
        )
        for row in rows
    ]


def is_reported(session: Session) -> bool:
    """Whether it stands in a report that lies with the ministry, or was accepted."""
    sent = Year.objects.filter(
        institution_id=session.institution_id,
        year=session.on.year,
        state__in=[YearState.SENT, YearState.ACCEPTED],
    )
    return sent.exists()


def years_of(institution_id: UUID) -> QuerySet[Year]:
    """Every year about which a report is or was expected, the newest first."""
    return Year.objects.filter(institution_id=institution_id).select_related("training").order_by("-year")


def reports(year: int) -> QuerySet[Year]:
    """Of all institutions, by name."""
    rows = Year.objects.filter(year=year).select_related("institution", "training")
    return rows.order_by("institution__name", "institution__office")


def get_year(year_id: UUID) -> Year:
    """Raises Year.DoesNotExist."""
    return Year.objects.select_related("institution", "answered_by").get(pk=year_id)


def years_known() -> list[int]:
    """Years for which reports are expected, the newest first."""
    return sorted(Year.objects.values_list("year", flat=True).distinct(), reverse=True)


def training_of(year_id: UUID) -> Training | None:
    return Training.objects.filter(year_id=year_id).select_related("proposed_by", "ordered_by").first()


def incidents_of(institution_id: UUID) -> QuerySet[Incident]:
    """All of an institution, for its own officer."""
    return Incident.objects.filter(institution_id=institution_id).order_by("-known_on", "-pk")


def incidents_told() -> QuerySet[Incident]:
    """What the ministry reads, the one with the nearest date first: withheld ones are not there."""
    rows = Incident.objects.filter(state__in=sorted(SEEN_BY_THE_MINISTRY)).select_related("institution")
    return rows.order_by("plan_due_at", "pk")


def get_own_incident(institution_id: UUID, incident_id: UUID) -> Incident:
    """Raises Incident.DoesNotExist for one of another institution."""
    return Incident.objects.get(pk=incident_id, institution_id=institution_id)


def get_told_incident(incident_id: UUID) -> Incident:
    """Raises Incident.DoesNotExist for one that the ministry was not told of."""
    return incidents_told().get(pk=incident_id)


def plans_of(incident_id: UUID) -> QuerySet[Plan]:
    """Every plan that was handed in, the newest first."""
    rows = Plan.objects.filter(incident_id=incident_id).select_related("sent_by", "answered_by")
    return rows.order_by("-sent_at", "-pk")


def withheld(institution_id: UUID) -> int:
    """How many incidents stay inside because the person objects: a number for the institution alone."""
    return incidents_of(institution_id).filter(state=IncidentState.WITHHELD).count()


def duties_met(institution_id: UUID) -> QuerySet[DutyMet]:
    """The newest first."""
    return DutyMet.objects.filter(institution_id=institution_id).order_by("-told_on", "-pk")


def states_of(years: Iterable[Year]) -> Counter[str]:
    """How many are in which state."""
    return Counter(year.state for year in years)


def without_year(year: int) -> Sequence[UUID]:
    """Institutions of which nobody expects a report about this year yet."""
    asked = Year.objects.filter(year=year).values("institution_id")
    return list(Institution.objects.exclude(pk__in=asked).order_by("pk").values_list("pk", flat=True))
