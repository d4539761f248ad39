"""Everything that reads referrals."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import OPEN, READABLE, Sender, State, To

_ACCEPTED_SHOWN: Final = 50


def get_referral(referral_id: UUID) -> Referral:
    """Raises Referral.DoesNotExist."""
    return Referral.objects.get(pk=referral_id)


def confirmed_by_police(sighting_id: UUID) -> Referral | None:
    """What the police told the commission of this place and did not call back, the newest."""
    rows = Referral.objects.filter(sighting=sighting_id, sender=Sender.POLICE, to=To.REVIEWER)
    return rows.filter(state__in=sorted(READABLE)).order_by("-sent_at").first()


def received_by(*receivers: To) -> list[Referral]:
    """What lies with a receiver: first what is not answered, the oldest first, then the newest accepted ones."""
    rows = _whole().filter(to__in=receivers)
    waiting = list(rows.filter(state__in=sorted(OPEN)).order_by("sent_at", "pk"))
    return waiting + list(rows.filter(state=State.ACCEPTED).order_by("-changed_at", "pk")[:_ACCEPTED_SHOWN])


def get_received(referral_id: UUID, *receivers: To) -> Referral:
    """Raises Referral.DoesNotExist, also for what was sent to somebody else, called back or returned."""
    return _whole().get(pk=referral_id, to__in=receivers, state__in=sorted(READABLE))


def sent_by(senders: Iterable[Sender]) -> list[Referral]:
    """What an agency handed to another one, not answered first, then the newest. Cases stay at their own desk."""
    rows = _whole().filter(sender__in=list(senders), case=None)
    waiting = list(rows.filter(state__in=sorted(OPEN)).order_by("sent_at", "pk"))
    return waiting + list(
        rows.exclude(state__in=sorted(OPEN)).order_by("-changed_at", "pk")[:_ACCEPTED_SHOWN]
    )


def get_sent(referral_id: UUID, senders: Iterable[Sender]) -> Referral:
    """Raises Referral.DoesNotExist for what another agency sent, and for what is about a person's case."""
    return _whole().get(pk=referral_id, sender__in=list(senders), case=None)


def _whole() -> QuerySet[Referral]:
    return Referral.objects.select_related("sighting__operator", "operator")


def of_case(case_id: UUID) -> list[Referral]:
    """The newest first."""
    return list(Referral.objects.filter(case_id=case_id).order_by("-sent_at", "pk"))


def open_under(consent_id: UUID) -> list[UUID]:
    """Those that nobody has accepted yet and that rest on this consent."""
    rows = Referral.objects.filter(consent=consent_id, state__in=sorted(OPEN))
    return list(rows.values_list("pk", flat=True))


def open_about(case_id: UUID) -> list[UUID]:
    """Those that nobody has accepted yet."""
    return list(Referral.objects.filter(case_id=case_id, state__in=sorted(OPEN)).values_list("pk", flat=True))


def unanswered_of(case_ids: Iterable[UUID]) -> dict[UUID, State]:
    """What came back, or did not come, as the newest referral of each of these cases; nothing for the rest."""
    rows = Referral.objects.filter(case_id__in=list(case_ids)).order_by("changed_at")
    newest = {row.case_id: State(row.state) for row in rows if row.case_id}
    return {case: state for case, state in newest.items() if state in {State.RETURNED, State.OVERDUE}}


def unanswered_from(official_id: UUID) -> list[UUID]:
    """What this official handed to another agency and nobody there has answered. A case's go with the case."""
    rows = Referral.objects.filter(sent_by=official_id, case=None, state__in=sorted(OPEN)).order_by("sent_at")
    return list(rows.values_list("pk", flat=True))
