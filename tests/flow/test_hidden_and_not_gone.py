"""A platform on which what is hidden can be told from what is gone: the page stays and nobody gets the picture."""

import pytest
import time_machine
from board import Board
from doubt import MakeKnown, block_state, see, unsure
from steps import happened, request_state

from haetae.connectors.base import Answer, AnswerKind, Locator, Look, Seen, Sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def hiding(board: Board, monkeypatch: pytest.MonkeyPatch) -> Board:
    """Whoever looks sees the page, and that nothing comes from the address of the picture."""

    def look(_: Locator) -> Look:
        return Look(
            page=Sight(seen=Seen.LIVE, why="shows_it"),
            media=Sight(seen=Seen.GONE, why="http_404"),
            hidden=True,
        )

    monkeypatch.setattr(board, "look", look)
    return board


def test_that_is_what_a_block_should_look_like(
    hiding: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(hiding, coffee, make_known)
    see(moving_clock)
    assert block_state() == "hidden"
    assert "removal.verified" not in happened()


def test_and_it_is_never_called_removed_whatever_the_operator_says(
    hiding: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    unsure(hiding, coffee, make_known, answer=Answer(kind=AnswerKind.REMOVED))
    see(moving_clock)
    assert request_state() == "claimed"
    assert "verification.unknown" in happened()
