"""The pages of looking: offered to whom it may be, shown once, and answered without a mouse, a script or a dialog."""

import re
from datetime import date
from pathlib import Path

import pytest
from work import do_all_jobs

from haetae.accounts.actions import seat_official
from haetae.accounts.permissions import Role
from haetae.agencies.looks import asking
from haetae.agencies.looks.actions import CannotLookError
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.showing import show
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import open_case
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age
from haetae.audit.actor import SYSTEM
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task
from haetae.hashbank.actions import add_known_picture
from haetae.hashbank.models import KnownPicture
from tests.flow.board import Board
from tests.people import CHILD_COUNSELLOR
from tests.prints import prints_of

NOTE = "Seen grey and blurred."
COFFEE = (Path(__file__).parent.parent / "fixtures" / "photos" / "coffee.jpg").read_bytes()
_STAGES = ("flow.arrival.jobs", "flow.assessment.jobs", "flow.removal.jobs", "agencies.looks.showing")


@pytest.fixture
def task(db: None, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A picture that is known only by somebody's own word waits for a person; the looker answers in this process."""
    board = Board(picture=COFFEE)
    for stage in _STAGES:
        monkeypatch.setattr(f"haetae.{stage}.connector_for", lambda _operator: board)
    monkeypatch.setattr(asking, "is_there", lambda _home: True)
    monkeypatch.setattr(asking, "picture", _shown)
    prints = prints_of(COFFEE)
    whole = prints.perceptual[0]
    hashes = {"sha256": prints.sha256, "pdq": whole.pdq, "dhash": whole.dhash}
    add_known_picture(list_name="test", tier=Tier.SELF_DECLARED, **hashes, actor=SYSTEM)
    register_sighting(
        page_url="https://board.example/p/1", media_url="https://board.example/m/1", source=Source.WATCH
    )
    do_all_jobs()
    return Task.objects.get(kind="judge")


@pytest.fixture
def child_counsellor(visitor, db: None):
    browser = visitor("en")
    browser.force_login(
        seat_official(
            username=CHILD_COUNSELLOR.name,
            role=Role.CHILD_PROTECTION_COUNSELLOR,
            agency="support_centre",
            since=date(2026, 1, 1),
            actor=SYSTEM,
        )
    )
    return browser


def _shown(look_id, *, home):
    try:
        return show(look_id)
    except CannotLookError as nothing:
        raise asking.NothingToShowError(nothing.code) from nothing


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _ask(browser, task: Task, **changed):
    return browser.post(
        f"/console/tasks/{task.pk}/look/", {"reason": "check_match", "step": "blurred", **changed}
    )


def _look(browser, task: Task) -> str:
    """The address of a look whose picture has been shown."""
    where = _ask(browser, task).headers["Location"]
    assert browser.get(where + "picture/").status_code == 200
    return where


def _say(browser, where: str, answer: str, note: str = NOTE):
    return browser.post(where + "say/", {"answer": answer, "note": note})


def test_the_task_offers_a_look_with_its_reasons_and_what_is_left(counsellor, task):
    page = _page(counsellor.get(f"/console/tasks/{task.pk}/"))
    assert "Look (grey, blurred)" in page
    assert page.count('name="reason"') == 3
    assert "20 of your 20 looks of today are left." in page
    assert "<img" not in page


def test_the_picture_stands_in_its_page_once(counsellor, task):
    where = _ask(counsellor, task).headers["Location"]
    page = _page(counsellor.get(where))
    source = re.search(r'<img src="([^"]+)"', page)
    assert source
    shown = counsellor.get(source[1])
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert counsellor.get(source[1]).status_code == 410, "a second time there is nothing"
    again = _page(counsellor.get(where))
    assert "<img" not in again
    assert "It was shown once and is kept nowhere." in again
    assert "19 of your 20 looks of today are left." in again


def test_from_the_look_to_the_request(counsellor, task):
    answer = _say(counsellor, _look(counsellor, task), "match")
    assert answer.headers["Location"] == f"/console/tasks/{task.pk}/"
    do_all_jobs()
    assert KnownPicture.objects.get().tier == Tier.COUNSELLOR_CHECKED
    assert DeletionRequest.objects.count() == 1
    timeline = _page(counsellor.get(f"/console/sightings/{task.sighting_id}/"))
    assert "An official asks to see it" in timeline
    assert "Seen: it is what it was reported or known as" in timeline


def test_said_twice_in_the_same_way_it_is_said_once_and_another_word_is_refused(counsellor, task):
    where = _look(counsellor, task)
    assert [_say(counsellor, where, "something_else").status_code for _ in range(2)] == [302, 302]
    other = _say(counsellor, where, "match")
    assert other.status_code == 409
    assert "You have said already what it is." in _page(other)
    do_all_jobs()
    assert not DeletionRequest.objects.exists()


def test_the_clearer_look_is_offered_after_the_blurred_one_and_costs_another(counsellor, task):
    refused = _ask(counsellor, task, step="clearer")
    assert refused.status_code == 422
    assert "Look at it blurred first." in _page(refused)
    where = _look(counsellor, task)
    page = _page(counsellor.get(where))
    assert "Look once more, clearer" in page
    clearer = _ask(counsellor, task, step="clearer").headers["Location"]
    assert "One clearer look, grey" in _page(counsellor.get(clearer))
    assert len(counsellor.get(clearer + "picture/").content) > 0
    assert "18 of your 20" in _page(counsellor.get(clearer))


def test_a_look_may_be_left_to_others_without_a_word(counsellor, task):
    where = _ask(counsellor, task).headers["Location"]
    assert _say(counsellor, where, "handed_on", note="").headers["Location"] == "/console/tasks/"
    where = _look(counsellor, task)
    assert _say(counsellor, where, "cannot_tell", note="").headers["Location"] == f"/console/tasks/{task.pk}/"
    task.refresh_from_db()
    assert task.state == "waiting"


@pytest.mark.parametrize(
    ("answer", "note", "words"),
    [
        ("match", "", "The note needs 3 to 2,000 characters."),
        ("", NOTE, "Choose how it ends."),
        ("nonsense", NOTE, "Choose how it ends."),
    ],
)
def test_what_is_not_taken_is_said_in_words_and_the_note_stays(counsellor, task, answer, note, words):
    refused = _say(counsellor, _look(counsellor, task), answer, note)
    assert refused.status_code == 422
    assert words in _page(refused)
    assert note in _page(refused)
    task.refresh_from_db()
    assert task.state == "waiting"


def test_posted_directly_without_having_seen_it_nothing_is_taken(counsellor, task):
    where = _ask(counsellor, task).headers["Location"]
    refused = _say(counsellor, where, "match")
    assert refused.status_code == 422
    assert "You were not shown it" in _page(refused)


def test_a_wrong_role_no_reason_and_an_empty_budget_are_told_also_when_posted_directly(
    counsellor, regulator, task
):
    assert _ask(regulator, task).status_code == 403
    assert "Look at it" not in _page(regulator.get(f"/console/tasks/{task.pk}/"))
    refused = _ask(counsellor, task, reason="")
    assert refused.status_code == 422
    assert "Choose why you look." in _page(refused)
    for _ in range(20):
        _ask(counsellor, task)
    refused = _ask(counsellor, task)
    assert refused.status_code == 429
    assert "You have no looks left today." in _page(refused)
    assert Look.objects.count() == 20


def test_nobody_has_the_look_of_somebody_else(counsellor, control_room, task):
    where = _ask(counsellor, task).headers["Location"]
    for way in ("", "picture/"):
        assert control_room.get(where + way).status_code == 404
    assert _say(control_room, where, "handed_on").status_code == 404
    assert counsellor.get(where + "picture/").status_code == 200, "and it was not used up by that"


def test_an_address_that_is_opened_by_itself_or_from_elsewhere_uses_nothing_up(counsellor, task):
    where = _ask(counsellor, task).headers["Location"] + "picture/"
    for name, said in (("sec-fetch-dest", "document"), ("sec-fetch-site", "cross-site")):
        assert counsellor.get(where, headers={name: said}).status_code == 404
    assert counsellor.head(where).status_code == 405
    ours = {"sec-fetch-dest": "image", "sec-fetch-site": "same-origin"}
    assert counsellor.get(where, headers=ours).status_code == 200


def test_a_link_of_a_minors_case_leaves_the_look_to_the_designated_role(counsellor, child_counsellor, task):
    told = Told(links=["https://board.example/p/1"], age=Age.UNDER_19)
    open_case(receipt=receipt.draw(), told=told)
    do_all_jobs()
    newest = Task.objects.get(kind="judge", state="waiting")
    refused = _ask(counsellor, newest)
    assert refused.status_code == 403
    assert "Only a child protection counsellor or reviewer looks at it." in _page(refused)
    page = _page(counsellor.get(f"/console/tasks/{newest.pk}/"))
    assert "A minor may be shown." in page
    assert 'name="reason"' not in page
    assert _look(child_counsellor, newest)


def test_where_the_looker_is_away_a_sentence_says_so_and_nothing_is_used_up(counsellor, task, monkeypatch):
    monkeypatch.setattr(asking, "is_there", lambda _home: False)
    refused = _ask(counsellor, task)
    assert refused.status_code == 503
    assert "Nothing was used up and nothing is lost." in _page(refused)
    assert not Look.objects.exists()


def test_where_the_looker_ends_half_way_the_page_says_that_it_did_not_come_through(
    counsellor, task, monkeypatch
):
    from haetae.agencies.looks.actions import take_look

    def broken(look_id, *, home):
        take_look(look_id=look_id)
        raise asking.LookerAwayError

    monkeypatch.setattr(asking, "picture", broken)
    where = _ask(counsellor, task).headers["Location"]
    assert counsellor.get(where + "picture/").status_code == 503
    assert "or that broke off" in _page(counsellor.get(where))
    task.refresh_from_db()
    assert task.state == "waiting"


def test_what_is_not_there_any_more_is_said_in_words(counsellor, task, monkeypatch):
    gone = Board()
    monkeypatch.setattr("haetae.agencies.looks.showing.connector_for", lambda _operator: gone)
    where = _ask(counsellor, task).headers["Location"]
    assert counsellor.get(where + "picture/").status_code == 410
    page = _page(counsellor.get(where))
    assert "There was nothing to show. This look does not count." in page
    assert "20 of your 20" in page
