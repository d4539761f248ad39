"""The person decides: stop, go on, say it otherwise, take new words."""

import threading
from uuid import uuid4

import pytest
from django.db import connections

from haetae.agencies.support import queries, receipt
from haetae.agencies.support.actions import CannotWriteError, OpenCase, add_to_case, open_case
from haetae.agencies.support.models import Case
from haetae.agencies.support.rules import ADULTS, MINORS, Told
from haetae.agencies.support.states import Age, Circumstance, Relation, State, Text
from haetae.agencies.support.steering.actions import Wish, correct, renew_receipt, resume, withdraw
from haetae.agencies.support.steering.queries import answers_of, chosen_basis
from haetae.agencies.support.steering.rules import Answers, counts, settle
from haetae.audit.models import Event
from haetae.flow.arrival.actions import register_sighting, report_located
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.queries import is_for_depicted, is_reported
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.models import Assessment
from haetae.flow.next_step import next_step
from haetae.flow.removal.models import DeletionRequest
from haetae.hashbank.models import KnownPicture
from haetae.hashbank.rules import NewEntry
from tests.web.sightings import asked, found

LINK = "https://board.example/post/1"
ENTRY = NewEntry(sha256="ab" * 32, pdq="5a" * 32, dhash="3c" * 32)


def opened_with(**more: object) -> OpenCase:
    told = Told(**{"links": [LINK], "hashes": [ENTRY], "relation": Relation.ME, **more})  # type: ignore[arg-type]
    return open_case(receipt=receipt.draw(), told=told)


def matched(opened: OpenCase) -> list[str]:
    """The lists on which fingerprints of this case are matched now."""
    known = KnownPicture.objects.filter(pk__in=queries.known_of(opened.case), withdrawn_at=None)
    return sorted(known.values_list("list_id", flat=True))


def follow(*names: str) -> None:
    """What follows from the newest event of each of these names."""
    for name in names:
        newest = Event.objects.filter(name=name).order_by("-pk").first()
        assert newest is not None, name
        next_step(newest.pk)


def wish() -> Wish:
    return Wish(text="Please change this.", form_key=uuid4())


def answers(**more: object) -> Answers:
    plain = {"relation": Relation.ME, "age": Age.UNSAID, "circumstances": frozenset()}
    return Answers(**{**plain, **more})  # type: ignore[arg-type]


@pytest.mark.django_db
def test_who_stops_has_nothing_asked_for_in_their_name_any_more() -> None:
    opened = opened_with()
    place = register_sighting(page_url=LINK, media_url=f"{LINK}.jpg", source=Source.REPORT)
    report_located(report_id=Report.objects.get().pk, sighting_ids=[place])
    assert is_for_depicted(place)
    withdraw(opened=opened)
    follow("support.withdrawn")
    assert matched(opened) == []
    assert not is_reported(place)
    assert not is_for_depicted(place)
    case = queries.get_case(opened.case.pk)
    assert (case.state, case.waits_since) == (State.WITHDRAWN, None)


@pytest.mark.django_db
def test_who_stops_and_goes_on_stands_where_they_stood() -> None:
    opened = opened_with()
    withdraw(opened=opened)
    follow("support.withdrawn")
    resume(opened=opened)
    follow("support.resumed")
    assert matched(opened) == [ADULTS]
    assert Report.objects.get().withdrawn_at is None
    assert queries.get_case(opened.case.pk).waits_since is not None


@pytest.mark.django_db
def test_a_step_that_comes_late_does_what_the_person_wants_now() -> None:
    opened = opened_with()
    withdraw(opened=opened)
    resume(opened=opened)
    follow("support.resumed", "support.withdrawn")
    assert matched(opened) == [ADULTS]
    assert Report.objects.get().withdrawn_at is None


