"""What follows from what operators file, and from designations."""

from uuid import UUID

from haetae.agencies.enforcement.filings import actions as filings
from haetae.audit.models import Event
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind


def report_is_due(expected_id: UUID) -> None:
    """The day of the law has passed: a report that is not there is missing."""
    filings.missing(expected_id=expected_id)


def ask_for_report(event: Event) -> None:
    """A report is missing: an official asks the operator, and may order it."""
    tasks.open_task(kind=Kind.REPORT_MISSING, subject_id=event.subject_id)


def report_came(event: Event) -> None:
    """It has come, also when it was late: nobody has to ask for it."""
    if "expected" in event.facts:
        tasks.resolve(subject_id=UUID(str(event.facts["expected"])), kinds=frozenset({Kind.REPORT_MISSING}))


def time_to_name_is_over(designation_id: UUID) -> None:
    """An officer and a hotline were to be named by now: an official looks whether they were."""
    tasks.open_task(kind=Kind.DESIGNATION_LATE, subject_id=designation_id)


def see_to_designation(event: Event) -> None:
    """It did not do what the designation asks: an official may order it."""
    tasks.open_task(kind=Kind.DESIGNATION_LATE, subject_id=event.subject_id)


def designation_is_met(event: Event) -> None:
    """It has done so, or the designation has ended: nobody has to ask for it."""
    tasks.resolve(subject_id=event.subject_id, kinds=frozenset({Kind.DESIGNATION_LATE}))
