"""Everything that writes when a person chooses whether and where they are written to."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.agencies.support.actions import CannotWriteError, OpenCase
from haetae.agencies.support.models import Case
from haetae.agencies.support.notices import queries, rules
from haetae.agencies.support.notices.models import Mailbox, Notice
from haetae.agencies.support.notices.sending.actions import code_id, plan_notice
from haetae.agencies.support.notices.states import Cause, State
from haetae.agencies.support.retention.queries import held_parts
from haetae.agencies.support.retention.states import Part
from haetae.agencies.support.states import Cadence
from haetae.agencies.support.states import State as CaseState
from haetae.audit.actions import record
from haetae.audit.actor import PUBLIC, Actor
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import new_id
from haetae.common.sealed import search_digests
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind

_DAY = rules.NOT_SOONER


@transaction.atomic
def choose_notices(*, opened: OpenCase, cadence: Cadence, address: str = "", actor: Actor = PUBLIC) -> None:
    """Never, or when and where to. Another mailbox is confirmed first; an empty one leaves it as it is.

    Raises CannotWriteError.
    """
    case = Case.objects.select_for_update().get(pk=opened.case.pk)
    mailbox = queries.mailbox_of(case.pk)
    if cadence is Cadence.NEVER:
        _end(case, actor=actor)
    elif mailbox is None or _is_another(OpenCase(case=case, key=opened.key), mailbox, address):
        _ask(OpenCase(case=case, key=opened.key), mailbox, cadence=cadence, address=address, actor=actor)
    else:
        mailbox.cadence = cadence
        mailbox.save(update_fields=["cadence"])
        if mailbox.confirmed_at is not None and CaseState(case.state) is CaseState.OPEN:
            _begin(case, mailbox, at=clock.now())
        record(event="support.notices_chosen", subject=case, actor=actor, facts={"cadence": cadence})


@transaction.atomic
def confirm_mailbox(*, opened: OpenCase, code: str, actor: Actor = PUBLIC) -> str | None:
    """The number that was sent there. A code for what is wrong with it, or None: from now on it is written to."""
    case = Case.objects.select_for_update().get(pk=opened.case.pk)
    mailbox = queries.mailbox_of(case.pk)
    if mailbox is None or mailbox.confirmed_at is not None or CaseState(case.state) is not CaseState.OPEN:
        return "nothing_to_confirm"
    now = clock.now()
    problem = rules.why_not_confirm(tries=mailbox.code_tries, code_until=mailbox.code_until, at=now)
    if problem:
        return problem
    if mailbox.code != code_id(mailbox, code, key=opened.key):
        mailbox.code_tries += 1
        mailbox.save(update_fields=["code_tries"])
        return "code_wrong"
    mailbox.confirmed_at, mailbox.code, mailbox.code_until = now, None, None
    mailbox.save(update_fields=["confirmed_at", "code", "code_until"])
    _begin(case, mailbox, at=now)
    record(event="support.notices_confirmed", subject=case, actor=actor, facts={"cadence": mailbox.cadence})
    return None


@transaction.atomic
def end_notices(*, case_id: UUID, actor: Actor) -> None:
    """Nobody is written to any more, and the mailbox is gone; once more changes nothing."""
    _end(Case.objects.select_for_update().get(pk=case_id), actor=actor)


@transaction.atomic
def month_is_over(*, case_id: UUID) -> None:
    """Where it is still wanted, the next month begins, and a mail is planned when something is open."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.cadence != Cadence.MONTHLY or CaseState(case.state) is not CaseState.OPEN:
        return
    _begin_month(case, at=clock.now())
    if queries.is_something_open(case):
        plan_notice(case_id=case.pk, cause=Cause.MONTH)


def _is_another(opened: OpenCase, mailbox: Mailbox, address: str) -> bool:
    """The same one typed in again is another only while it is not confirmed: then a new number is wanted."""
    if mailbox.confirmed_at is None or not address:
        return mailbox.confirmed_at is None
    return address != queries.address_of(opened, mailbox)


def _ask(opened: OpenCase, mailbox: Mailbox | None, *, cadence: Cadence, address: str, actor: Actor) -> None:
    """What is planned for the old one goes nowhere: the number that was sent there is worth nothing any more."""
    case, now = opened.case, clock.now()
    today = search_digests(f"mailbox {now.date().isoformat()} {address.lower()}")
    asked = queries.confirmations_since(now - _DAY, case_id=case.pk, mailbox_today=today)
    is_held = mailbox is not None and Part.IDENTITY in held_parts(case)
    problem = (
        ("mailbox_held" if is_held else None)
        or rules.why_not_mailbox(address)
        or rules.why_not_ask(CaseState(case.state), confirmations=asked)
    )
    if problem:
        raise CannotWriteError(problem)
    row = mailbox or Mailbox(pk=new_id(), case=case)
    row.sealed = seal_text(address, key=opened.key, about=row.pk)
    row.cadence, row.asked_at = cadence, now
    row.confirmed_at = row.code = row.code_until = None
    row.code_tries = 0
    row.save()
    _rest(case)
    plan_notice(case_id=case.pk, cause=Cause.CONFIRM, mailbox_today=today[0])
    record(event="support.notices_asked", subject=case, actor=actor, facts={"cadence": cadence})


def _begin(case: Case, mailbox: Mailbox, *, at: datetime) -> None:
    _rest(case)
    case.cadence = mailbox.cadence
    case.save(update_fields=["cadence"])
    if case.cadence == Cadence.MONTHLY:
        _begin_month(case, at=at)


def _begin_month(case: Case, *, at: datetime) -> None:
    deadlines.set_deadline(
        kind=Kind.NOTICE_MONTH,
        subject_id=case.pk,
        basis=Basis.POLICY,
        source="notices.month",
        due_at=at + rules.MONTH,
    )


def _end(case: Case, *, actor: Actor) -> None:
    """A hold on who the person is keeps the mailbox, and nothing is sent there all the same."""
    mailbox = queries.mailbox_of(case.pk)
    if mailbox is None and case.cadence == Cadence.NEVER:
        return
    _rest(case)
    if mailbox is not None and Part.IDENTITY in held_parts(case):
        mailbox.confirmed_at = mailbox.code = mailbox.code_until = None
        mailbox.save(update_fields=["confirmed_at", "code", "code_until"])
    elif mailbox is not None:
        mailbox.delete()
    record(event="support.notices_ended", subject=case, actor=actor)


def _rest(case: Case) -> None:
    """Nothing is planned and nothing chosen."""
    for notice in Notice.objects.select_for_update().filter(case=case, state=State.PLANNED):
        notice.state, notice.changed_at = State.DROPPED, clock.now()
        notice.save(update_fields=["state", "changed_at"])
        deadlines.close(subject_id=notice.pk, kinds=[Kind.NOTICE])
    deadlines.close(subject_id=case.pk, kinds=[Kind.NOTICE_MONTH])
    if case.cadence != Cadence.NEVER:
        case.cadence = Cadence.NEVER
        case.save(update_fields=["cadence"])
