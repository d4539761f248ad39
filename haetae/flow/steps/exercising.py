"""From an operator's wish to try its way, to the trying."""

from haetae.audit.models import Event
from haetae.common import jobs


def send_trial(event: Event) -> None:
    """An exercise goes the operator's own way."""
    jobs.defer("haetae.trials.send", trial_id=str(event.subject_id))


def test_way(event: Event) -> None:
    """The way to an operator is tried."""
    jobs.defer("haetae.trials.test", test_id=str(event.subject_id))
