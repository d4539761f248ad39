"""Between a person's case and the agencies to which it is handed."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from haetae.agencies.referrals import actions as referrals
from haetae.agencies.referrals import queries as referred
from haetae.agencies.referrals.rules import ground_for
from haetae.agencies.referrals.states import To
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.consent import queries as consents
from haetae.agencies.support.consent.states import Kind
from haetae.agencies.support.desk.actions import wait_again
from haetae.agencies.support.models import Case
from haetae.agencies.support.queries import get_case
from haetae.agencies.support.states import STOOD_BY, State
from haetae.audit.models import Event
from haetae.common.case_keys import open_text

AGREED = {
    To.POLICE: Kind.TELL_POLICE,
    To.LAWYER: Kind.TELL_LAWYER,
    To.REGIONAL_CENTRE: Kind.HAND_TO_REGIONAL_CENTRE,
}


@transaction.atomic
def hand_over(*, opened: OpenCase, to: To, package: str, form_key: UUID, official_id: UUID) -> UUID:
    """Send a referral, when the person agreed to just that, or the law demands it. Raises CannotReferError."""
    # Whoever ends the consent at this moment waits for us, or we see that it has ended.
    case = Case.objects.select_for_update().get(pk=opened.case.pk)
    if State(case.state) is not State.OPEN:
        raise referrals.CannotReferError(f"case_{case.state}")
    agreed = consents.in_force(case.pk, AGREED[to])
    return referrals.send(
        case_id=case.pk,
        key=opened.key,
        to=to,
        ground=ground_for(to, consent_id=agreed.pk if agreed else None, ex_officio=bool(case.ex_officio)),
        package=package,
        form_key=form_key,
        official_id=official_id,
    )


@transaction.atomic
def read_package(*, referral_id: UUID, receiver: To, official_id: UUID) -> str:
    """What was handed over, for whoever received it; of the case nothing else is opened. Raises DoesNotExist."""
    referral = referrals.read(referral_id=referral_id, receiver=receiver, official_id=official_id)
    case = get_case(referral.case_id)
    if State(case.state) not in STOOD_BY:
        raise ObjectDoesNotExist
    key = settings.KEYS.open_case_key(bytes(case.key_for_custodian or b""), case_id=case.pk)
    return open_text(referral.package, key=key, about=referral.pk)


def end_with_the_case(event: Event) -> None:
    """The case was destroyed: what nobody has accepted yet is called back, and nothing of it can be read any more."""
    for referral_id in referred.open_about(event.subject_id):
        referrals.call_back(referral_id=referral_id)


def not_answered(referral_id: UUID) -> None:
    """Our own term for an answer is up: it is said aloud."""
    referrals.overdue(referral_id=referral_id)


def take_back(event: Event) -> None:
    """A referral came back, or nobody answered: the case waits for a counsellor again."""
    wait_again(case_id=UUID(str(event.facts["case"])))


def call_back(event: Event) -> None:
    """The person takes a consent back: what was handed over under it, and not accepted yet, is called back."""
    for referral_id in referred.open_under(UUID(str(event.facts["consent"]))):
        referrals.call_back(referral_id=referral_id)
