"""Everything that reads trials."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from haetae.accounts.models import Operator
from haetae.operators.trials import rules
from haetae.operators.trials.models import Replay, Trial, WayTest


def get_trial(trial_id: UUID) -> Trial:
    """With its operator. Raises Trial.DoesNotExist."""
    return Trial.objects.select_related("operator").get(pk=trial_id)


def get_test(test_id: UUID) -> WayTest:
    """With its operator. Raises WayTest.DoesNotExist."""
    return WayTest.objects.select_related("operator").get(pk=test_id)


def recent(operator: Operator) -> QuerySet[Trial]:
    """Its newest trials with their answers, in the order in which they came."""
    rows = Trial.objects.filter(operator=operator).prefetch_related("answers")
    return rows.order_by("-begun_at")[:20]


def recent_tests(operator: Operator) -> QuerySet[WayTest]:
    """The newest tests of its way."""
    return WayTest.objects.filter(operator=operator).order_by("-begun_at")[:5]


def under_way(operator_id: UUID, *, now: datetime) -> QuerySet[Trial]:
    """Trials whose day is not over, the oldest first."""
    rows = Trial.objects.filter(operator_id=operator_id, begun_at__gt=now - rules.LASTS)
    return rows.order_by("begun_at")


def trial_named(*, operator_id: UUID, key: UUID) -> Trial | None:
    """The operator's own trial of this key, over or not."""
    return Trial.objects.filter(operator_id=operator_id, key=key).first()


def trials_since(operator_id: UUID, *, since: datetime) -> int:
    return Trial.objects.filter(operator_id=operator_id, begun_at__gt=since).count()


def tests_since(operator_id: UUID, *, since: datetime) -> int:
    return WayTest.objects.filter(operator_id=operator_id, begun_at__gt=since).count()


def replays_since(operator_id: UUID, *, since: datetime) -> int:
    return Replay.objects.filter(operator_id=operator_id, at__gt=since).count()
