"""The words are lost: new ones, where the person chose that before, by two people."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.agencies.support import queries, receipt
from haetae.agencies.support.actions import CannotWriteError, open_case
from haetae.agencies.support.models import NewWords
from haetae.agencies.support.recovery.actions import (
    ask_new_words,
    choose_recovery,
    confirm_new_words,
    issue_new_words,
    refuse_new_words,
)
from haetae.agencies.support.states import IdentityCheck, Recovery
from haetae.audit.actor import PUBLIC
from haetae.audit.models import Event
from haetae.common import clock
from tests.agencies.desk import STORY, a_case, told

pytestmark = pytest.mark.django_db
CALL_BACK = IdentityCheck.CALL_BACK


def chosen(**more: object):
    case = a_case().case
    choose_recovery(
        **{"case_id": case.pk, "chosen": Recovery.CENTRE, "how": CALL_BACK, "actor": PUBLIC, **more}
    )
    return case


def test_two_counsellors_give_new_words_and_the_old_ones_end(counsellor, colleague) -> None:
    old = receipt.draw()
    case = open_case(receipt=old, told=told()).case
    choose_recovery(case_id=case.pk, chosen=Recovery.CENTRE, how=CALL_BACK, actor=PUBLIC)
    ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
    confirm_new_words(case_id=case.pk, official_id=colleague.pk)
    new = issue_new_words(case_id=case.pk, official_id=counsellor.pk)
    assert queries.case_of_receipt(old) is None
    opened = queries.case_of_receipt(new)
    assert opened is not None
    assert STORY in [said.text for said in queries.texts_of(opened)]
    names = list(Event.objects.filter(subject_id=case.pk).values_list("name", flat=True))
    assert names[-3:] == ["support.words_asked", "support.words_confirmed", "support.words_issued"]
    assert new.hex() not in str(list(Event.objects.values()))


def test_who_did_not_choose_it_beforehand_gets_no_new_words(counsellor) -> None:
    with pytest.raises(CannotWriteError, match="recovery_not_chosen"):
        ask_new_words(case_id=a_case().case.pk, how=CALL_BACK, official_id=counsellor.pk)


def test_only_the_agreed_way_counts(counsellor) -> None:
    case = chosen()
    for how in (IdentityCheck.QUESTION, None):
        with pytest.raises(CannotWriteError, match="recovery_not_as_agreed"):
            ask_new_words(case_id=case.pk, how=how, official_id=counsellor.pk)


def test_a_counsellor_chosen_by_name_is_replaced_by_nobody(counsellor, colleague) -> None:
    case = chosen(chosen=Recovery.COUNSELLOR, official_id=colleague.pk)
    with pytest.raises(CannotWriteError, match="recovery_by_another"):
        ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
    ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=colleague.pk)


def test_nobody_confirms_what_they_asked_for_themselves(counsellor) -> None:
    case = chosen()
    ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
    with pytest.raises(CannotWriteError, match="recovery_by_one_alone"):
        confirm_new_words(case_id=case.pk, official_id=counsellor.pk)
    with pytest.raises(CannotWriteError, match="recovery_not_confirmed"):
        issue_new_words(case_id=case.pk, official_id=counsellor.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        NewWords.objects.update(state="confirmed", confirmed_by=counsellor)
    with pytest.raises(IntegrityError), transaction.atomic():
        NewWords.objects.update(state="issued")


def test_whoever_confirmed_does_not_read_the_words(counsellor, colleague) -> None:
    case = chosen()
    ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
    confirm_new_words(case_id=case.pk, official_id=colleague.pk)
    with pytest.raises(CannotWriteError, match="recovery_of_another"):
        issue_new_words(case_id=case.pk, official_id=colleague.pk)


def test_a_confirmation_of_yesterday_opens_nothing(counsellor, colleague) -> None:
    case = chosen()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
        confirm_new_words(case_id=case.pk, official_id=colleague.pk)
        traveller.shift(timedelta(hours=24, seconds=1))
        with pytest.raises(CannotWriteError, match="recovery_too_old"):
            issue_new_words(case_id=case.pk, official_id=counsellor.pk)
        refuse_new_words(case_id=case.pk, official_id=counsellor.pk)
        ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)


def test_when_one_is_not_sure_the_old_words_stay(counsellor, colleague) -> None:
    case = chosen()
    lookup = case.lookup
    ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
    refuse_new_words(case_id=case.pk, official_id=colleague.pk)
    for act in (confirm_new_words, issue_new_words, refuse_new_words):
        with pytest.raises(CannotWriteError, match="recovery_over"):
            act(case_id=case.pk, official_id=colleague.pk)
    case.refresh_from_db()
    assert case.lookup == lookup


@pytest.mark.parametrize(
    ("chosen_", "how", "code"),
    [
        (Recovery.CENTRE, None, "recovery_needs_a_way"),
        (Recovery.COUNSELLOR, CALL_BACK, "recovery_needs_a_name"),
    ],
)
def test_half_a_choice_is_none(chosen_, how, code) -> None:
    with pytest.raises(CannotWriteError, match=code):
        choose_recovery(case_id=a_case().case.pk, chosen=chosen_, how=how, actor=PUBLIC)


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_who_chooses_otherwise_ends_what_was_begun_for_somebody_else(
    counsellor, colleague, is_confirmed
) -> None:
    """Somebody has passed for the person; the person still has the words, sees it and takes the choice back."""
    case = chosen()
    lookup = case.lookup
    ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
    if is_confirmed:
        confirm_new_words(case_id=case.pk, official_id=colleague.pk)
    choose_recovery(case_id=case.pk, chosen=Recovery.NOBODY, how=None, actor=PUBLIC)
    assert NewWords.objects.get().state == "refused"
    with pytest.raises(CannotWriteError, match="recovery_over"):
        issue_new_words(case_id=case.pk, official_id=counsellor.pk)
    with pytest.raises(CannotWriteError, match="recovery_not_chosen"):
        ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
    case.refresh_from_db()
    assert case.lookup == lookup
    assert Event.objects.filter(subject_id=case.pk, name="support.words_refused").count() == 1


def test_the_same_choice_once_more_ends_nothing(counsellor) -> None:
    case = chosen()
    ask_new_words(case_id=case.pk, how=CALL_BACK, official_id=counsellor.pk)
    choose_recovery(case_id=case.pk, chosen=Recovery.CENTRE, how=CALL_BACK, actor=PUBLIC)
    assert NewWords.objects.get().state == "asked"
