"""What follows while an operator asks to be reached by us."""

from haetae.audit.models import Event
from haetae.common import jobs


def look_for_the_proof(event: Event) -> None:
    """Whoever applied says that the origin shows what we asked for: we look for ourselves."""
    jobs.defer("haetae.onboarding.look", application_id=str(event.subject_id))


def send_the_first_sign_in(event: Event) -> None:
    """An official wants the first administrator to have the way in by mail."""
    jobs.defer("haetae.onboarding.send_link", application_id=str(event.subject_id))