@pytest.mark.django_db
def test_what_is_examined_counts_no_report_that_was_taken_back() -> None:
    opened = opened_with()
    place = register_sighting(page_url=LINK, media_url=f"{LINK}.jpg", source=Source.REPORT)
    report_located(report_id=Report.objects.get().pk, sighting_ids=[place])
    follow("arrival.report_joined")
    assert Assessment.objects.get().reported
    withdraw(opened=opened)
    follow("support.withdrawn", "arrival.report_withdrawn")
    assert not Assessment.objects.get().reported
    resume(opened=opened)
    follow("support.resumed", "arrival.report_renewed")
    assert Assessment.objects.get().reported
    assert Assessment.objects.get().for_depicted


@pytest.mark.django_db
def test_somebody_under_19_who_stops_stays_protected() -> None:
    """The law wants such pictures gone without anybody's request."""
    opened = opened_with(age=Age.UNDER_19)
    withdraw(opened=opened)
    follow("support.withdrawn")
    assert matched(opened) == [MINORS]
    assert Report.objects.get().withdrawn_at is None


@pytest.mark.django_db
def test_a_fingerprint_that_another_person_stands_for_stays() -> None:
    mine, theirs = opened_with(), opened_with(links=[LINK + "2"])
    withdraw(opened=mine)
    follow("support.withdrawn")
    assert matched(theirs) == [ADULTS]
    withdraw(opened=theirs)
    follow("support.withdrawn")
    assert matched(theirs) == []


@pytest.mark.django_db
def test_twice_changes_nothing_and_what_is_withdrawn_takes_no_more() -> None:
    opened = opened_with()
    withdraw(opened=opened)
    withdraw(opened=opened)
    assert Event.objects.filter(name="support.withdrawn").count() == 1
    with pytest.raises(CannotWriteError, match="case_withdrawn"):
        add_to_case(opened=opened, told=Told(links=[LINK + "3"]))
    with pytest.raises(CannotWriteError, match="case_withdrawn"):
        correct(opened=opened, wanted=answers(), wish=wish())


@pytest.mark.django_db
@pytest.mark.parametrize("act", [withdraw, resume])
def test_what_is_destroyed_cannot_be_steered(act) -> None:  # type: ignore[no-untyped-def]
    opened = opened_with()
    Case.objects.update(state=State.DESTROYED.value, lookup=None, key_for_person=None, key_for_custodian=None)
    with pytest.raises(CannotWriteError, match="case_destroyed"):
        act(opened=opened)
    with pytest.raises(CannotWriteError, match="case_destroyed"):
        renew_receipt(opened=opened, receipt=receipt.draw())


@pytest.mark.django_db
def test_an_age_that_protects_more_counts_at_once() -> None:
    opened = opened_with()
    assert correct(opened=opened, wanted=answers(age=Age.UNDER_19), wish=wish())
    follow("support.corrected")
    assert matched(opened) == [MINORS]
    assert queries.get_case(opened.case.pk).rank == 1
    assert queries.messages_of(opened) == []


@pytest.mark.django_db
def test_a_request_that_was_made_before_carries_the_age_that_protects_more() -> None:
    opened = opened_with()
    place = found()
    report_located(report_id=Report.objects.get().pk, sighting_ids=[place])
    request_id = asked(place)
    correct(opened=opened, wanted=answers(age=Age.UNDER_19), wish=wish())
    follow("support.corrected")
    assert DeletionRequest.objects.get(pk=request_id).minor_protected
    assert Event.objects.get(name="removal.restated").facts == {}


@pytest.mark.django_db
def test_an_age_that_protects_less_waits_for_a_counsellor() -> None:
    opened = opened_with(age=Age.UNDER_19)
    wanted = answers(age=Age.ADULT, relation=Relation.FRIEND)
    assert not correct(opened=opened, wanted=wanted, wish=wish())
    case = queries.get_case(opened.case.pk)
    assert (case.age, case.relation) == (Age.UNDER_19, Relation.FRIEND)
    assert [one.text for one in queries.messages_of(opened)] == ["Please change this."]


