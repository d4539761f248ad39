"""When a person who asked for it is written to, and when no more."""

from uuid import UUID

from haetae.agencies.support.notices import actions as notices
from haetae.agencies.support.notices import queries
from haetae.agencies.support.notices.sending.actions import plan_notice
from haetae.agencies.support.notices.states import Cause
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import jobs


def tell_who_waits(sighting_id: UUID) -> None:
    """It is proven gone: whoever wanted to hear of just that gets a mail that does not say so."""
    for case_id in queries.told_when_gone(sighting_id):
        plan_notice(case_id=case_id, cause=Cause.GONE)


def send_notice(notice_id: UUID) -> None:
    """The pause before a mail to a person is over, or there was none."""
    jobs.defer("haetae.support.send_notice", one_at_a_time=f"notice:{notice_id}", notice_id=str(notice_id))


def month_is_over(case_id: UUID) -> None:
    """Whoever wants a mail once a month gets one while something of theirs is open."""
    notices.month_is_over(case_id=case_id)


def tell_no_more(event: Event) -> None:
    """The person is nobody to us any more, and is written to no more."""
    notices.end_notices(case_id=event.subject_id, actor=SYSTEM)
