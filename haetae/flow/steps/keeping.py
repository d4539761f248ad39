"""How long a case is kept, and what happens when that, or what forbade it, is over."""

from uuid import UUID

from haetae.agencies.support.destroying import actions as destroying
from haetae.agencies.support.retention import actions as retention
from haetae.audit.models import Event
from haetae.hashbank.forgetting import actions as forgetting


def say_until_when(event: Event) -> None:
    """A case is opened: the law says how long it is kept."""
    retention.set_term(case_id=event.subject_id)


def term_ends(case_id: UUID) -> None:
    """It was kept as long as the law says, counted from the last thing that happened in it: it is destroyed."""
    destroying.destroy_what_is_over(case_id=case_id)


def hold_ends(hold_id: UUID) -> None:
    """The time of a hold is over."""
    retention.end_hold(hold_id=hold_id, by=None)


def destroy_what_was_held(event: Event) -> None:
    """Nothing forbids it any more: what was kept of a case that should be gone is destroyed now."""
    destroying.destroy_what_is_over(case_id=event.subject_id)


def forget_what_was_told(event: Event) -> None:
    """A partner has dropped what was withdrawn: what the person wanted forgotten loses its hashes here too."""
    del event  # it names the partner; what waits for nobody is found by itself
    forgetting.forget_what_was_told()
