"""Everything that ends sessions but signing out."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from haetae.accounts.models import Official
from haetae.common import clock


def end_sessions(official: Official) -> None:
    """Part of a change of what somebody may do: whoever is signed in as them signs in again, on every machine.

    A session that made the change itself is renewed by its page.
    """
    official.sessions_end_at = clock.now()
    Official.objects.filter(pk=official.pk).update(sessions_end_at=official.sessions_end_at)


@transaction.atomic
def forget_sessions(*, over_by: datetime) -> int:
    """Sessions of officials that ran out at that moment or before; returns how many. Nobody else has any."""
    return Session.objects.filter(expire_date__lte=over_by).delete()[0]
