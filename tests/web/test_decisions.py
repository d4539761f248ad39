"""The commission at two in the morning: what waits, what is known of it, one vote, and nothing written is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError

from haetae.common import clock
from haetae.flow.arrival.actions import receive_report, report_located
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.review.actions import mark_late
from haetae.flow.review.block.term.actions import expire
from haetae.flow.review.models import ProvisionalBlock, Review, Vote
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.steps.weighing import weigh
from tests.commission import commission_decides, leave_out_hearing
from tests.web import sightings

STATEMENT = "The face was put onto another body; the person in it has asked for its removal."
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _contested(number: int = 1):
    """In doubt, and ready to be voted on: nobody is heard, because it is urgent."""
    review_id = sightings.contested(number)
    leave_out_hearing(review_id)
    return review_id


def _vote(browser, review_id, **changed):
    sent = {"ground": "remove:manipulated", "statement": STATEMENT, "confirm": "1", "round": "1", **changed}
    return browser.post(f"/console/reviews/{review_id}/vote/", sent)


def test_an_empty_queue_says_what_would_appear(control_room):
    page = _page(control_room.get("/console/reviews/"))
    assert "Nothing waits for a decision." in page


def test_what_people_reported_stands_before_what_is_older(control_room):
    from uuid import uuid4

    with time_machine.travel(NOW, tick=False) as traveller:
        older = sightings.contested(1)
        traveller.shift(timedelta(hours=1))
        reported = sightings.contested(2)
        report = receive_report(link="https://board.example/posts/2", form_key=uuid4())
        sighting_id = Review.objects.get(pk=reported).sighting_id
        report_located(report_id=report, sighting_ids=[sighting_id])
        weigh(sighting_id)
        page = _page(control_room.get("/console/reviews/"))
    assert re.findall(r'id="r-([0-9a-f-]+)"', page) == [str(reported), str(older)]
    assert "reported by a person" in page


def test_the_queue_shows_why_what_is_hidden_and_how_much_of_the_term_is_left(control_room, reviewer):
    with time_machine.travel(NOW, tick=False) as traveller:
        sightings.contested(1)
        sightings.contested(2, by=None)
        traveller.shift(timedelta(days=12))
        control_room.force_login(reviewer)  # the session of twelve days ago has ended
        page = _page(control_room.get("/console/reviews/"))
    assert "the operator cannot tell" in page
    assert "18 of 30 days left" in page
    assert 'class="gone" width="40"' in page
    assert "not hidden: everybody can see it" in page


def test_a_late_decision_and_an_expired_block_are_loud(control_room, reviewer):
    with time_machine.travel(NOW, tick=False) as traveller:
        review_id = sightings.contested()
        traveller.shift(timedelta(days=31))
        while pass_due(at=clock.now()):
            pass
        mark_late(review_id=review_id)
        expire(block_id=ProvisionalBlock.objects.get().pk, minor=False)
        control_room.force_login(reviewer)
        queue, work = _page(control_room.get("/console/reviews/")), _page(control_room.get("/console/"))
    assert "waits too long for a decision" in queue
    assert "the time of the block is over: it is about to be shown again" in queue
    assert "over since 24 h" in queue
    assert re.search(r'class="line queue bad expired"', queue)
    assert "Blocks whose term is over without a decision: 1" in work
    assert "Decisions that are late: 1" in work


def test_the_page_gives_facts_and_never_a_picture(bench):
    review_id = sightings.contested()
    page = _page(bench.get(f"/console/reviews/{review_id}/"))
    assert "Matches entry rocket-1 of the list demo (counsellor-checked): 6 of 256 bits differ" in page
    assert "the operator cannot judge it" in page
    assert "said to be hidden for now; we are looking" in page
    assert "by the operator" in page
    assert "<img" not in page
    assert "media/1.jpg" not in page


def test_a_vote_is_cast_and_the_next_of_the_queue_comes_by_itself(bench, chair):
    review_id, following = _contested(1), _contested(2)
    answer = _vote(bench, review_id)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/console/reviews/{following}/?voted={review_id}"
    vote = Vote.objects.get()
    assert (vote.official_id, vote.decision, vote.reason) == (chair.pk, "remove", "manipulated")
    assert vote.statement == STATEMENT
    assert "is cast: Remove." in _page(bench.get(answer.headers["Location"]))
    page = _page(bench.get(f"/console/reviews/{review_id}/"))
    assert "1 have voted, 4 may still vote, 5 must agree." in page
    assert "Your vote" in page
    assert 'name="ground"' not in page
    assert _vote(bench, following).headers["Location"] == f"/console/reviews/?voted={following}"


def test_the_same_vote_sent_twice_is_one(bench):
    review_id = _contested()
    first, second = (_vote(bench, review_id) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Vote.objects.count() == 1


def test_a_vote_on_what_is_decided_is_refused_and_what_was_written_stays(bench):
    review_id = _contested()
    commission_decides(review_id, decision=State.REMOVE, reason=Reason.MANIPULATED)
    answer = _vote(bench, review_id, statement="I have changed my mind since.")
    assert answer.status_code == 409
    page = _page(answer)
    assert "This has been decided already" in page
    assert "I have changed my mind since." in page
    assert Vote.objects.count() == 5


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"statement": "short"}, "The statement needs 10 to 4,000 characters."),
        ({"statement": "long " * 801}, "The statement needs 10 to 4,000 characters."),
        ({"ground": ""}, "Choose a decision together with one of its reasons."),
        ({"ground": "remove:lawful"}, "Choose a decision together with one of its reasons."),
        ({"ground": "moot:minor"}, "Choose a decision together with one of its reasons."),
        ({"ground": "remove:nonsense"}, "Choose a decision together with one of its reasons."),
        ({"confirm": ""}, "Tick the box to say that this is your vote."),
    ],
)
def test_what_is_not_taken_is_said_in_words_and_nothing_is_lost(bench, changed, words):
    review_id = _contested()
    answer = _vote(bench, review_id, **changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert changed.get("statement", STATEMENT) in page
    if changed.get("ground", "remove:manipulated") == "remove:manipulated":
        assert re.search(r'value="remove:manipulated" required checked', page)
    assert not Vote.objects.exists()
    assert Review.objects.get().state == "open"


def test_only_reasons_that_fit_can_be_chosen(bench):
    page = _page(bench.get(f"/console/reviews/{_contested()}/"))
    assert set(re.findall(r'name="ground" value="([^"]+)"', page)) == {
        "remove:no_consent", "remove:manipulated", "remove:minor", "not_harmful:lawful", "not_harmful:mistaken",
        "block_access:no_consent", "block_access:manipulated", "block_access:minor", "block_access:out_of_reach",
    }  # fmt: skip


def test_when_the_database_is_away_the_statement_comes_back_to_be_sent_again(bench, monkeypatch):
    review_id = _contested()

    def away(**_):
        raise OperationalError("the connection was refused")

    monkeypatch.setattr("haetae.web.console.voting.actions.vote", away)
    answer = _vote(bench, review_id)
    page = _page(answer)
    assert answer.status_code == 503
    assert "Nothing was saved" in page
    assert STATEMENT in page
    assert 'name="ground" value="remove:manipulated"' in page
    assert 'name="round" value="1"' in page
    assert "connection was refused" not in page


def test_after_a_sign_in_that_came_in_between_one_is_back_at_the_page(bench):
    review_id = sightings.contested()
    answer = bench.get(f"/console/reviews/{review_id}/vote/")
    assert answer.headers["Location"] == f"/console/reviews/{review_id}/"


def test_the_sighting_tells_of_its_decision_without_the_statement(bench):
    review_id = _contested()
    commission_decides(review_id, decision=State.REMOVE, reason=Reason.MANIPULATED, statement=STATEMENT)
    sighting = Review.objects.get().sighting_id
    page = _page(bench.get(f"/console/sightings/{sighting}/"))
    assert "decided: remove" in page
    assert "Remove: face, body or voice of a person edited or synthesised" in page
    assert STATEMENT not in page