@pytest.mark.django_db
def test_who_is_in_it_is_no_fact_of_the_record_and_reaches_the_flow() -> None:
    opened = opened_with()
    correct(opened=opened, wanted=answers(relation=Relation.FRIEND, age=Age.ADULT), wish=wish())
    follow("support.corrected")
    assert Report.objects.get().depicted == "somebody_else"
    assert Event.objects.get(name="support.corrected").facts == {}


def test_nobody_takes_back_alone_that_home_is_not_safe() -> None:
    before = answers(circumstances=frozenset({Circumstance.GUARDIAN_UNSAFE, Circumstance.AT_SCHOOL}))
    settled = settle(before=before, wanted=answers())
    assert settled.now.circumstances == {Circumstance.GUARDIAN_UNSAFE}
    assert settled.asks_counsellor
    assert not settle(before=before, wanted=before).asks_counsellor


@pytest.mark.django_db
def test_a_request_rests_on_what_the_person_whose_link_led_there_has_chosen() -> None:
    opened = opened_with(legal_basis="infringed_person_request")
    place = register_sighting(page_url=LINK, media_url=f"{LINK}.jpg", source=Source.REPORT)
    report_located(report_id=Report.objects.get().pk, sighting_ids=[place])
    assert chosen_basis(place) == "infringed_person_request"
    Case.objects.update(legal_basis="police_request")
    assert chosen_basis(place) == ""
    Case.objects.update(legal_basis="infringed_person_request")
    withdraw(opened=opened)
    follow("support.withdrawn")
    assert chosen_basis(place) == ""


def test_a_legal_basis_that_is_nobodys_to_choose_is_no_answer() -> None:
    settled = settle(before=answers(), wanted=answers(legal_basis="police_request"))
    assert settled.now.legal_basis == ""


@pytest.mark.parametrize(
    ("state", "age", "expected"),
    [
        (State.OPEN, Age.ADULT, True),
        (State.WITHDRAWN, Age.ADULT, False),
        (State.WITHDRAWN, Age.UNSAID, False),
        (State.WITHDRAWN, Age.UNDER_19, True),
        (State.DESTROYED, Age.UNDER_19, False),
    ],
)
def test_what_a_case_told_counts_as_long_as_it_should(state: State, age: Age, expected: bool) -> None:
    assert counts(state=state, age=age) is expected


@pytest.mark.django_db
def test_new_words_open_the_case_and_the_old_ones_stop_at_once() -> None:
    old, new = receipt.draw(), receipt.draw()
    opened = open_case(receipt=old, told=Told(texts={Text.STORY: "what happened"}))
    renewed = renew_receipt(opened=opened, receipt=new)
    assert queries.case_of_receipt(old) is None
    again = queries.case_of_receipt(new)
    assert again is not None
    assert again.key == renewed.key == opened.key
    assert [said.text for said in queries.texts_of(again)] == ["what happened"]


def test_two_windows_that_take_new_words_at_once_leave_one_pair_of_words(several_at_once: None) -> None:
    opened, gate = opened_with(), threading.Barrier(2)
    drawn, refused = [receipt.draw(), receipt.draw()], []

    def renew(bits: bytes) -> None:
        gate.wait()
        try:
            renew_receipt(opened=opened, receipt=bits)
        except CannotWriteError as problem:
            refused.append(str(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=renew, args=[bits]) for bits in drawn]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["words_renewed"]
    assert sum(queries.case_of_receipt(bits) is not None for bits in drawn) == 1


@pytest.mark.django_db
def test_answers_are_read_as_they_were_given() -> None:
    opened = opened_with(age=Age.ADULT, circumstances=[Circumstance.AT_SCHOOL])
    assert answers_of(opened.case) == answers(
        age=Age.ADULT, circumstances=frozenset({Circumstance.AT_SCHOOL})
    )
