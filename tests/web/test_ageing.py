"""While nobody can decide: how long everything has waited, what ends soon, and what people can still do."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine

from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.review.block.term.models import BlockExtension, OperatorAsked
from haetae.flow.review.models import ProvisionalBlock, Review
from tests.commission import seat_commission
from tests.web import sightings

pytestmark = pytest.mark.django_db
PAGE, EXTEND = "/console/reviews/ageing/", "/console/reviews/ageing/extend/"
SAYS_WHY = "Too few members sit, and nobody can decide."


def _page(answer):
    return " ".join(unescape(answer.content.decode()).split())


@pytest.fixture
def waited(control_room, reviewer):
    """Three are contested at different times; two are hidden and end within a week."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for number in (1, 2):
            sightings.contested(number)
        traveller.shift(timedelta(days=25))
        sightings.contested(3, by=None)
        control_room.force_login(reviewer)
        yield traveller


def test_it_shows_how_long_what_has_waited_and_what_ends_and_says_that_nothing_is_presumed(
    control_room, waited
):
    page = _page(control_room.get(PAGE))
    assert "3 wait for a decision" in page
    assert '<td data-age="7 days – 30 days" class="late"><span class="figure">2</span>' in page
    assert '<td data-age="up to 24 h"><span class="figure">1</span>' in page
    assert "Blocks that end within a week: 2" in page
    assert "Nothing is presumed" in page
    assert "No quorum" in page
    assert "No quorum" in _page(control_room.get("/console/reviews/")), "the queue says it too"
    seat_commission()
    page = _page(control_room.get(PAGE))
    assert "No quorum" not in page
    assert "Ask the operator to judge by itself" not in page


def test_many_are_extended_at_once_and_each_has_its_own_record(control_room, waited):
    blocks = [str(block.pk) for block in ProvisionalBlock.objects.filter(state="claimed")]
    sent = {"block": blocks, "why": "no_quorum", "statement": SAYS_WHY}
    for wrong, words in (
        ({"block": []}, "Choose at least one."),
        ({"block": ["nonsense"]}, "Choose at least one."),
        ({"why": "because"}, "Choose why it goes on."),
    ):
        answer = control_room.post(EXTEND, {**sent, **wrong})
        assert (answer.status_code, words in _page(answer)) == (422, True)
        assert SAYS_WHY in _page(answer)
    answer = control_room.post(EXTEND, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}?extended=2")
    assert "Extended: 2." in _page(control_room.get(f"{PAGE}?extended=2"))
    assert set(BlockExtension.objects.values_list("why", "statement")) == {("no_quorum", SAYS_WHY)}
    assert Event.objects.filter(name="review.block_extended", actor_kind="official").count() == 2
    answer = control_room.post(EXTEND, sent)
    assert answer.status_code == 409
    assert _page(answer).count("It was extended already.") == 2
    refused = Event.objects.filter(name="review.block_refused", facts__code="extended_already")
    assert refused.count() == BlockExtension.objects.count() == 2
    assert "Blocks that end within a week: 0" in _page(control_room.get(PAGE))


def test_a_block_that_is_none_is_not_there(control_room, waited):
    sent = {"block": [str(uuid4())], "why": "safety", "statement": SAYS_WHY}
    assert control_room.post(EXTEND, sent).status_code == 404


def test_the_operator_is_asked_to_judge_by_itself_once_and_only_while_nobody_can_decide(control_room, waited):
    review = Review.objects.order_by("opened_at")[0]
    where = f"/console/reviews/{review.pk}/ask-operator/"
    assert [control_room.post(where).status_code for _ in range(2)] == [302, 302]
    assert OperatorAsked.objects.get().review_id == review.pk
    assert "The operator was asked to judge by itself" in _page(control_room.get(PAGE))
    seat_commission()
    answer = control_room.post(f"/console/reviews/{Review.objects.latest('opened_at').pk}/ask-operator/")
    assert answer.status_code == 409
    assert "There is a quorum, so the commission decides." in _page(answer)
    assert Event.objects.get(name="review.block_refused").facts["code"] == "quorum_there"


def test_the_regulator_reads_it_and_extends_nothing(waited, regulator):
    assert "The secretariat of the commission extends." in _page(regulator.get(PAGE))
    assert regulator.post(EXTEND, {"block": [], "why": "safety", "statement": SAYS_WHY}).status_code == 403


def test_the_control_room_counts_what_ends_soon_and_today(control_room, reviewer, waited):
    assert "within a week without a decision: 2, of them today: 0" in _page(control_room.get("/console/"))
    waited.shift(timedelta(days=5, seconds=-60))
    control_room.force_login(reviewer)
    assert "of them today: 2" in _page(control_room.get("/console/"))
