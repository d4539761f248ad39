"""Between a person's case and the agencies to which it is handed."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.deletions import queries as deletions
from haetae.agencies.investigation.deletions.rules import grounds_for
from haetae.agencies.investigation.files.states import Victim
from haetae.agencies.referrals import actions as referrals
from haetae.agencies.referrals import queries as referred
from haetae.agencies.referrals.rules import ground_for
from haetae.agencies.referrals.states import Sender, To
from haetae.agencies.support import queries as cases
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.consent import queries as consents
from haetae.agencies.support.consent.states import Kind
from haetae.agencies.support.desk.actions import take_in, wait_again
from haetae.agencies.support.models import Case
from haetae.agencies.support.official.actions import tell_of_request
from haetae.agencies.support.queries import get_case
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import STOOD_BY, Age, Channel, ExOfficio, Relation, State
from haetae.audit.actor import Actor
from haetae.audit.models import Event
from haetae.common.case_keys import open_text
from haetae.flow.arrival.queries import get_sighting
from haetae.flow.assessment import queries as assessments
from haetae.flow.removal import actions as removal
from haetae.flow.removal import queries as requests
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State as Request
from haetae.flow.review import actions as review
from haetae.flow.review.asked import actions as asked
from haetae.flow.review.states import Because
from haetae.flow.steps import asking

_ASKED_BY_LAW = "authority_request"
_POLICE_ASKS = "police_request"
# What the police tell the commission, and on what the operator is asked with it.
_BASIS_OF = {"police_notice_under_19": "operator_duty"}
_OF_MINORS = frozenset({"investigator_asks_for_child", "police_notice_under_19"})
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
    if to not in AGREED:
        raise referrals.CannotReferError("referral_not_agreed")
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
    if referral.case_id is None:
        return str(referral.note)
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
    """A referral came back, or nobody answered: a case waits for a counsellor again.

    What one agency handed to another shows at its sender, above all that is answered.
    """
    if "case" in event.facts:
        wait_again(case_id=UUID(str(event.facts["case"])))


def ask_at_once(event: Event) -> None:
    """The police tell the commission and ask the operator without delay (SCA 23-2): both happen with one form.

    Whoever has told us of the place is told of it, and the authority learns nothing of that.
    """
    if "case" in event.facts:
        return  # it may be destroyed by now
    referral = referred.get_referral(event.subject_id)
    if referral.sighting_id is None or referral.sender not in {Sender.POLICE, Sender.PROSECUTOR}:
        return
    for case_id in cases.open_cases_at(referral.sighting_id):
        tell_of_request(case_id=case_id, sighting_id=referral.sighting_id, agency=referral.sender)
    if referral.sender == Sender.POLICE and To(referral.to) is To.REVIEWER:
        _request_as_police(referral.sighting_id, ground=referral.ground)


def ask_what_was_confirmed(event: Event) -> None:
    """A place was examined after the police had confirmed it: the operator is asked now, whatever was found."""
    found = assessments.get_assessment(event.subject_id)
    ask_the_operator(found.sighting_id)


def ask_the_operator(sighting_id: UUID) -> bool:
    """Ask where the police have confirmed a place and told the commission; says whether they have."""
    said, word = referred.confirmed_by_police(sighting_id), deletions.newest_at(sighting_id)
    if said is not None:
        _request_as_police(sighting_id, ground=said.ground)
    elif word is not None:
        _request_as_police(sighting_id, ground=grounds_for(Victim(word.investigation.victim))[0])
    return said is not None or word is not None


def begin_work(event: Event) -> None:
    """It was accepted: what the commission was asked to decide is in review. It shows who asked."""
    if "case" in event.facts:
        return
    referral = referred.get_referral(event.subject_id)
    if To(referral.to) is To.SUPPORT_CENTRE and referral.sighting_id is not None:
        _support_without_a_request(referral.sighting_id, referral.sender, referral.ground, event)
    if To(referral.to) is not To.REVIEWER or referral.sighting_id is None:
        return
    request = _request_of(referral.sighting_id, legal_basis=asking.basis_at(referral.sighting_id))
    if request is None or Request(request.state) is Request.VERIFIED:
        return
    place = {"request_id": request.pk, "sighting_id": request.sighting_id}
    if referral.ground == _ASKED_BY_LAW:
        # The law counts from when it was asked, and not from when somebody here took it up.
        asked.ask_commission(**place, agency=referral.sender, actor=_actor_of(event), since=referral.sent_at)
    else:
        review.open_review(**place, because=Because.ASKED)


def _support_without_a_request(sighting_id: UUID, sender: str, ground: str, event: Event) -> None:
    """A case of its own where nobody has told us of the place: the class of retention follows from who asked."""
    if cases.open_cases_at(sighting_id):
        return
    asked_by = ExOfficio.PROSECUTOR if sender == Sender.PROSECUTOR else ExOfficio.INVESTIGATOR
    told = Told(
        links=[get_sighting(sighting_id).page_url],
        relation=Relation.STRANGER,
        age=Age.UNDER_19 if ground in _OF_MINORS else Age.UNSAID,
        channel=Channel.EX_OFFICIO,
        ex_officio=asked_by,
    )
    take_in(receipt=receipt.draw(), told=told, official_id=UUID(event.actor_id))


def _actor_of(event: Event) -> Actor:
    return official_actor(UUID(event.actor_id))


def police_confirmed(sighting_id: UUID, *, ground: str) -> None:
    """The commission has the place from somebody else: the person is told and the operator asked all the same."""
    for case_id in cases.open_cases_at(sighting_id):
        tell_of_request(case_id=case_id, sighting_id=sighting_id, agency=Sender.POLICE)
    _request_as_police(sighting_id, ground=ground)


def _request_as_police(sighting_id: UUID, *, ground: str) -> None:
    """What an officer says of the age protects, whatever a machine finds and whoever else knows of the place."""
    _request_of(sighting_id, legal_basis=_BASIS_OF.get(ground, _POLICE_ASKS), of_a_minor=ground in _OF_MINORS)


def _request_of(sighting_id: UUID, *, legal_basis: str, of_a_minor: bool = False) -> DeletionRequest | None:
    """The newest request about a place, made now where there is none; None for a place that nobody has examined."""
    examined = assessments.latest_by_sighting([sighting_id]).get(sighting_id)
    if sighting_id not in requests.latest_by_sighting([sighting_id]) and examined is not None:
        removal.request_deletion(
            sighting_id=sighting_id,
            assessment_id=examined.pk,
            legal_basis=legal_basis,
            minor_protected=of_a_minor or asking.is_of_a_minor(examined),
        )
    elif of_a_minor:
        removal.protect(sighting_id=sighting_id)
    return requests.latest_by_sighting([sighting_id]).get(sighting_id)


def call_back(event: Event) -> None:
    """The person takes a consent back: what was handed over under it, and not accepted yet, is called back."""
    for referral_id in referred.open_under(UUID(str(event.facts["consent"]))):
        referrals.call_back(referral_id=referral_id)
