"""Between a file of the police, the places of the flow, and whoever is asked about them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.deletions import actions as deletions
from haetae.agencies.investigation.deletions import queries as words
from haetae.agencies.investigation.deletions.actions import CannotDeleteError
from haetae.agencies.investigation.deletions.models import DeletionWord
from haetae.agencies.investigation.deletions.rules import Word, grounds_for
from haetae.agencies.investigation.deletions.states import State
from haetae.agencies.investigation.files.queries import key_of
from haetae.agencies.investigation.files.states import Victim
from haetae.agencies.investigation.preservation import actions as preservation
from haetae.agencies.investigation.subscribers import actions as subscribers
from haetae.agencies.referrals import actions as referrals
from haetae.agencies.referrals.actions import About, CannotReferError
from haetae.agencies.referrals.states import Matter, Sender, To
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.flow.arrival.actions import receive_report
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.queries import sightings_at
from haetae.flow.arrival.states import Depicted
from haetae.flow.steps.referring import police_confirmed
from haetae.law.facts import Role
from haetae.law.packs import load_pack

_LIES_THERE_ALREADY = "referral_open_already"


@transaction.atomic
def ask_everywhere(*, investigation_id: UUID, word: Word, form_key: UUID, official_id: UUID) -> UUID:
    """One form of an officer: the commission, the operator and the support centre are asked (SCA 23-2, YPA 38-2).

    An address that nobody has seen here is opened first, and everything follows by itself. The same form twice is
    one. Raises NotYoursError, CannotDeleteError.
    """
    said = deletions.say(
        investigation_id=investigation_id, word=word, form_key=form_key, official_id=official_id
    )
    if State(said.state) is not State.WAITING or said.report_id is not None:
        return said.pk
    link = word.link.strip()
    found = sightings_at(link)
    if found:
        _pass_on(said, found, note=word.note)
        return said.pk
    report_id = receive_report(
        link=link,
        form_key=derived_id("deletion-report", said.pk),
        depicted=Depicted.SOMEBODY_ELSE,
        actor=official_actor(official_id),
    )
    deletions.waits_for(word_id=said.pk, report_id=report_id)
    return said.pk


def pass_on_what_waited(event: Event) -> None:
    """An address was opened: what an officer said of it is passed on, for each picture that lies there."""
    for word in words.waiting_for(event.subject_id):
        found = Report.objects.get(pk=event.subject_id).sightings.order_by("found_at", "pk")
        note = words.said_of(word, key_of(word.investigation)).note
        _pass_on(word, list(found.values_list("pk", flat=True)), note=note)


def nothing_there(event: Event) -> None:
    """An address led nowhere: people look at the link, and the officer who named it reads so."""
    for word in words.waiting_for(event.subject_id):
        deletions.nothing_there(word_id=word.pk)


def platform_is_silent(request_id: UUID) -> None:
    """Our own term for a platform's answer is over."""
    subscribers.silent(request_id=request_id)


def not_approved(preservation_id: UUID) -> None:
    """No prosecutor has approved an urgent request in time: it lapses."""
    preservation.lapse(preservation_id=preservation_id)


def kept_long_enough(preservation_id: UUID) -> None:
    """The time for which a platform was asked to keep data is over."""
    preservation.term_over(preservation_id=preservation_id)


def _pass_on(word: DeletionWord, sighting_ids: Iterable[UUID], *, note: str) -> None:
    places = list(sighting_ids)
    for sighting_id in places:
        for ground_id in _grounds(word):
            _refer(word, sighting_id, ground_id=ground_id, note=note)
    deletions.passed_on(word_id=word.pk, sighting_ids=places)


def _grounds(word: DeletionWord) -> Sequence[str]:
    commission, centre = grounds_for(Victim(word.investigation.victim))
    return [commission, centre] if word.centre_too else [commission]


def _refer(word: DeletionWord, sighting_id: UUID, *, ground_id: str, note: str) -> None:
    """What lies with them already is not sent once more; the operator is asked all the same."""
    pack = load_pack(settings.JURISDICTION)
    today = clock.now().astimezone(pack.zone).date()
    grounds = pack.referral_grounds(by=Role.POLICE, on=today)
    ground = next((one for one in grounds if one.ground_id == ground_id), None)
    if ground is None:
        raise CannotDeleteError("no_legal_basis")
    try:
        referrals.refer(
            about=About(matter=Matter.PLACE, subject_id=sighting_id),
            ground=ground,
            sender=Sender.POLICE,
            note=note,
            form_key=derived_id("deletion-word", word.pk, ground_id),
            official_id=word.asked_by_id,
        )
    except CannotReferError as refused:
        if str(refused) != _LIES_THERE_ALREADY:
            raise CannotDeleteError(str(refused)) from refused
        if To(ground.receiver) is To.REVIEWER:
            police_confirmed(sighting_id, ground=ground_id)
