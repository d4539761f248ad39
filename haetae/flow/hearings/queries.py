"""Everything that reads hearings."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from haetae.flow.hearings import rules
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.states import State


def get_hearing(hearing_id: UUID) -> Hearing:
    """Raises Hearing.DoesNotExist."""
    return Hearing.objects.select_related("operator").get(pk=hearing_id)


def of_subject(subject_id: UUID) -> QuerySet[Hearing]:
    """Every party before this act, the first asked first."""
    return Hearing.objects.filter(subject_id=subject_id).order_by("asked_at")


def of_subjects(subject_ids: Iterable[UUID]) -> QuerySet[Hearing]:
    return Hearing.objects.filter(subject_id__in=list(subject_ids)).order_by("asked_at")


def at_operator(operator_id: UUID) -> QuerySet[Hearing]:
    """What an operator was asked, what waits for its word first."""
    return Hearing.objects.filter(operator_id=operator_id).order_by("-until")


def why_not_act(subject_id: UUID) -> str | None:
    """`not_heard`, `hearing_runs`, or None when the act may come."""
    return rules.why_not_act(State(state) for state in of_subject(subject_id).values_list("state", flat=True))


def why_not_act_on(subject_ids: Iterable[UUID]) -> dict[UUID, str | None]:
    """The same for several acts, in one question to the database."""
    found: dict[UUID, list[State]] = {subject_id: [] for subject_id in subject_ids}
    for subject_id, state in of_subjects(found).values_list("subject_id", "state"):
        found[subject_id].append(State(state))
    return {subject_id: rules.why_not_act(states) for subject_id, states in found.items()}
