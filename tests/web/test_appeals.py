"""Whoever posted it reads how it stands and objects; who reported it, and why, stands on none of these pages."""

import re
from uuid import UUID

import pytest
import time_machine
from django.core.signing import Signer

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.detect.finding import Signal, SignalKind
from haetae.flow.removal import actions as removal
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.flow.review.models import Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State as Reviewed
from haetae.flow.steps import appealing, reviewing
from haetae.operators.appeals.actions import file_appeal
from haetae.operators.appeals.links import token_for
from haetae.operators.appeals.models import Appeal
from haetae.operators.appeals.rules import By, Ground, Why
from haetae.web.words.appeals import GROUNDS, GROUNDS_SAID, STATES, restoring_words, why_words
from tests import people
from tests.commission import commission_decides
from tests.web import sightings
from tests.web.mine.people_inside import inside, page
from tests.web.mine.test_case_page import _joined

pytestmark = pytest.mark.django_db

_KNOWN = Signal(
    kind=SignalKind.KNOWN_HASH,
    facts={"entry_id": str(UUID(int=7)), "list_name": "told-secretly", "tier": 2, "confirmed": True},
)
TEXT = "It is a photo of my own garden, and nobody is in it at all."
SECRETS = (
    "media/",
    "posts/",
    "minor",
    "under 19",
    "44-2",
    "7-3",
    "infringed",
    "told-secretly",
    "reported by a person",
)


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


def deleted(number: int = 1, **asked: object) -> str:
    """The address of the page for a post that was deleted; `asked` is how it was asked for."""
    place = sightings.found(number)
    request_id = removal.request_deletion(
        sighting_id=place, assessment_id=sightings.examined(place, _KNOWN), **asked
    )
    removal.operator_answered(request_id=request_id, answer=State.CLAIMED, actor=SYSTEM)
    return f"/appeal/{token_for(DeletionRequest.objects.get(pk=request_id))}/"


def flows() -> None:
    """What follows from an objection, and from a decision."""
    for event in Event.objects.filter(name="appeals.filed"):
        appealing.review_appeal(event)
    for event in Event.objects.filter(name__in=["review.not_harmful", "review.remove"]):
        (reviewing.give_it_back if event.name == "review.not_harmful" else reviewing.order_removal)(event)


def decided(decision: Reviewed, reason: Reason) -> None:
    review = Review.objects.get()
    commission_decides(review.pk, decision=decision, reason=reason, statement="internal-words")
    flows()


def sent(browser, where: str, **changed: str):
    return browser.post(where, {"act": "send", "ground": "lawful", "statement": TEXT, **changed})


def test_the_poster_objects_changes_it_and_takes_it_back_and_the_page_says_how_it_stands(visitor, operator):
    browser, where = visitor("en"), deleted()
    told = page(browser, where)
    assert "Board deleted your post." in told
    assert "You can object until" in told
    assert "Korea Media Communications Standards Commission" in told or "Commission" in told
    assert "We tell nobody who reported a post, or whether anybody did." in told
    answer = sent(browser, where)
    assert (answer.status_code, answer.headers["Location"]) == (303, where)
    flows()
    told = page(browser, where)
    assert "Your objection is here" in told
    assert "That is our own target; the law names no day." in told
    assert TEXT in told
    assert sent(browser, where, statement=TEXT + " Truly.").status_code == 303
    assert Appeal.objects.get().changes == 1
    assert sent(browser, where, act="withdraw").status_code == 303
    assert "What you wrote is erased. Nothing else changes." in page(browser, where)
    assert sent(browser, where).status_code == 422


@time_machine.travel("2026-11-22T12:00:00+09:00", tick=False)
def test_the_page_is_the_same_whoever_asked_and_whoever_is_shown(visitor, operator):
    pages = []
    for number, asked in enumerate(
        [{}, {"legal_basis": "infringed_person_request", "minor_protected": True}]
    ):
        where = deleted(number, **asked)
        browser = visitor("en")
        seen = [page(browser, where)]
        sent(browser, where)
        flows()
        seen.append(page(browser, where))
        for one in seen:
            assert not [secret for secret in SECRETS if secret in one.lower()]
        pages.append([_neutral(one, where) for one in seen])
    assert pages[0] == pages[1]


def _neutral(told: str, where: str) -> str:
    """Without what is another for each link: the token, the number and the token of forms."""
    told = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", told.replace(where, ""))
    return re.sub(r"<dd>[0-9a-f]{8}</dd>", "", told)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_poster_learns_the_decision_and_its_ground_and_nothing_of_the_person_in_it(
    visitor, operator, language
):
    browser, where = visitor(language), deleted(1, minor_protected=True)
    sent(browser, where)
    flows()
    decided(Reviewed.REMOVE, Reason.MINOR)
    told = page(browser, where)
    words = {"en": "Your objection was looked at.", "ko": "보내 준 의견을 살펴봤어요."}
    assert words[language] in told
    grounds = {"en": "It must be deleted.", "ko": "지워야 한다고 결정했어요."}
    assert grounds[language] in told
    assert ("infringes the rights" if language == "en" else "권리를 침해하는") in told
    assert "44-12" in told or "제44조의12" in told
    assert not re.search(r"internal-words|minor|under 19|19세|미성년|아동|청소년", told)
    assert '<form method="post" action="/appeal' not in told


