"""An upload in doubt is published: its place is looked at once it is public, and then people decide."""

import pytest
from board import MEDIA, PAGE, Board
from steps import happened, wait
from work import do_all_jobs

from haetae.accounts.actions import register_operator
from haetae.audit.actor import SYSTEM
from haetae.detect import OpenerPool, examine
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import keep_answer
from haetae.flow.arrival.rules import Question
from haetae.hashbank.current import CurrentBank

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubtful_upload(board: Board, coffee: bytes, make_known) -> None:
    """A platform was told `review` about a picture that it has not published yet."""
    make_known(coffee, tier=Tier.SELF_DECLARED)
    operator = register_operator(
        name="board", connector="sandbox", origin="https://board.example", actor=SYSTEM
    )
    with OpenerPool(size=1) as openers:
        finding = examine(coffee, bank=CurrentBank().get(), openers=openers)
    keep_answer(question=Question(operator_id=operator.pk, post_id="1", place=(PAGE, MEDIA)), finding=finding)


def test_what_is_not_public_yet_is_looked_at_again_until_people_can_decide(
    moving_clock, board, coffee, doubtful_upload
):
    do_all_jobs()
    assert happened()[-1] == "assessment.undetermined"
    board.picture = coffee
    wait(moving_clock, minutes=1)
    assert "assessment.review" in happened()


def test_what_is_public_at_once_is_examined_at_once(moving_clock, board, coffee, doubtful_upload):
    board.picture = coffee
    do_all_jobs()
    assert "assessment.review" in happened()
