"""The counsellor's desk: who reads a case and why, who has it, what may be put right."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.accounts.models import Official, Seat
from haetae.accounts.permissions import Role
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import CannotWriteError, write_message
from haetae.agencies.support.consent.actions import note_consent
from haetae.agencies.support.consent.states import Giver, How, Kind
from haetae.agencies.support.desk import queries
from haetae.agencies.support.desk.actions import (
    CannotTakeInError,
    add_found,
    ask_about_home,
    guardian_told,
    hand_on,
    open_for_work,
    see_to,
    take_in,
    take_on,
)
from haetae.agencies.support.desk.rules import why_not_age
from haetae.agencies.support.desk.states import HandedOn, Part, Proof, Reason, SeenTo
from haetae.agencies.support.desk.states import Told as GuardianTold
from haetae.agencies.support.models import Case, CaseOpening
from haetae.agencies.support.queries import reports_of, texts_of
from haetae.agencies.support.rules import MINORS, Told
from haetae.agencies.support.states import Age, Channel, Circumstance, ExOfficio, Relation
from haetae.agencies.support.steering.actions import withdraw
from haetae.audit.actor import PUBLIC
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.detect.matching import Tier
from haetae.hashbank.models import KnownPicture
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Media
from tests.agencies.desk import LINK, STORY, a_case, follow, fresh, put_right, seated, told, without_a_request
from tests.people import OFFICER

pytestmark = pytest.mark.django_db


def read(case: Case, official: Official) -> list[str]:
    opened = queries.opened_by(case, official.pk)
    return [] if opened is None else [said.text for said in texts_of(opened)]


def opened(case: Case, official: Official, reason: Reason | None = Reason.MY_WORK) -> None:
    open_for_work(case_id=case.pk, official_id=official.pk, part=Part.TOLD, reason=reason)


def test_a_counsellor_reads_nothing_without_a_reason_and_everything_with_one(counsellor, colleague) -> None:
    case = a_case().case
    assert read(case, counsellor) == []
    with pytest.raises(CannotWriteError, match="reason_missing"):
        opened(case, counsellor, None)
    opened(case, counsellor)
    assert STORY in read(case, counsellor)
    assert read(case, colleague) == [], "a reason is one person's own"


def test_the_reason_is_recorded_once_a_day_and_asked_for_again_tomorrow(counsellor) -> None:
    case = a_case().case
    with time_machine.travel(clock.now(), tick=False) as traveller:
        opened(case, counsellor)
        opened(case, counsellor, Reason.CALLER)
        event = Event.objects.get(name="support.case_opened")
        assert event.facts == {"part": "told", "reason": "my_work"}
        assert event.actor_id == str(counsellor.pk)
        traveller.shift(timedelta(days=1))
        assert read(case, counsellor) == []
        opened(case, counsellor)
    assert CaseOpening.objects.count() == 2


def test_who_the_person_is_closes_again_after_a_quarter_of_an_hour(counsellor) -> None:
    case = a_case().case
    with time_machine.travel(clock.now(), tick=False) as traveller:
        open_for_work(case_id=case.pk, official_id=counsellor.pk, part=Part.IDENTITY, reason=Reason.CALL_BACK)
        whose = {"case_id": case.pk, "official_id": counsellor.pk}
        assert Part.IDENTITY in queries.parts_open(**whose, at=clock.now())
        assert Part.TOLD not in queries.parts_open(**whose, at=clock.now())
        traveller.shift(timedelta(minutes=15, seconds=1))
        assert Part.IDENTITY not in queries.parts_open(**whose, at=clock.now())


@pytest.mark.parametrize(("part", "reason"), [(Part.IDENTITY, Reason.MY_WORK), (Part.TOLD, Reason.PAPERS)])
def test_a_reason_for_one_part_is_none_for_the_other(counsellor, part, reason) -> None:
    with pytest.raises(CannotWriteError, match="reason_missing"):
        open_for_work(case_id=a_case().case.pk, official_id=counsellor.pk, part=part, reason=reason)


def test_a_case_is_taken_on_by_one_and_handed_on_with_a_reason(counsellor, colleague) -> None:
    case = a_case().case
    take_on(case_id=case.pk, official_id=counsellor.pk)
    take_on(case_id=case.pk, official_id=counsellor.pk)
    assert Event.objects.filter(name="support.taken_on").count() == 1
    with pytest.raises(CannotWriteError, match="case_of_another"):
        take_on(case_id=case.pk, official_id=colleague.pk)
    see_to(case_id=case.pk, official_id=counsellor.pk, how=SeenTo.SPOKEN)
    assert fresh(case.pk).waits_since is None
    hand_on(case_id=case.pk, official_id=counsellor.pk, to_id=colleague.pk, why=HandedOn.TOO_MUCH)
    assert fresh(case.pk).counsellor == colleague
    assert fresh(case.pk).waits_since is not None


def test_a_case_is_handed_to_nobody_who_is_no_counsellor_today(counsellor) -> None:
    case, officer = a_case().case, seated(OFFICER.name, Role.POLICE_OFFICER, "police")
    expired = seated("counsellor-yoon")
    Seat.objects.filter(official=expired).update(until="2026-02-01")
    for nobody in (officer.pk, expired.pk, new_id()):
        with pytest.raises(CannotWriteError, match="not_a_counsellor"):
            hand_on(case_id=case.pk, official_id=counsellor.pk, to_id=nobody, why=HandedOn.OFF_DUTY)


@pytest.mark.parametrize(
    ("before", "after", "proof", "code"),
    [
        (Age.UNSAID, Age.UNDER_19, Proof.NONE, None),
        (Age.ADULT, Age.UNDER_19, Proof.NONE, None),
        (Age.ADULT, Age.UNSAID, Proof.NONE, None),
        (Age.UNSAID, Age.ADULT, Proof.NONE, "age_needs_a_word"),
        (Age.UNSAID, Age.ADULT, Proof.SAID, None),
        (Age.UNDER_19, Age.ADULT, Proof.SAID, "age_needs_a_paper"),
        (Age.UNDER_19, Age.UNSAID, Proof.SAID, "age_needs_a_paper"),
        (Age.UNDER_19, Age.ADULT, Proof.PAPER, None),
    ],
)
def test_a_guess_raises_protection_and_never_lowers_it(before, after, proof, code) -> None:
    assert why_not_age(before, after, proof=proof) == code


def test_a_case_that_turns_out_to_be_a_minors_moves_up_with_its_fingerprints(counsellor) -> None:
    entry = NewEntry(
        media=Media.IMAGE, tier=Tier.SELF_DECLARED, sha256="1" * 64, pdq="2" * 64, dhash="3" * 64
    )
    case = a_case(hashes=[entry]).case
    put_right(case.pk, counsellor, age=Age.UNDER_19)
    assert fresh(case.pk).rank == 1
    follow()
    assert KnownPicture.objects.filter(list_id=MINORS, tier=Tier.SELF_DECLARED).count() == 1
    event = Event.objects.get(name="support.corrected")
    assert event.facts == {"proof": "none"}, "who is in it is no fact of the record"


def test_another_answer_who_it_is_reaches_the_reports_of_the_case(counsellor) -> None:
    case = a_case(relation=Relation.STRANGER).case
    put_right(case.pk, counsellor, relation=Relation.ME)
    follow()
    assert [report.depicted for report in reports_of(case)] == ["me"]


def test_what_a_counsellor_finds_is_added_and_calls_no_counsellor(counsellor) -> None:
    open_ = a_case()
    see_to(case_id=open_.case.pk, official_id=counsellor.pk, how=SeenTo.GOES_ON)
    add_found(opened=open_, told=Told(links=[LINK + "2"]), official_id=counsellor.pk)
    assert len(reports_of(open_.case)) == 2
    assert fresh(open_.case.pk).waits_since is None
    with pytest.raises(CannotWriteError, match="link_without_scheme"):
        add_found(opened=open_, told=Told(links=["board.example"]), official_id=counsellor.pk)


def test_the_persons_word_makes_the_case_wait_again_in_its_rank(counsellor) -> None:
    adult, minor = a_case(age=Age.ADULT), a_case(age=Age.UNDER_19)
    for one in (adult, minor):
        see_to(case_id=one.case.pk, official_id=counsellor.pk, how=SeenTo.SPOKEN)
        write_message(opened=one, text="Hello?", form_key=new_id(), official_id=None, actor=PUBLIC)
    waiting = queries.waiting(queries.Wanted(), most=10)
    assert [case.pk for case in waiting] == [minor.case.pk, adult.case.pk]
    assert [case.unread_count for case in waiting] == [1, 1]  # type: ignore[attr-defined]
    first = waiting[0]
    turn = queries.Turn(rank=first.rank, waits_since=first.waits_since, id=first.pk)
    assert queries.waiting(queries.Wanted(), most=10, after=turn) == [adult.case]
    assert queries.waiting(queries.Wanted(minors=True), most=10) == [minor.case]
    assert queries.waiting(queries.Wanted(number=minor.case.pk.hex[:8]), most=10) == [minor.case]


def test_no_guardian_is_told_while_it_may_do_harm(counsellor) -> None:
    case = a_case(age=Age.UNDER_19).case
    tell = {"case_id": case.pk, "official_id": counsellor.pk, "how": GuardianTold.TELEPHONE}
    agree = {
        "case_id": case.pk, "kind": Kind.TELL_GUARDIAN, "giver": Giver.PERSON, "how": How.TELEPHONE,
        "official_id": counsellor.pk, "actor": PUBLIC,
    }  # fmt: skip
    for act in (lambda: guardian_told(**tell), lambda: note_consent(**agree)):
        with pytest.raises(CannotWriteError, match="home_not_asked"):
            act()
    ask_about_home(case_id=case.pk, official_id=counsellor.pk, safe=True)
    with pytest.raises(CannotWriteError, match="guardian_not_agreed"):
        guardian_told(**tell)
    note_consent(**agree)
    guardian_told(**tell)
    ask_about_home(case_id=case.pk, official_id=counsellor.pk, safe=False)
    assert Circumstance.GUARDIAN_UNSAFE in fresh(case.pk).circumstances
    for act in (lambda: guardian_told(**tell), lambda: note_consent(**agree)):
        with pytest.raises(CannotWriteError, match="guardian_unsafe"):
            act()
    assert Event.objects.filter(name="support.guardian_told").count() == 1
    assert "safe" not in str(list(Event.objects.filter(subject_id=case.pk).values_list("facts")))


def test_putting_codes_right_never_answers_whether_it_is_safe_at_home(counsellor) -> None:
    case = a_case(age=Age.UNDER_19, circumstances=[Circumstance.GUARDIAN_UNSAFE]).case
    put_right(case.pk, counsellor, circumstances=[Circumstance.AT_SCHOOL])
    assert set(fresh(case.pk).circumstances) == {"at_school", "guardian_unsafe"}


def test_without_a_request_only_where_the_law_demands_it(counsellor) -> None:
    def take(**more: object) -> None:
        take_in(receipt=receipt.draw(), told=told(**more), official_id=counsellor.pk)

    for more, code in [
        ({"channel": Channel.EX_OFFICIO}, "ex_officio_reason_missing"),
        ({"channel": Channel.EX_OFFICIO, "ex_officio": ExOfficio.CSAM}, "ex_officio_needs_a_minor"),
        ({"channel": Channel.HOTLINE, "ex_officio": ExOfficio.CSAM}, "ex_officio_has_a_request"),
    ]:
        with pytest.raises(CannotTakeInError, match=code):
            take(**more)
    take(channel=Channel.EX_OFFICIO, ex_officio=ExOfficio.PROSECUTOR)
    assert without_a_request().case.ex_officio == "csam"
    with pytest.raises(IntegrityError), transaction.atomic():
        a_case(channel=Channel.EX_OFFICIO)


def test_whoever_takes_a_call_has_the_case_and_it_is_one_case_when_sent_twice(counsellor) -> None:
    bits = receipt.draw()
    for _ in range(2):
        taken = take_in(receipt=bits, told=told(channel=Channel.HOTLINE), official_id=counsellor.pk)
    assert Case.objects.count() == 1
    assert fresh(taken.case.pk).counsellor == counsellor
    assert STORY in read(taken.case, counsellor)


def test_the_form_of_a_call_sent_again_after_the_caller_has_stopped_it_adds_nothing(counsellor) -> None:
    bits = receipt.draw()
    stopped = take_in(receipt=bits, told=told(), official_id=counsellor.pk)
    withdraw(opened=stopped)
    with pytest.raises(CannotTakeInError, match="case_withdrawn"):
        take_in(receipt=bits, told=told(links=[LINK + "0"]), official_id=counsellor.pk)
    assert [report.link for report in reports_of(stopped.case)] == [LINK]
