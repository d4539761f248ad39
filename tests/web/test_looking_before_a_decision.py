"""The pages of a look before a decision: what is hidden stands there once, and what is found stands for all."""

import re
from pathlib import Path

import pytest
from work import do_all_jobs

from haetae.accounts.permissions import Role
from haetae.agencies.looks import asking
from haetae.agencies.looks.actions import CannotLookError
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.showing import show
from haetae.audit.actor import SYSTEM
from haetae.connectors.base import Answer, AnswerKind
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.review.models import Review
from haetae.hashbank.actions import add_known_picture
from tests import people
from tests.flow.board import Board
from tests.prints import prints_of
from tests.web.conftest import _seated, _signed_in

COFFEE = (Path(__file__).parent.parent / "fixtures" / "photos" / "coffee.jpg").read_bytes()
_STAGES = ("flow.arrival.jobs", "flow.assessment.jobs", "flow.removal.jobs", "agencies.looks.showing")


@pytest.fixture
def board_here(monkeypatch: pytest.MonkeyPatch) -> Board:
    """Unsure, and hides it; the looker answers in this process."""
    board = Board(picture=COFFEE, answers=[Answer(kind=AnswerKind.UNSURE, blocked=True)])
    for stage in _STAGES:
        monkeypatch.setattr(f"haetae.{stage}.connector_for", lambda _operator: board)
    monkeypatch.setattr(asking, "is_there", lambda _home: True)
    monkeypatch.setattr(asking, "picture", _shown)
    return board


@pytest.fixture
def review(db: None, board_here: Board) -> Review:
    prints = prints_of(COFFEE)
    whole = prints.perceptual[0]
    hashes = {"sha256": prints.sha256, "pdq": whole.pdq, "dhash": whole.dhash}
    add_known_picture(list_name="test", tier=Tier.COUNSELLOR_CHECKED, **hashes, actor=SYSTEM)
    register_sighting(
        page_url="https://board.example/p/1", media_url="https://board.example/m/1", source=Source.WATCH
    )
    do_all_jobs()
    board_here.picture, board_here.hidden = b"", COFFEE
    return Review.objects.get()


@pytest.fixture
def member(visitor, db: None):
    return _signed_in(visitor, _seated(people.CHAIR, Role.COMMISSION_MEMBER, "reviewer"))


def _shown(look_id, *, home):
    try:
        return show(look_id)
    except CannotLookError as nothing:
        raise asking.NothingToShowError(nothing.code) from nothing


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _ask(browser, review: Review, **changed):
    sent = {"reason": "decide", "step": "blurred", **changed}
    return browser.post(f"/console/reviews/{review.pk}/look/", sent)


def _look(browser, review: Review) -> str:
    where = _ask(browser, review).headers["Location"]
    shown = browser.get(where + "picture/")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    return where


def test_from_the_review_to_the_look_and_back_with_what_was_found(control_room, member, review):
    page = _page(control_room.get(f"/console/reviews/{review.pk}/"))
    assert "Nobody has looked yet." in page
    assert "Also while it is hidden" in page
    where = _look(control_room, review)
    page = _page(control_room.get(where))
    assert "It is visibly altered" in page
    assert "<textarea" not in page, "no words about anybody"
    for _ in range(2):
        said = control_room.post(where + "say/", {"answer": "match", "marks": ["altered"]})
        assert said.headers["Location"] == f"/console/reviews/{review.pk}/"
    read = _page(member.get(f"/console/reviews/{review.pk}/"))
    assert "It shows what was reported</b> · It is visibly altered" in read
    assert people.REVIEWER.name in read
    other = control_room.post(where + "say/", {"answer": "something_else"})
    assert other.status_code == 409


def test_a_minor_that_a_member_has_seen_is_left_to_the_designated_role(visitor, member, review):
    where = _look(member, review)
    member.post(where + "say/", {"answer": "cannot_tell", "marks": ["minor"]})
    do_all_jobs()
    refused = _ask(member, review)
    assert refused.status_code == 403
    assert "Only a child protection counsellor or reviewer looks at it." in _page(refused)
    page = _page(member.get(f"/console/reviews/{review.pk}/"))
    assert "Somebody in it looks like a minor" in page
    assert 'name="reason" value="decide"' not in page
    role = Role.CHILD_PROTECTION_REVIEWER
    designated = _signed_in(visitor, _seated(people.CHILD_REVIEWER, role, "reviewer"))
    assert _look(designated, review)


def test_who_does_not_look_is_refused_and_what_came_in_between_is_said(regulator, member, review, board_here):
    assert _ask(regulator, review).status_code == 403
    assert "Look at it" not in _page(regulator.get(f"/console/reviews/{review.pk}/"))
    assert _ask(member, review, reason="check_models").status_code == 422
    where = _ask(member, review).headers["Location"]
    Review.objects.filter(pk=review.pk).update(state="moot")
    assert member.get(where + "picture/").status_code == 410
    page = _page(member.get(where))
    assert "There is nothing to judge here any more." in page
    assert f'href="/console/reviews/{review.pk}/"' in page
    assert _ask(member, review).status_code == 409


def test_where_it_is_hidden_from_us_too_a_sentence_says_so(member, review, board_here):
    board_here.capabilities = frozenset()
    where = _ask(member, review).headers["Location"]
    assert member.get(where + "picture/").status_code == 410
    page = _page(member.get(where))
    assert "it cannot be seen while it is hidden" in page
    assert "20 of your 20 looks" in page
    handed = member.post(where + "say/", {"answer": "handed_on"})
    assert handed.headers["Location"] == f"/console/reviews/{review.pk}/"
    assert Look.objects.get().failure == "hidden_from_us_too"
