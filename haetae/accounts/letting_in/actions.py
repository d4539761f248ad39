"""The first sign-in that an administrator hands over."""

from django.db import transaction

from haetae.accounts.actions import issue_one_time_sign_in
from haetae.accounts.models import Official
from haetae.audit.actions import record
from haetae.audit.actor import Actor


@transaction.atomic
def give_way_in(*, official: Official, actor: Actor) -> str:
    """The secret of a one-time sign-in that an administrator hands over; a second step is still asked for."""
    secret = issue_one_time_sign_in(official=official)
    record(event="accounts.way_in_given", subject=official, actor=actor)
    return secret
