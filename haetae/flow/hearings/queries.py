"""Everything that reads hearings."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, When

from haetae.flow.hearings import rules
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.states import About, Party, State


def get_hearing(hearing_id: UUID) -> Hearing:
    """Raises Hearing.DoesNotExist."""
    return Hearing.objects.select_related("operator").get(pk=hearing_id)


def of_subject(subject_id: UUID) -> QuerySet[Hearing]:
    """Every party before this act, the first asked first."""
    return Hearing.objects.filter(subject_id=subject_id).order_by("asked_at")


def of_subjects(subject_ids: Iterable[UUID]) -> QuerySet[Hearing]:
    return Hearing.objects.filter(subject_id__in=list(subject_ids)).order_by("asked_at")


def at_operator(operator_id: UUID) -> QuerySet[Hearing]:
    """What an operator was asked, what waits for its word first; why it was not asked, only after the act."""
    rows = Hearing.objects.filter(operator_id=operator_id).exclude(state=State.LEFT_OUT, closed_at=None)
    waits = Case(When(state=State.ASKED, then=0), default=1, output_field=IntegerField())
    return rows.order_by(waits, Case(When(state=State.ASKED, then="until")), "-changed_at")


def for_operator(hearing_id: UUID, *, operator_id: UUID) -> Hearing:
    """An operator's own. Raises Hearing.DoesNotExist for another's as for nobody's."""
    return at_operator(operator_id).select_related("operator").get(pk=hearing_id)


def anybodys(hearing_id: UUID) -> Hearing | None:
    """Whoever's it is: a try at another's is worth a record, a mistyped number is not."""
    return Hearing.objects.filter(pk=hearing_id).first()


def waiting_at_operator(operator_id: UUID, *, most: int = 200) -> QuerySet[Hearing]:
    """What waits for its word, the first to end first."""
    rows = Hearing.objects.filter(operator_id=operator_id, state=State.ASKED)
    return rows.order_by("until")[:most]


def waiting_at(operator_id: UUID, *, about: Iterable[About]) -> int:
    """How many acts of these kinds wait for the operator's word."""
    rows = Hearing.objects.filter(operator_id=operator_id, state=State.ASKED, about__in=sorted(about))
    return rows.count()


def why_not_act(subject_id: UUID) -> str | None:
    """`not_heard`, `hearing_runs`, or None when the act may come."""
    return rules.why_not_act(State(state) for state in of_subject(subject_id).values_list("state", flat=True))


def why_not_act_on(
    subject_ids: Iterable[UUID], *, required: Collection[Party] = frozenset()
) -> dict[UUID, str | None]:
    """What `actions.settle` would say of each of these acts, in one question to the database."""
    found: dict[UUID, dict[Party, State]] = {subject_id: {} for subject_id in subject_ids}
    for subject_id, party, state in of_subjects(found).values_list("subject_id", "party", "state"):
        found[subject_id][Party(party)] = State(state)
    return {
        subject_id: rules.why_not_act(heard.values())
        or ("not_heard" if set(required) - heard.keys() else None)
        for subject_id, heard in found.items()
    }


def asked_by(official_id: UUID) -> list[UUID]:
    """Hearings that this official has opened and that still run."""
    rows = Hearing.objects.filter(official=official_id, state=State.ASKED).order_by("asked_at")
    return list(rows.values_list("pk", flat=True))
