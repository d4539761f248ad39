"""Everything that writes about second steps. allauth keeps them."""

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Official
from haetae.accounts.sessions.actions import end_sessions
from haetae.audit.actions import record


@transaction.atomic
def second_step_set_up(*, official: Official, kind: str) -> None:
    """Record that an official has set up a passkey ("webauthn") or an app with codes ("totp")."""
    end_sessions(official)
    facts = {"kind": kind}
    record(
        event="accounts.second_step_set_up",
        subject=official,
        actor=official_actor(official.pk),
        facts=facts,
    )


@transaction.atomic
def second_step_removed(*, official: Official, kind: str) -> None:
    """Record that an official has taken one away."""
    end_sessions(official)
    facts = {"kind": kind}
    record(
        event="accounts.second_step_removed",
        subject=official,
        actor=official_actor(official.pk),
        facts=facts,
    )


@transaction.atomic
def second_step_refused(*, official: Official, kind: str, holder: Official) -> None:
    """Somebody tried to set up what opens the account of the holder already: two accounts of one person, perhaps."""
    record(
        event="accounts.second_step_refused",
        subject=official,
        actor=official_actor(official.pk),
        facts={"kind": kind, "holder": str(holder.pk)},
    )
