"""What is read about notices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.models import Case, CaseLink
from haetae.agencies.support.notices.models import Mailbox, Notice
from haetae.agencies.support.notices.states import MAY_HAVE_ARRIVED, Cause
from haetae.agencies.support.notices.states import State as Sent
from haetae.agencies.support.states import Cadence, State
from haetae.common.case_keys import open_text
from haetae.flow.arrival.states import State as Reported
from haetae.flow.assessment.queries import known_at
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import OPEN


def mailbox_of(case_id: UUID) -> Mailbox | None:
    return Mailbox.objects.filter(case_id=case_id).first()


def address_of(opened: OpenCase, mailbox: Mailbox) -> str:
    """Raises WrongKeyError."""
    return open_text(mailbox.sealed, key=opened.key, about=mailbox.pk)


def last_confirmation(case_id: UUID) -> Notice | None:
    """What became of the mail with the number, as far as it is known."""
    return Notice.objects.filter(case_id=case_id, cause=Cause.CONFIRM).order_by("planned_at", "pk").last()


def waits_for_number(mailbox: Mailbox) -> bool:
    """Whether a number is out, or on its way; one that a hold alone keeps waits for nothing."""
    if mailbox.confirmed_at is not None:
        return False
    last = last_confirmation(mailbox.case_id)
    return mailbox.code is not None or (last is not None and last.state not in {Sent.SENT, Sent.DROPPED})


def last_at(case_id: UUID) -> datetime | None:
    """When something last reached the mailbox, or may have; a number to type in does not count."""
    arrived = Notice.objects.filter(case_id=case_id, state__in=sorted(MAY_HAVE_ARRIVED))
    newest = arrived.exclude(cause=Cause.CONFIRM).order_by("changed_at").last()
    return None if newest is None else newest.changed_at


def confirmations_since(at: datetime, *, case_id: UUID, mailbox_today: Sequence[str]) -> int:
    """How many numbers were asked for since then, by this case or for this mailbox, whichever is more."""
    asked = Notice.objects.filter(cause=Cause.CONFIRM, planned_at__gt=at)
    return max(asked.filter(case_id=case_id).count(), asked.filter(mailbox_today__in=mailbox_today).count())


def told_when_gone(sighting_id: UUID) -> list[UUID]:
    """Cases that want to hear of it when this place is gone: by their own link, or by their own fingerprint."""
    ours = Q(links__report__sightings=sighting_id) | Q(hashes__known__in=known_at(sighting_id))
    wanting = Case.objects.filter(ours, state=State.OPEN, cadence=Cadence.WHEN_GONE)
    return sorted(set(wanting.values_list("pk", flat=True)))


def is_something_open(case: Case) -> bool:
    """Whether a link of it is not opened yet, or a place of it is neither proven gone nor decided."""
    links = CaseLink.objects.filter(case=case).values("report_id")
    if case.links.filter(report__state=Reported.RECEIVED).exists():
        return True
    asked = DeletionRequest.objects.filter(sighting__reports__in=links)
    return asked.filter(state__in=sorted(OPEN)).exists()
