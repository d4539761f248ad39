"""A request for data rests on an article, is signed by another officer, and its answer is read by this file alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.subscribers import actions, queries
from haetae.agencies.investigation.subscribers.actions import CannotAskError, Heard
from haetae.agencies.investigation.subscribers.models import SubscriberRequest, SubscriberStep
from haetae.agencies.investigation.subscribers.states import Refusal, State, Way
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.timekeeper import Timekeeper
from haetae.law.asking import DataKind
from tests import people
from tests.agencies.desk import follow
from tests.investigations import begin_file, officer
from tests.official_requests import ACCOUNT, ANSWER, FACTS, asked, drafted, sent, two_officers

pytestmark = pytest.mark.django_db


def hear(request_id, opened, by, state, **more):
    heard = Heard(state=state, at=more.pop("at", None) or clock.now(), **more)
    actions.answered(
        request_id=request_id, investigation_id=opened.investigation.pk, heard=heard, official_id=by.pk
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"basis": ""}, "no_legal_basis"),
        ({"basis": "a_feeling"}, "no_legal_basis"),
        ({"platform": "Operation Heron"}, "platform_is_no_host"),
        ({"accounts": [" "]}, "no_account"),
        ({"accounts": ["a"] * 21}, "too_many_accounts"),
        ({"act_on": date(2024, 1, 1)}, "no_offence_that_day"),
        ({"data": []}, "no_data_chosen"),
        ({"data": [DataKind.CONTENT]}, "data_beyond_basis"),
        ({"data": [DataKind.LOGIN_ADDRESSES], "basis": "court_permission"}, "warrant_missing"),
        ({"warrant": "2026-1234"}, "warrant_not_needed"),
        ({"of_preserved": True}, "preserved_needs_warrant"),
        ({"office": ""}, "office_missing"),
        ({"facts": "short"}, "facts_missing"),
        ({"dual_criminality": ""}, "dual_criminality_missing"),
        ({"facts": "x" * 2001}, "request_text_long"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_stays(changed, code):
    park = officer()
    opened = begin_file(park)
    with pytest.raises(CannotAskError, match=code):
        drafted(park, opened, **changed)
    assert not SubscriberRequest.objects.exists()


def test_a_period_that_ends_before_it_begins_or_lies_ahead_is_refused():
    park = officer()
    opened, now = begin_file(park), clock.now()
    for since, until in ((now, now - timedelta(days=1)), (now, now + timedelta(days=1))):
        with pytest.raises(CannotAskError, match="time_range_wrong"):
            drafted(park, opened, since=since, until=until)


def test_a_platform_at_home_needs_no_word_about_another_law():
    park = officer()
    assert drafted(park, begin_file(park), abroad=False, dual_criminality="")


def test_the_same_form_is_one_request_and_nothing_of_it_stands_outside_the_seal():
    park = officer()
    opened, form_key = begin_file(park), uuid4()
    form = {
        "investigation_id": opened.investigation.pk,
        "asked": asked(),
        "form_key": form_key,
        "official_id": park.pk,
    }
    assert actions.draft(**form) == actions.draft(**form)
    row = SubscriberRequest.objects.values().get()
    stored = b"".join(bytes(v) for v in row.values() if isinstance(v, memoryview | bytes))
    for secret in (ACCOUNT, FACTS):
        assert secret.encode() not in stored
        assert secret not in str(list(Event.objects.values()))


def test_whoever_drafted_it_does_not_sign_it_and_the_database_says_so_too():
    park, shin, opened = two_officers()
    request_id, file_id = drafted(park, opened), opened.investigation.pk
    with pytest.raises(CannotAskError, match="request_own_draft"):
        actions.sign(request_id=request_id, investigation_id=file_id, official_id=park.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        SubscriberRequest.objects.filter(pk=request_id).update(signed_by=park)
    for _ in range(2):
        actions.sign(request_id=request_id, investigation_id=file_id, official_id=shin.pk)
    assert Event.objects.filter(name="subscribers.signed").count() == 1


def test_a_draft_whose_article_holds_no_more_is_not_signed():
    park, shin, opened = two_officers()
    request_id = drafted(park, opened)
    SubscriberRequest.objects.filter(pk=request_id).update(basis="an_article_of_before")
    with pytest.raises(CannotAskError, match="no_legal_basis"):
        actions.sign(request_id=request_id, investigation_id=opened.investigation.pk, official_id=shin.pk)
    assert SubscriberRequest.objects.get().state == "draft"


def test_what_is_not_signed_is_not_sent():
    park, _, opened = two_officers()
    request_id = drafted(park, opened)
    with pytest.raises(CannotAskError, match="request_not_now"):
        actions.sent(
            request_id=request_id,
            investigation_id=opened.investigation.pk,
            heard=Heard(state=State.SENT, at=clock.now(), way=Way.MAIL),
            official_id=park.pk,
        )
    assert SubscriberRequest.objects.get().state == "draft"


def test_the_letter_says_all_that_a_desk_for_authorities_asks_for_and_stays_as_signed():
    park, shin, opened = two_officers()
    request_id, file_id = drafted(park, opened), opened.investigation.pk
    actions.sign(request_id=request_id, investigation_id=file_id, official_id=shin.pk)
    row = queries.in_file(request_id, file_id)
    korean, english = queries.letters_of(row, opened.key)
    from haetae.documents.html import digest_of, render_html
    from haetae.documents.plain import plain

    text = plain(english)
    for words in (
        ACCOUNT,
        FACTS,
        "Cyber investigation team 2",
        "at most 7 years",
        "names no least",
        "UTC+0900",
    ):
        assert words in text, words
    assert "nobody has checked this" in text
    assert "UTC\n" in text or " UTC" in text
    assert english.address == "", "it is in no public list"
    assert korean.title == "이용자 정보 제공 요청"
    facts = Event.objects.get(name="subscribers.signed").facts
    assert facts["digest_en"] == digest_of(render_html(english))


def test_an_answer_is_sealed_and_each_reading_of_it_is_recorded():
    park, shin, opened = two_officers()
    request_id, file_id = sent(park, shin, opened), opened.investigation.pk
    hear(request_id, opened, park, State.ANSWERED, data=ANSWER)
    step = SubscriberStep.objects.get(state="answered")
    assert ANSWER.encode() not in bytes(step.answer)
    for _ in range(2):
        read = actions.read_answer(step_id=step.pk, investigation_id=file_id, official_id=shin.pk)
        assert read == ANSWER
    assert Event.objects.filter(name="subscribers.read", actor_id=str(shin.pk)).count() == 2
    assert ANSWER not in str(list(Event.objects.values()))


def test_other_data_of_the_same_minute_is_not_lost_in_silence():
    park, shin, opened = two_officers()
    request_id, at = sent(park, shin, opened), clock.now()
    for _ in range(2):
        hear(request_id, opened, park, State.ANSWERED, data=ANSWER, at=at)
    assert SubscriberStep.objects.filter(state="answered").count() == 1
    with pytest.raises(CannotAskError, match="request_not_now"):
        hear(request_id, opened, park, State.ANSWERED, data=f"{ANSWER} and more", at=at)


def test_an_answer_of_another_file_is_not_there_for_anybody():
    park, shin, opened = two_officers()
    request_id = sent(park, shin, opened)
    hear(request_id, opened, park, State.ANSWERED, data=ANSWER)
    step = SubscriberStep.objects.get(state="answered")
    gwak = officer(people.THIRD_OFFICER)
    other = begin_file(gwak, name="Another matter")
    with pytest.raises(SubscriberStep.DoesNotExist):
        actions.read_answer(step_id=step.pk, investigation_id=other.investigation.pk, official_id=gwak.pk)
    with pytest.raises(NotYoursError, match="file_of_others"):
        actions.read_answer(step_id=step.pk, investigation_id=opened.investigation.pk, official_id=gwak.pk)
    assert not Event.objects.filter(name="subscribers.read").exists()


@pytest.mark.parametrize(
    ("state", "more", "code"),
    [
        (State.REFUSED, {}, "refusal_reason_missing"),
        (State.PARTLY, {"data": ANSWER}, "refusal_reason_missing"),
        (State.ANSWERED, {"data": ANSWER, "reasons": [Refusal.POLICY]}, "reasons_without_refusal"),
        (State.ANSWERED, {}, "answer_empty"),
        (State.REFUSED, {"data": ANSWER, "reasons": [Refusal.POLICY]}, "data_without_answer"),
        (State.ACKNOWLEDGED, {"data": ANSWER}, "data_without_answer"),
        (State.ANSWERED, {"data": "x" * 20_001}, "answer_too_long"),
        (State.DROPPED, {}, "answer_unknown"),
        (State.ACKNOWLEDGED, {"at": clock.now() + timedelta(days=1)}, "day_ahead"),
        (State.ACKNOWLEDGED, {"at": clock.now() - timedelta(days=1)}, "day_before_last"),
    ],
)
def test_what_does_not_fit_is_not_noted(state, more, code):
    park, shin, opened = two_officers()
    request_id = sent(park, shin, opened)
    with pytest.raises(CannotAskError, match=code):
        hear(request_id, opened, park, state, **more)
    assert SubscriberRequest.objects.get().state == "sent"


def test_a_platform_that_is_silent_is_said_to_be_and_may_still_answer():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        park, shin, opened = two_officers()
        request_id = sent(park, shin, opened)
        went_out = clock.now()
        traveller.shift(timedelta(days=30, seconds=1))
        Timekeeper().tick()
        follow()
        assert SubscriberRequest.objects.get().state == "no_answer"
        from haetae.agencies.investigation.files import actions as files
        from haetae.agencies.investigation.files.states import Reason

        files.open_for(
            investigation_id=opened.investigation.pk, reason=Reason.INVESTIGATE, official_id=park.pk
        )
        at = went_out + timedelta(days=29)
        hear(request_id, opened, park, State.REFUSED, reasons=[Refusal.NO_DATA], at=at)
    assert SubscriberRequest.objects.get().state == "refused"


def test_how_a_platform_answers_is_counted_by_what_it_said_and_how_long_it_took():
    park, shin, opened = two_officers()
    for state, more in (
        (State.ANSWERED, {"data": ANSWER}),
        (State.REFUSED, {"reasons": [Refusal.POLICY, Refusal.NEEDS_MLAT]}),
        (State.REFUSED, {"reasons": [Refusal.POLICY]}),
    ):
        hear(sent(park, shin, opened), opened, park, state, **more)
    drafted(park, opened)
    one = queries.by_platform(opened.investigation.pk)[0]
    assert (one.platform, one.asked) == ("channels.example", 3)
    assert dict(one.states) == {"answered": 1, "refused": 2}
    assert dict(one.reasons) == {"policy": 2, "needs_mlat": 1}
    assert one.until is not None
    assert one.until < timedelta(minutes=1)
