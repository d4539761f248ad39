"""Two counsellors, one moment."""

import threading
from collections.abc import Callable

from django.db import connections

from haetae.accounts.models import Official
from haetae.agencies.referrals.actions import CannotReferError
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import To
from haetae.agencies.support.actions import CannotWriteError
from haetae.agencies.support.consent.actions import end_consent, note_consent
from haetae.agencies.support.consent.states import Giver, How, Kind
from haetae.agencies.support.desk.actions import take_on
from haetae.agencies.support.models import Consent, NewWords
from haetae.agencies.support.recovery.actions import (
    ask_new_words,
    choose_recovery,
    confirm_new_words,
    issue_new_words,
)
from haetae.agencies.support.states import IdentityCheck, Recovery
from haetae.audit.actor import PUBLIC
from haetae.common.ids import new_id
from haetae.flow.steps.referring import hand_over
from tests.agencies.desk import PACKAGE, a_case, seated
from tests.people import COUNSELLOR, SECOND_COUNSELLOR


def at_once(*acts: Callable[[], object]) -> list[str]:
    """The codes of those who were refused."""
    gate, refused = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except (CannotWriteError, CannotReferError) as problem:
            refused.append(str(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def both() -> tuple[Official, Official]:
    return seated(COUNSELLOR.name), seated(SECOND_COUNSELLOR.name)


def test_two_who_take_a_case_on_are_not_both_told_that_they_have_it(several_at_once) -> None:
    case, (one, other) = a_case().case, both()
    refused = at_once(
        lambda: take_on(case_id=case.pk, official_id=one.pk),
        lambda: take_on(case_id=case.pk, official_id=other.pk),
    )
    assert refused == ["case_of_another"]


def test_a_consent_noted_twice_is_one(several_at_once) -> None:
    case, (one, other) = a_case().case, both()

    def note(official: Official) -> None:
        note_consent(
            case_id=case.pk,
            kind=Kind.TELL_POLICE,
            giver=Giver.PERSON,
            how=How.TELEPHONE,
            official_id=official.pk,
            actor=PUBLIC,
        )

    assert at_once(lambda: note(one), lambda: note(other)) == []
    assert Consent.objects.count() == 1


def test_nothing_is_handed_over_under_a_consent_that_ends_at_that_moment(several_at_once) -> None:
    opened, (one, _) = a_case(), both()
    case_id = opened.case.pk
    note_consent(
        case_id=case_id, kind=Kind.TELL_POLICE, giver=Giver.PERSON, how=How.TELEPHONE, official_id=one.pk,
        actor=PUBLIC,
    )  # fmt: skip
    refused = at_once(
        lambda: end_consent(case_id=case_id, kind=Kind.TELL_POLICE, actor=PUBLIC),
        lambda: hand_over(
            opened=opened, to=To.POLICE, package=PACKAGE, form_key=new_id(), official_id=one.pk
        ),
    )
    # Either it came too late, or it went before and the end of the consent, as an event, calls it back.
    assert refused == ["referral_not_agreed"] or Referral.objects.count() == 1


def test_new_words_are_issued_once(several_at_once) -> None:
    case, (one, other) = a_case().case, both()
    choose_recovery(case_id=case.pk, chosen=Recovery.CENTRE, how=IdentityCheck.QUESTION, actor=PUBLIC)
    ask_new_words(case_id=case.pk, how=IdentityCheck.QUESTION, official_id=one.pk)
    confirm_new_words(case_id=case.pk, official_id=other.pk)
    issue = lambda: issue_new_words(case_id=case.pk, official_id=one.pk)  # noqa: E731
    assert at_once(issue, issue) == ["recovery_over"]
    assert NewWords.objects.get().state == "issued"
