"""Everything that writes about a person's case: opened, added to, written in."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from haetae.agencies.support import rules
from haetae.agencies.support.models import Case, CaseHash, CaseLink, CaseText, Message
from haetae.agencies.support.persons_key import unwrap_for_person, wrap_for_person
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age, Sender, State, Text
from haetae.audit.actions import record
from haetae.audit.actor import PUBLIC, Actor
from haetae.common import clock
from haetae.common.case_keys import keyed_id, new_case_key, seal_text
from haetae.common.ids import derived_id, new_id
from haetae.common.keys import Stretched
from haetae.common.sealed import hold
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import receive_report
from haetae.hashbank.actions import keep_list, make_known
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Purpose


class CannotWriteError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """A case and the key that opens what is sealed in it, for as long as somebody looks at it."""

    case: Case
    key: bytes


def open_case(*, receipt: bytes, told: Told, actor: Actor = PUBLIC) -> OpenCase:
    """Take in what a person tells us. The same receipt leads to the same case: what is new is added, nothing doubled.

    `receipt` are the bits that the server drew (receipt.draw); nothing of them is kept. Raises CannotWriteError where
    its case is stopped: to a case in which nothing more is asked for nothing is added.
    """
    stretched: Stretched = settings.KEYS.stretch_receipt(receipt)
    try:
        return _open(stretched, told, actor)
    except IntegrityError:  # the same form at the same moment: the other one has made the case
        return _open(stretched, told, actor)


@transaction.atomic
def _open(stretched: Stretched, told: Told, actor: Actor) -> OpenCase:
    by_lookup = stretched.every
    if (
        len(by_lookup) > 1
    ):  # the pepper is being changed: two of us may not write with the same one for a moment
        hold(min(by_lookup))
    case = Case.objects.select_for_update().filter(lookup__in=by_lookup).first()
    if case is None:
        opened = _new_case(stretched, told)
        record(
            event="support.opened", subject=opened.case, actor=actor, facts={"channel": opened.case.channel}
        )
    else:
        _refuse_unless_open(case)
        found = by_lookup[case.lookup or ""]
        key = unwrap_for_person(case.key_for_person, by=found, case_id=case.pk)
        opened = OpenCase(case=case, key=key)
    _add(opened, told, actor=actor)
    return opened


def _new_case(stretched: Stretched, told: Told) -> OpenCase:
    case_id, key, now = new_id(), new_case_key(), clock.now()
    case = Case.objects.create(
        pk=case_id,
        lookup=stretched.lookup,
        key_for_person=wrap_for_person(key, by=stretched, case_id=case_id),
        key_for_custodian=settings.KEYS.seal_case_key(key, case_id=case_id),
        channel=told.channel,
        relation=told.relation,
        age=told.age,
        circumstances=sorted(set(told.circumstances)),
        language=told.language,
        cadence=told.cadence,
        legal_basis=told.legal_basis,
        opened_at=now,
        waits_since=now,
        ex_officio=told.ex_officio or "",
        rank=rules.rank(age=told.age, circumstances=told.circumstances),
    )
    return OpenCase(case=case, key=key)


@transaction.atomic
def add_to_case(*, opened: OpenCase, told: Told, actor: Actor = PUBLIC) -> None:
    """More links, fingerprints or words for a case that is open. Raises CannotWriteError when it is not."""
    case = Case.objects.select_for_update().get(pk=opened.case.pk)
    _refuse_unless_open(case)
    _add(OpenCase(case=case, key=opened.key), told, actor=actor)


def _refuse_unless_open(case: Case) -> None:
    if State(case.state) is not State.OPEN:
        raise CannotWriteError(f"case_{case.state}")


def _add(opened: OpenCase, told: Told, *, actor: Actor) -> None:
    """Part of the change that brings it. What is there already stays as it is; says how much is new."""
    case = opened.case
    sent = dict.fromkeys(link.strip() for link in told.links)
    links = sum(_add_link(case, link, told, actor=actor) for link in sent)
    # In one order for everybody: two who tell the same at once wait for each other, and not both.
    sent_hashes = sorted(told.hashes, key=lambda entry: (entry.sha256, entry.pdq, entry.dhash))
    hashes = sum(_add_hash(case, entry, actor=actor) for entry in sent_hashes)
    texts = sum(_add_text(opened, kind, text) for kind, text in told.texts.items() if text.strip())
    if links or hashes or texts:
        if actor.kind == PUBLIC.kind:  # what a counsellor adds, no counsellor has to be told of
            case.waits_since = case.waits_since or clock.now()
            case.save(update_fields=["waits_since"])
        facts = {"links": links, "hashes": hashes, "texts": texts}
        record(event="support.told", subject=case, actor=actor, facts=facts)


def _add_link(case: Case, link: str, told: Told, *, actor: Actor) -> bool:
    form_key = derived_id("case-link", case.pk, link)
    report_id = receive_report(
        link=link, form_key=form_key, depicted=told.depicted, behind=told.behind, actor=actor
    )
    _, is_new = CaseLink.objects.get_or_create(report_id=report_id, defaults={"case": case})
    return is_new


def _add_hash(case: Case, entry: NewEntry, *, actor: Actor) -> bool:
    """On a list of the house, as self-declared: it never acts by itself until somebody has seen the match."""
    assert entry.tier is Tier.SELF_DECLARED
    name = rules.list_for(Age(case.age))
    keep_list(name=name, purpose=Purpose.CSAM if name == rules.MINORS else Purpose.NCII, actor=actor)
    known_id = make_known(list_name=name, entry=entry, actor=actor)
    _, is_new = CaseHash.objects.get_or_create(case=case, known_id=known_id)
    return is_new


def _add_text(opened: OpenCase, kind: Text, text: str) -> bool:
    text_id = keyed_id("text", str(opened.case.pk), kind, text.strip(), key=opened.key)
    _, is_new = CaseText.objects.get_or_create(
        pk=text_id,
        defaults={
            "case": opened.case,
            "kind": kind,
            "sealed": seal_text(text.strip(), key=opened.key, about=text_id),
            "at": clock.now(),
        },
    )
    return is_new


@transaction.atomic
def write_message(
    *, opened: OpenCase, text: str, form_key: UUID, official_id: UUID | None, actor: Actor
) -> UUID:
    """The person (`official_id` None) or a counsellor writes. The same form sent twice is one message.

    Raises CannotWriteError.
    """
    case = Case.objects.select_for_update().get(pk=opened.case.pk)
    problem = rules.why_not_write(State(case.state), text=text)
    if problem:
        raise CannotWriteError(problem)
    sender = Sender.PERSON if official_id is None else Sender.COUNSELLOR
    message_id = derived_id("case-message", case.pk, sender, form_key)
    message, is_new = Message.objects.get_or_create(
        pk=message_id,
        defaults={
            "case": case,
            "sender": sender,
            "official_id": official_id,
            "sealed": seal_text(text.strip(), key=opened.key, about=message_id),
            "at": clock.now(),
        },
    )
    if is_new:
        # The person's word makes the case wait for a counsellor; the counsellor's answer ends that.
        case.waits_since = (case.waits_since or message.at) if sender is Sender.PERSON else None
        case.save(update_fields=["waits_since"])
        record(event="support.message", subject=case, actor=actor, facts={"sender": sender})
    return message.pk


@transaction.atomic
def stretch_anew(*, opened: OpenCase, by: Stretched) -> None:
    """The person is here with words that lie under a former pepper: from now on under the newest. No event: it says
    nothing but that they came. Where their words were renewed meanwhile nothing is changed.
    """
    sealed = wrap_for_person(opened.key, by=by, case_id=opened.case.pk)
    same = Case.objects.filter(pk=opened.case.pk, lookup=opened.case.lookup)
    if same.update(lookup=by.lookup, key_for_person=sealed):
        opened.case.lookup, opened.case.key_for_person = by.lookup, sealed


@transaction.atomic
def messages_seen(*, case_id: UUID, by: Sender) -> None:
    """One side has opened the page: what the other side wrote is seen. Its own record; no event."""
    unseen = Message.objects.filter(case_id=case_id, seen_at=None)
    theirs = unseen.exclude(sender=by) if by is Sender.PERSON else unseen.filter(sender=Sender.PERSON)
    theirs.update(seen_at=clock.now())
