"""Everything that writes when the person steers their own case."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.agencies.support import queries
from haetae.agencies.support import rules as told
from haetae.agencies.support.actions import CannotWriteError, OpenCase, write_message
from haetae.agencies.support.models import Case, CaseHash
from haetae.agencies.support.persons_key import wrap_for_person
from haetae.agencies.support.states import MOVES, State
from haetae.agencies.support.steering import rules
from haetae.agencies.support.steering.queries import answers_of, hashes_of, is_held_by_others
from haetae.agencies.support.steering.rules import Answers
from haetae.audit.actions import record
from haetae.audit.actor import PUBLIC, SYSTEM, Actor
from haetae.common import clock
from haetae.common.keys import Stretched
from haetae.common.states import check_move
from haetae.detect.matching import Tier
from haetae.flow.arrival import actions as arrival
from haetae.hashbank import actions as hashbank
from haetae.hashbank.forgetting.actions import hold_entries
from haetae.hashbank.queries import entry_again


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a counsellor reads when an answer would protect less: in the person's words, with the key of the form."""

    text: str
    form_key: UUID


@transaction.atomic
def withdraw(*, opened: OpenCase, actor: Actor = PUBLIC) -> None:
    """Nothing more is asked for in this person's name. Once more changes nothing. Raises CannotWriteError."""
    case = _locked(opened)
    problem = rules.why_not_stop(State(case.state))
    if problem:
        raise CannotWriteError(problem)
    if State(case.state) is State.OPEN:
        case.waits_since = None
        _move(case, State.WITHDRAWN)
        record(event="support.withdrawn", subject=case, actor=actor)


@transaction.atomic
def resume(*, opened: OpenCase, actor: Actor = PUBLIC) -> None:
    """The person wants it after all. Once more changes nothing. Raises CannotWriteError."""
    case = _locked(opened)
    problem = rules.why_not_stop(State(case.state))
    if problem:
        raise CannotWriteError(problem)
    if State(case.state) is State.WITHDRAWN:
        case.waits_since = clock.now()
        _move(case, State.OPEN)
        record(event="support.resumed", subject=case, actor=actor)


@transaction.atomic
def correct(*, opened: OpenCase, wanted: Answers, wish: Wish, actor: Actor = PUBLIC) -> bool:
    """Other answers to what was asked; False when a counsellor has to ask first about some of them.

    What was answered is no fact of the record: it could never be taken back there. Raises CannotWriteError.
    """
    case = _locked(opened)
    if State(case.state) is not State.OPEN:
        raise CannotWriteError(f"case_{case.state}")
    before = answers_of(case)
    settled = rules.settle(before=before, wanted=wanted)
    if settled.now != before:
        case.relation, case.age = settled.now.relation, settled.now.age
        case.circumstances = sorted(settled.now.circumstances)
        case.legal_basis = settled.now.legal_basis
        case.rank = told.rank(age=settled.now.age, circumstances=settled.now.circumstances)
        if settled.is_urgent:
            case.waits_since = case.waits_since or clock.now()
        case.save()
        record(event="support.corrected", subject=case, actor=actor)
    if settled.asks_counsellor:
        write_message(opened=opened, text=wish.text, form_key=wish.form_key, official_id=None, actor=actor)
    return not settled.asks_counsellor


def renew_receipt(*, opened: OpenCase, receipt: bytes, actor: Actor = PUBLIC) -> OpenCase:
    """Other words open the case from now on; the old ones, and windows that they opened, open nothing any more.

    `receipt` are bits that the server drew. Raises CannotWriteError where the case went on without this window.
    """
    stretched = settings.KEYS.stretch_receipt(receipt)
    return _renew(opened, stretched, actor=actor)


@transaction.atomic
def _renew(opened: OpenCase, stretched: Stretched, *, actor: Actor) -> OpenCase:
    case = _locked(opened)
    if State(case.state) is State.DESTROYED:
        raise CannotWriteError("case_destroyed")
    if case.lookup != opened.case.lookup:
        raise CannotWriteError("words_renewed")
    case.lookup = stretched.lookup
    case.key_for_person = wrap_for_person(opened.key, by=stretched, case_id=case.pk)
    case.save(update_fields=["lookup", "key_for_person"])
    record(event="support.receipt_renewed", subject=case, actor=actor)
    return OpenCase(case=case, key=opened.key)


@transaction.atomic
def settle(*, case_id: UUID) -> None:
    """Links and fingerprints of the case count as far as the person wants it now, and as what they say now."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if State(case.state) is State.DESTROYED:
        return
    counts = rules.counts(state=State(case.state), age=answers_of(case).age)
    _settle_links(case, counts=counts)
    hold_entries(known_ids=queries.known_of(case))
    for row in hashes_of(case):
        if row.known.disputed_at is None:
            _settle_hash(case, row, counts=counts)


def _settle_links(case: Case, *, counts: bool) -> None:
    depicted = told.Told(relation=answers_of(case).relation).depicted
    for report in queries.reports_of(case):
        if counts:
            arrival.renew_report(report_id=report.pk)
            arrival.receive_report(link=report.link, form_key=report.form_key, depicted=depicted)
        else:
            arrival.withdraw_report(report_id=report.pk)


def _settle_hash(case: Case, row: CaseHash, *, counts: bool) -> None:
    """On the list that is for this age, with the weight that people gave it, or matched no more."""
    wanted = told.list_for(answers_of(case).age)
    if counts and (row.known.withdrawn_at or row.known.list_id != wanted):
        entry = entry_again(row.known)
        known_id = hashbank.make_known(list_name=wanted, entry=entry, actor=SYSTEM)
        CaseHash.objects.get_or_create(case=case, known_id=known_id)
    elif counts:
        return
    # What the regulator's side has decided, or another case stands for, is not this person's to take back.
    is_others = row.known.tier >= Tier.REGULATOR_DECIDED or is_held_by_others(row)
    if row.known.withdrawn_at is None and not is_others:
        hashbank.withdraw_entries(known_ids=[row.known_id], actor=SYSTEM)


def _locked(opened: OpenCase) -> Case:
    return Case.objects.select_for_update().get(pk=opened.case.pk)


def _move(case: Case, after: State) -> None:
    check_move(MOVES, State(case.state), after)
    case.state = after
    case.save(update_fields=["state", "waits_since"])
