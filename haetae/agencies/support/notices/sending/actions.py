"""Everything that writes about one mail on its way.

It is sent at most once: what may have arrived is not sent again, so that nobody gets two because of a fault of ours.
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.agencies.support.models import Case
from haetae.agencies.support.notices import letters, queries, rules
from haetae.agencies.support.notices.letters import Words
from haetae.agencies.support.notices.models import Mailbox, Notice
from haetae.agencies.support.notices.states import MOVES, Cause, State
from haetae.agencies.support.states import Cadence
from haetae.agencies.support.states import State as CaseState
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.case_keys import WrongKeyError, keyed_id, open_text
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A mail that is begun; `key` names it without leading back to the case."""

    address: str = field(repr=False)
    words: Words = field(repr=False)
    key: UUID


def code_id(mailbox: Mailbox, code: str, *, key: bytes) -> UUID:
    """What is kept of a number: without the case's key nobody can try the million of them."""
    digits = "".join(sign for sign in code if sign.isdigit())
    return keyed_id("mailbox-number", str(mailbox.pk), digits, key=key)


@transaction.atomic
def plan_notice(*, case_id: UUID, cause: Cause, mailbox_today: str = "") -> None:
    """One that is planned already stays the only one. Part of the change that causes it."""
    now = clock.now()
    notice, is_new = Notice.objects.get_or_create(
        case_id=case_id,
        cause=cause,
        state=State.PLANNED,
        defaults={"planned_at": now, "changed_at": now, "mailbox_today": mailbox_today},
    )
    if is_new:
        _due(notice, wait=rules.due_at(cause, at=now, last_at=queries.last_at(case_id)) - now)


@transaction.atomic
def begin_notice(*, notice_id: UUID) -> Outgoing | None:
    """Open the mailbox, and say so first. None: nobody wants it any more, it is over, or its turn comes later.

    One that is found begun was broken off, and nobody knows whether it arrived. Raises KeysUnavailableError.
    """
    notice = _locked(notice_id)
    if notice is None:
        return None
    if State(notice.state) is State.SENDING:
        _end(notice, State.UNSURE, code="broke_off")
    if State(notice.state) is not State.PLANNED:
        return None
    case, mailbox, cause = notice.case, queries.mailbox_of(notice.case_id), Cause(notice.cause)
    if mailbox is None or not _is_wanted(cause, case, mailbox):
        _move(notice, State.DROPPED)
        return None
    now = clock.now()
    due_at = rules.due_at(cause, at=now, last_at=queries.last_at(case.pk))
    if due_at > now:
        _due(notice, wait=due_at - now)
        return None
    notice.tries += 1
    record(event="support.notice_tried", subject=case, actor=SYSTEM, facts=_facts(notice))
    try:
        return _open(notice, case, mailbox)
    except WrongKeyError:
        _end(notice, State.FAILED, code="wrong_key")
        return None


@transaction.atomic
def notice_sent(*, notice_id: UUID) -> None:
    """The mail server has taken it."""
    notice = _locked(notice_id)
    if notice is not None and State(notice.state) is State.SENDING:
        _end(notice, State.SENT)


@transaction.atomic
def notice_unsure(*, notice_id: UUID) -> None:
    """It may have been taken: it is not sent again."""
    notice = _locked(notice_id)
    if notice is not None and State(notice.state) is State.SENDING:
        _end(notice, State.UNSURE, code="not_answered")


@transaction.atomic
def notice_not_sent(*, notice_id: UUID, code: str, for_good: bool) -> None:
    """It surely was not taken: tried again after a pause, a few times."""
    notice = _locked(notice_id)
    if notice is None or State(notice.state) not in {State.SENDING, State.PLANNED}:
        return
    pause = None if for_good else rules.pause_after(notice.tries, cause=Cause(notice.cause))
    is_planned = Notice.objects.filter(case=notice.case_id, cause=notice.cause, state=State.PLANNED).exists()
    if pause is None or State(notice.state) is State.PLANNED or is_planned:
        _end(notice, State.FAILED, code=code)
        return
    _move(notice, State.PLANNED)
    _due(notice, wait=pause)


def _open(notice: Notice, case: Case, mailbox: Mailbox) -> Outgoing:
    key = settings.KEYS.open_case_key(bytes(case.key_for_custodian or b""), case_id=case.pk)
    address = open_text(mailbox.sealed, key=key, about=mailbox.pk)
    code = ""
    if notice.cause == Cause.CONFIRM:
        code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"
        mailbox.code = code_id(mailbox, code, key=key)
        mailbox.code_until, mailbox.code_tries = clock.now() + rules.CODE_VALID, 0
        mailbox.save(update_fields=["code", "code_until", "code_tries"])
    _move(notice, State.SENDING)
    words = letters.words_for(Cause(notice.cause), language=case.language, code=code)
    name = keyed_id("mail", str(notice.pk), key=key)
    return Outgoing(address=address, words=words, key=name)


def _is_wanted(cause: Cause, case: Case, mailbox: Mailbox) -> bool:
    return rules.wants(
        cause,
        state=CaseState(case.state),
        cadence=Cadence(case.cadence),
        confirmed=mailbox.confirmed_at is not None,
    )


def _locked(notice_id: UUID) -> Notice | None:
    """The case first, as everywhere; None where the mail went with its case."""
    case_id = Notice.objects.filter(pk=notice_id).values_list("case_id", flat=True).first()
    if case_id is None:
        return None
    case = Case.objects.select_for_update().get(pk=case_id)
    notice = Notice.objects.select_for_update().filter(pk=notice_id).first()
    if notice is not None:
        notice.case = case
    return notice


def _due(notice: Notice, *, wait: timedelta) -> None:
    deadlines.set_deadline(
        kind=Kind.NOTICE,
        subject_id=notice.pk,
        basis=Basis.POLICY,
        source="notices.pause",
        due_at=clock.now() + wait,
    )


def _end(notice: Notice, after: State, *, code: str = "") -> None:
    _move(notice, after)
    if after is State.SENT:
        record(event="support.notice_sent", subject=notice.case, actor=SYSTEM, facts=_facts(notice))
    else:
        facts = _facts(notice) | {"state": after, "code": code}
        record(event="support.notice_unsent", subject=notice.case, actor=SYSTEM, facts=facts)


def _move(notice: Notice, after: State) -> None:
    check_move(MOVES, State(notice.state), after)
    notice.state, notice.changed_at = after, clock.now()
    notice.save(update_fields=["state", "changed_at", "tries"])


def _facts(notice: Notice) -> dict[str, Fact]:
    return {"notice": str(notice.pk), "cause": notice.cause}
