"""Before an act its party is heard: at the operator's desk, and as officials see to it in the console."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.audit.actor import Actor
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.deadlines.models import Deadline
from haetae.flow.hearings import actions, queries
from haetae.flow.hearings.actions import CannotHearError
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.states import About, Party, State
from haetae.flow.review.models import Review
from haetae.flow.steps.hearing import time_is_over
from tests import people
from tests.web import sightings

pytestmark = pytest.mark.django_db
OPINION = "The account was closed yesterday."


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _refusals() -> list[str]:
    return [event.facts["code"] for event in Event.objects.filter(name="hearings.refused").order_by("pk")]


@pytest.fixture
def review(board) -> Review:
    return Review.objects.get(pk=sightings.contested())


def _asked(official: Official, board, *, about: About = About.REVIEW, matter: str = "") -> Hearing:
    hearing_id = actions.ask(
        about=about,
        subject_id=uuid4(),
        party=Party.OPERATOR,
        operator=board,
        until=clock.now() + timedelta(hours=6),
        source="haetae",
        official_id=official.pk,
        matter=matter,
    )
    return Hearing.objects.get(pk=hearing_id)


def _form(review: Review, verb: str) -> str:
    return f"/console/hearings/review/{review.pk}/{verb}/"


def test_a_reviewer_asks_a_moderator_answers_and_the_reviewer_reads_it(control_room, moderator, review):
    back = control_room.post(_form(review, "ask"), {"party": "operator", "within": "usual"})
    assert back.headers["Location"] == f"/console/reviews/{review.pk}/"
    again = control_room.post(_form(review, "ask"), {"party": "operator", "within": "urgent"})
    assert again.status_code == 302
    hearing = Hearing.objects.get()
    due = Deadline.objects.get(subject_id=hearing.pk, kind="opinion")
    assert (due.basis, due.due_at) == ("policy", hearing.until)
    assert timedelta(days=2, hours=23) < hearing.until - clock.now() <= timedelta(days=3)
    assert "the time for an answer is not over" in _page(control_room.get(back.headers["Location"]))

    assert '<b class="count">1</b>' in _page(moderator.get("/operator/"))
    desk = f"/operator/hearings/{hearing.pk}/"
    page = _page(moderator.get(desk))
    assert f'href="/operator/requests/{review.request_id}/"' in page
    assert "The review commission decides" in page
    for _ in range(2):
        assert moderator.post(f"{desk}say/", {"opinion": OPINION}).status_code == 302
    page = _page(moderator.get(desk))
    assert OPINION in page
    assert "<textarea" not in page
    assert "count" not in _page(moderator.get("/operator/")).split("</nav>")[0]
    assert OPINION in _page(control_room.get(back.headers["Location"]))
    assert queries.why_not_act(review.pk) is None
    assert [event.actor_kind for event in Event.objects.filter(name="hearings.heard")] == ["official"]


def test_whoever_posted_it_was_heard_and_the_operator_is_still_to_be(control_room, review):
    actions.heard_by_objection(subject_id=review.pk)
    assert "The operator was not heard yet." in _page(control_room.get(f"/console/reviews/{review.pk}/"))


def test_nothing_to_say_is_one_click_and_something_may_still_be_said_before_the_act(
    moderator, reviewer, board
):
    hearing = _asked(reviewer, board)
    desk = f"/operator/hearings/{hearing.pk}/"
    moderator.post(f"{desk}say/", {"word": "nothing"})
    hearing.refresh_from_db()
    assert hearing.state == State.WAIVED
    short = moderator.post(f"{desk}say/", {"opinion": "No."})
    assert short.status_code == 422
    assert "Write 10 to 4,000 characters." in _page(short)
    actions.settle(subject_id=hearing.subject_id)
    late = moderator.post(f"{desk}say/", {"opinion": OPINION})
    assert late.status_code == 409
    assert OPINION in _page(late), "what was written is not lost"
    assert _refusals() == ["hearing_closed"]


def test_anothers_hearing_is_not_there_and_the_try_is_recorded(
    moderator, reviewer, board, other_board, at_desk
):
    hearing = _asked(reviewer, board)
    rival = at_desk(people.RIVAL, Role.OPERATOR_ADMINISTRATOR, other_board)
    for sent in (rival.get(f"/operator/hearings/{hearing.pk}/"),
                 rival.post(f"/operator/hearings/{hearing.pk}/say/", {"word": "nothing"})):  # fmt: skip
        assert sent.status_code == 404
    assert _refusals() == ["not_yours", "not_yours"]
    assert rival.get(f"/operator/hearings/{uuid4()}/").status_code == 404
    assert len(_refusals()) == 2, "a number that is nobody's writes nothing"
    hearing.refresh_from_db()
    assert hearing.state == State.ASKED


def test_an_order_is_answered_by_an_administrator_who_reads_its_draft(
    moderator, administrator, reviewer, board
):
    hearing = _asked(reviewer, board, about=About.ORDER, matter="Name an officer within 14 days.")
    desk = f"/operator/hearings/{hearing.pk}/"
    refused = moderator.post(f"{desk}say/", {"word": "nothing"})
    assert refused.status_code == 403
    assert "order:answer" in _page(refused)
    assert _refusals() == ["not_your_role"]
    assert "about orders, surcharges or designations: 1" in _page(moderator.get("/operator/hearings/"))
    assert "Name an officer within 14 days." in _page(administrator.get(desk))
    assert administrator.post(f"{desk}say/", {"word": "nothing"}).status_code == 302


@pytest.mark.parametrize(
    ("verb", "sent", "says"),
    [
        ("ask", {"within": "day", "day": "2020-01-01"}, "Choose a day that is not over yet."),
        ("ask", {"within": "day", "day": "soon"}, "Choose by when."),
        ("leave-out", {"code": "boring", "text": "Long enough a note."}, "Choose which exception"),
        ("leave-out", {"code": "urgent", "text": "No."}, "Write 10 to 4,000 characters."),
        ("written", {"code": "desk", "text": "Long enough a note."}, "Choose how it came."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_written_is_lost(control_room, review, verb, sent, says):
    answer = control_room.post(_form(review, verb), {"party": "operator", **sent})
    assert answer.status_code == 422
    assert says in _page(answer)
    assert sent.get("text", "") in _page(answer)
    assert not Hearing.objects.exists()


def test_the_exception_of_the_law_and_a_letter_are_written_down_by_an_official(control_room, review):
    note = "The picture spreads while we wait."
    control_room.post(_form(review, "leave-out"), {"party": "operator", "code": "urgent", "text": note})
    control_room.post(_form(review, "leave-out"), {"party": "poster", "code": "difficult", "text": note})
    page = _page(control_room.get(f"/console/reviews/{review.pk}/"))
    assert page.count(note) == 2
    assert "nobody knows who it is" in page
    control_room.post(_form(review, "written"), {"party": "operator", "code": "letter", "text": OPINION})
    heard = Hearing.objects.get(party="operator")
    assert (heard.state, heard.way, heard.opinion) == (State.HEARD, "letter", OPINION)
    late = control_room.post(
        _form(review, "leave-out"), {"party": "operator", "code": "urgent", "text": note}
    )
    assert late.status_code == 409
    assert note in _page(late)
    assert _refusals() == ["hearing_over"]


def test_a_member_votes_and_asks_nobody(visitor, board, review, everywhere, regulator):
    for verb in ("ask", "leave-out", "written"):
        assert regulator.post(_form(review, verb), {"party": "operator"}).status_code == 403
    assert everywhere.post(f"/console/hearings/order/{review.pk}/ask/").status_code == 404, (
        "a room that has not said what its acts are has none"
    )


def test_silence_ends_the_waiting_and_an_act_given_up_does_too(reviewer, board):
    hearing, other = _asked(reviewer, board), _asked(reviewer, board)
    with pytest.raises(CannotHearError, match="hearing_runs"):
        actions.settle(subject_id=hearing.subject_id)
    with pytest.raises(CannotHearError, match="not_heard"):
        actions.settle(subject_id=uuid4())
    time_is_over(hearing.pk)
    with pytest.raises(CannotHearError, match="not_heard"):
        actions.settle(subject_id=hearing.subject_id, required={Party.POSTER})
    actions.settle(subject_id=hearing.subject_id, required={Party.OPERATOR})
    actions.close(subject_id=other.subject_id)
    other.refresh_from_db()
    assert (other.state, other.closed_at is not None) == (State.SILENT, True)
    assert Deadline.objects.get(subject_id=other.pk).state == "closed"
    actor = Actor(kind="official", id=str(reviewer.pk))
    with pytest.raises(CannotHearError, match="hearing_closed"):
        actions.heard(hearing_id=other.pk, opinion=OPINION, actor=actor)


def test_the_table_itself_refuses_an_opinion_without_a_way_and_a_closed_hearing_that_waits(reviewer, board):
    hearing = _asked(reviewer, board)
    for wrong in ({"state": "heard"}, {"closed_at": clock.now()}, {"state": "left_out"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Hearing.objects.filter(pk=hearing.pk).update(**wrong)


def test_after_the_decision_nobody_is_asked_any_more(control_room, review):
    Review.objects.filter(pk=review.pk).update(state="remove")
    late = control_room.post(_form(review, "ask"), {"party": "operator", "within": "usual"})
    assert late.status_code == 409
    assert "This has been decided already" in _page(late)
    assert _refusals() == ["act_over"]


def test_the_operator_reads_why_it_was_not_asked_only_after_the_act(control_room, moderator, review):
    control_room.post(
        _form(review, "leave-out"), {"party": "operator", "code": "urgent", "text": "It spreads quickly."}
    )
    desk = f"/operator/hearings/{Hearing.objects.get().pk}/"
    assert moderator.get(desk).status_code == 404
    actions.settle(subject_id=review.pk)
    page = _page(moderator.get(desk))
    assert "It is urgent" in page
    assert "It spreads quickly." not in page
