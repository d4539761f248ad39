"""What follows while an operator asks to be reached by us."""

from typing import Final

from haetae.audit.models import Event
from haetae.common import jobs

_LANES: Final = 2  # strangers name these hosts: however many keep us waiting, they hold up only each other


def look_for_the_proof(event: Event) -> None:
    """Whoever applied says that the origin shows what we asked for: we look for ourselves."""
    lane = f"origin:{event.subject_id.int % _LANES}"
    jobs.defer("haetae.onboarding.look", one_at_a_time=lane, application_id=str(event.subject_id))


def send_the_first_sign_in(event: Event) -> None:
    """An official wants the first administrator to have the way in by mail."""
    jobs.defer("haetae.onboarding.send_link", application_id=str(event.subject_id))
