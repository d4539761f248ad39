"""What was decided is told: to the operator with its reasons, to others with its ground, and nothing of anybody."""

from html import unescape

import pytest
from work import do_all_jobs

from haetae.accounts.permissions import Role
from haetae.agencies.support.queries import reports_of
from haetae.flow.arrival.actions import report_located
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State as Request
from haetae.flow.review.block.term.states import Why
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.steps import terms
from haetae.operators.appeals.links import token_for
from tests import people
from tests.commission import commission_decides
from tests.web import sightings
from tests.web.mine.people_inside import inside, page

pytestmark = pytest.mark.django_db
REASONS = "Words that were written for the operator."


def _page(answer):
    return " ".join(unescape(answer.content.decode()).split())


def _decided(opened, reason: Reason, state: State) -> DeletionRequest:
    place = sightings.found(1)
    report_located(report_id=reports_of(opened.case)[0].pk, sighting_ids=[place])
    review_id = sightings.contested(1)
    commission_decides(review_id, decision=state, reason=reason, statement=REASONS)
    do_all_jobs()
    return Review.objects.get(pk=review_id).request


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["It may stay where it is.", "It is another picture than the one", "tell us this link once more"]),
        ("ko", ["그대로 두어도 된다고 결정했어요.", "찾던 것과 다른 것이에요.", "이의를 제기하세요"]),
    ],
)  # fmt: skip
def test_the_person_reads_what_was_decided_and_how_to_object(visitor, board, language, said):
    browser = visitor(language)
    _decided(inside(browser), Reason.MISTAKEN, State.NOT_HARMFUL)
    told = page(browser)
    for words in said:
        assert words in told
    assert REASONS not in told, "what was written for the operator is not read by whoever reports a place"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nobody_outside_learns_from_the_ground_that_a_minor_is_shown(visitor, board, at_desk, language):
    browser = visitor(language)
    request = _decided(inside(browser), Reason.MINOR, State.REMOVE)
    own, posters = page(browser), _page(visitor(language).get(f"/appeal/{token_for(request)}/"))
    right = "infringes the rights" if language == "en" else "권리를 침해하는"
    assert right in own
    assert REASONS not in own + posters
    assert "under age" not in own + posters
    desk = at_desk(people.MODERATOR, Role.OPERATOR_MODERATOR, board, language=language)
    newest = DeletionRequest.objects.order_by("round").last()
    assert REASONS in _page(desk.get(f"/operator/requests/{newest.pk}/"))


def test_the_operator_reads_an_extension_and_may_show_it_by_its_own_judgement(board, moderator, reviewer):
    review_id = sightings.contested(1)
    request = Review.objects.get(pk=review_id).request
    where = f"/operator/requests/{request.pk}/"
    assert "It is shown again" not in _page(moderator.get(where))
    terms.extend(
        block_id=ProvisionalBlock.objects.get().pk,
        why=Why.SAFETY,
        statement="Somebody is threatened with it.",
        official_id=reviewer.pk,
    )
    told = _page(moderator.get(where))
    assert "somebody would be in danger" in told
    assert "which is our own rule" in told
    assert "threatened" not in told, "what was written lies sealed"
    moderator.post(f"{where}answer/", {"word": "restored"})
    assert ProvisionalBlock.objects.get().state == "lift_claimed"
    request.refresh_from_db()
    assert request.state == Request.UNSURE, "the review goes on"


def test_an_operator_that_was_asked_to_judge_by_itself_reads_that_nobody_blames_it(
    board, moderator, reviewer
):
    review_id = sightings.contested(1)
    terms.ask_itself(review_id=review_id, official_id=reviewer.pk)
    request = Review.objects.get(pk=review_id).request
    told = _page(moderator.get(f"/operator/requests/{request.pk}/"))
    assert "nobody can decide at present" in told
    assert "Nothing is presumed, and nobody blames you." in told
    assert "decides within" not in told, "no term is named that nobody can keep"