def test_found_lawful_the_page_says_how_far_it_is_with_showing_it_again(visitor, operator):
    browser, where = visitor("en"), deleted()
    sent(browser, where)
    flows()
    decided(Reviewed.NOT_HARMFUL, Reason.LAWFUL)
    assert "We asked Board to show it again." in page(browser, where)
    assert "another reason, which we may not tell" in restoring_words(
        "kept", site="Board", gone_for_good=False
    )
    assert "cannot be put back" in restoring_words("not_back", site="Board", gone_for_good=True)


def test_a_link_cannot_be_guessed_changed_or_made_from_another(visitor, operator):
    where, browser = deleted(), visitor("en")
    key = DeletionRequest.objects.get().key
    for token in (
        where.split("/")[2][:-1],
        "x" + where.split("/")[2],
        str(key),
        Signer(salt="haetae.common.answer_links").sign_object(key.hex),
        "x" * 5_000,
    ):
        assert browser.get(f"/appeal/{token}/").status_code == 404, token


def test_one_link_sends_so_much_a_minute_and_what_was_written_is_not_lost(visitor, operator):
    where, browser = deleted(), visitor("en")
    answers = [sent(browser, where, statement=f"{TEXT} {number}") for number in range(8)]
    assert {answer.status_code for answer in answers} == {303, 429}
    assert "Retry-After" in answers[-1].headers
    assert f"{TEXT} 7" in answers[-1].content.decode()
    assert Appeal.objects.get().statement != f"{TEXT} 7"


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"ground": "nonsense"}, "Choose a reason."), ({"statement": "short"}, "Write 10 to 4,000 characters.")],
)
def test_what_is_not_taken_is_said_and_stays_typed(visitor, operator, changed, words):
    where = deleted()
    answer = sent(visitor("en"), where, **changed)
    told = answer.content.decode()
    assert (answer.status_code, words in told) == (422, True)
    assert changed.get("statement", TEXT) in told
    assert not Appeal.objects.exists()


def test_who_decides_reads_the_objection_and_who_supervises_only_its_ground(
    control_room, regulator, counsellor, operator
):
    deleted()
    request = DeletionRequest.objects.get()
    file_appeal(request_id=request.pk, ground=Ground.MISTAKEN, statement=TEXT, by=By.OPERATOR)
    flows()
    where = f"/console/reviews/{Review.objects.get().pk}/"
    assert "whoever posted it objects" in page(control_room, "/console/reviews/")
    told = page(control_room, where)
    assert "says that it shows somebody or something else" in told
    assert "passed on by the operator" in told
    assert TEXT in told
    told = page(regulator, where)
    assert "says that it shows somebody or something else" in told
    assert TEXT not in told
    assert counsellor.get(where).status_code == 403


def test_the_person_concerned_hears_that_somebody_objects_and_nothing_of_who(visitor, operator):
    browser = visitor("ko")
    opened = inside(browser)
    where = deleted()
    _joined(opened, [DeletionRequest.objects.get().sighting_id])
    poster = visitor("en")
    sent(poster, where)
    flows()
    told = page(browser)
    assert "누군가 이의를 제기해서 사람이 다시 살펴보고 있어요. 결정이 날 때까지는 지금 그대로예요." in told
    assert TEXT not in told
    decided(Reviewed.REMOVE, Reason.NO_CONSENT)
    told = page(browser)
    assert "결정이 날 때까지는" not in told
    assert "다시 보이지 않게 그대로 두기로 결정했어요." in told


def test_everything_about_an_objection_is_worded():
    assert set(GROUNDS) == set(GROUNDS_SAID) == set(Ground)
    assert len({str(words) for words in STATES.values()}) == 6
    assert all(why_words(why) for why in Why)


def test_at_its_desk_an_operator_finds_the_link_and_passes_an_objection_on_once(
    moderator, other_board, at_desk, board
):
    where = deleted()
    request = DeletionRequest.objects.get()
    desk = f"/operator/requests/{request.pk}/appeal/"
    assert where in page(moderator, desk)
    assert "Nobody has objected." in page(moderator, desk)
    wrong = moderator.post(f"{desk}pass-on/", {"ground": "lawful", "statement": "short"})
    assert (wrong.status_code, "The objection needs 10 to 4,000 characters." in wrong.content.decode()) == (
        422,
        True,
    )
    for _ in range(2):
        answer = moderator.post(f"{desk}pass-on/", {"ground": "lawful", "statement": TEXT})
        assert (answer.status_code, answer.headers["Location"]) == (302, desk)
    appeal = Appeal.objects.get()
    assert (appeal.by, appeal.official_id is not None) == ("operator", True)
    told = page(moderator, desk)
    assert "received" in told
    assert TEXT not in told
    assert 'name="ground"' not in told
    stranger = at_desk(people.ADMINISTRATOR, Role.OPERATOR_ADMINISTRATOR, other_board)
    assert stranger.get(desk).status_code == 404
    assert stranger.post(f"{desk}pass-on/", {"ground": "lawful", "statement": TEXT}).status_code == 404
