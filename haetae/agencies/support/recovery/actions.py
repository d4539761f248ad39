"""Everything that writes about lost words: chosen beforehand, asked for, confirmed by a second person, issued."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import CannotWriteError
from haetae.agencies.support.models import Case
from haetae.agencies.support.persons_key import wrap_for_person
from haetae.agencies.support.recovery import rules
from haetae.agencies.support.recovery.models import NewWords
from haetae.agencies.support.recovery.states import MOVES, OPEN, State
from haetae.agencies.support.states import STOOD_BY, IdentityCheck, Recovery
from haetae.agencies.support.states import State as CaseState
from haetae.audit.actions import record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.common.states import check_move


@transaction.atomic
def choose_recovery(
    *,
    case_id: UUID,
    chosen: Recovery,
    how: IdentityCheck | None,
    official_id: UUID | None = None,
    actor: Actor,
) -> None:
    """The person chooses who may help when the words are lost, and how they want to be recognised; or nobody.

    `official_id` is the counsellor whom they named. Another choice than before ends what two counsellors have begun:
    it rested on that choice. Raises CannotWriteError.
    """
    case = _locked(case_id)
    if chosen is not Recovery.NOBODY and how is None:
        raise CannotWriteError("recovery_needs_a_way")
    if (chosen is Recovery.COUNSELLOR) != (official_id is not None):
        raise CannotWriteError("recovery_needs_a_name")
    before = (case.recovery, case.recovery_by_id, case.recovery_check)
    case.recovery = chosen
    case.recovery_by_id = official_id
    case.recovery_check = "" if chosen is Recovery.NOBODY or how is None else how
    if before != (case.recovery, case.recovery_by_id, case.recovery_check):
        _end_running(case, actor=actor)
    case.save(update_fields=["recovery", "recovery_by", "recovery_check"])
    record(event="support.recovery_chosen", subject=case, actor=actor, facts={"chosen": chosen})


@transaction.atomic
def ask_new_words(*, case_id: UUID, how: IdentityCheck | None, official_id: UUID) -> UUID:
    """One counsellor has recognised the person in the agreed way. Raises CannotWriteError."""
    case = _locked(case_id)
    problem = rules.why_not_ask(
        chosen=Recovery(case.recovery),
        chosen_id=case.recovery_by_id,
        agreed=case.recovery_check,
        how=how,
        official_id=official_id,
    )
    if problem or how is None:
        raise CannotWriteError(problem or "recovery_not_as_agreed")
    now = clock.now()
    found, is_new = NewWords.objects.get_or_create(
        case=case,
        state__in=sorted(OPEN),
        defaults={
            "state": State.ASKED,
            "how": how,
            "asked_by_id": official_id,
            "asked_at": now,
            "changed_at": now,
        },
    )
    if is_new:
        actor = official_actor(official_id)
        record(event="support.words_asked", subject=case, actor=actor, facts={"how": found.how})
    return found.pk


@transaction.atomic
def confirm_new_words(*, case_id: UUID, official_id: UUID) -> None:
    """A second counsellor has checked it, too. Raises CannotWriteError."""
    found = _running(case_id)
    problem = rules.why_not_confirm(
        state=State(found.state), asked_by=found.asked_by_id, official_id=official_id
    )
    if problem:
        raise CannotWriteError(problem)
    found.confirmed_by_id = official_id
    _move(found, State.CONFIRMED)
    record(event="support.words_confirmed", subject=found.case, actor=official_actor(official_id))


@transaction.atomic
def refuse_new_words(*, case_id: UUID, official_id: UUID) -> None:
    """One of them is not sure: the old words stay, and the person may try again. Raises CannotWriteError."""
    found = _running(case_id)
    _move(found, State.REFUSED)
    record(event="support.words_refused", subject=found.case, actor=official_actor(official_id))


@transaction.atomic
def issue_new_words(*, case_id: UUID, official_id: UUID) -> bytes:
    """Draw new bits and end the old ones; they are read out and kept nowhere. Raises CannotWriteError."""
    found = _running(case_id)
    problem = rules.why_not_issue(
        state=State(found.state),
        asked_by=found.asked_by_id,
        official_id=official_id,
        changed_at=found.changed_at,
        at=clock.now(),
    )
    if problem:
        raise CannotWriteError(problem)
    case = found.case
    key = settings.KEYS.open_case_key(bytes(case.key_for_custodian or b""), case_id=case.pk)
    bits = receipt.draw()
    stretched = settings.KEYS.stretch_receipt(bits)
    case.lookup = stretched.lookup
    case.key_for_person = wrap_for_person(key, by=stretched, case_id=case.pk)
    case.save(update_fields=["lookup", "key_for_person"])
    _move(found, State.ISSUED)
    record(event="support.words_issued", subject=found.case, actor=official_actor(official_id))
    return bits


def _locked(case_id: UUID) -> Case:
    case = Case.objects.select_for_update().get(pk=case_id)
    if CaseState(case.state) not in STOOD_BY:
        raise CannotWriteError("case_ended")
    return case


def _end_running(case: Case, *, actor: Actor) -> None:
    """Part of the change that takes its ground away."""
    found = NewWords.objects.select_for_update().filter(case=case, state__in=sorted(OPEN)).first()
    if found is not None:
        _move(found, State.REFUSED)
        record(event="support.words_refused", subject=case, actor=actor)


def _running(case_id: UUID) -> NewWords:
    case = _locked(case_id)
    found = NewWords.objects.select_for_update().filter(case=case, state__in=sorted(OPEN)).first()
    if found is None:
        raise CannotWriteError("recovery_over")
    found.case = case
    return found


def _move(found: NewWords, after: State) -> None:
    check_move(MOVES, State(found.state), after)
    found.state = after
    found.changed_at = clock.now()
    found.save(update_fields=["state", "changed_at", "confirmed_by"])
