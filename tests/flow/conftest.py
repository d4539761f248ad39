"""Every test of the flow has a board to play against, and a clock that it can move."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from board import Board
from steps import PHOTOS, found

from haetae.detect import Bank, Fingerprints, OpenerPool, examine
from haetae.detect.matching import Tier


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    board = Board()
    for stage in ("arrival", "assessment", "removal", "review", "verification"):
        monkeypatch.setattr(f"haetae.flow.{stage}.jobs.connector_for", lambda _operator: board)
    monkeypatch.setattr("haetae.agencies.looks.showing.connector_for", lambda _operator: board)
    return board


@pytest.fixture
def coffee() -> bytes:
    return (PHOTOS / "coffee.jpg").read_bytes()


@pytest.fixture
def prints_of() -> Callable[[bytes], Fingerprints]:
    """The fingerprints of a picture, as an examination takes them."""

    def prints(picture: bytes) -> Fingerprints:
        with OpenerPool(size=1) as openers:
            found = examine(picture, bank=Bank(()), openers=openers).fingerprints
        assert found is not None
        return found

    return prints


@pytest.fixture
def make_known(db: None, prints_of: Callable[[bytes], Fingerprints]) -> Callable[..., None]:
    """Make a picture known, by a counsellor unless told otherwise."""

    def known(picture: bytes, *, tier: Tier = Tier.COUNSELLOR_CHECKED) -> None:
        from haetae.audit.actor import SYSTEM
        from haetae.hashbank.actions import add_known_picture

        prints = prints_of(picture)
        whole = prints.perceptual[0]
        add_known_picture(
            list_name="test", tier=tier, sha256=prints.sha256, pdq=whole.pdq, dhash=whole.dhash, actor=SYSTEM
        )

    return known


@pytest.fixture
def moving_clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until the test moves it."""
    with time_machine.travel("2026-11-22T12:00:00+09:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def doubtful(board: Board, coffee: bytes, make_known: Callable[..., None]) -> None:
    """A picture that is known only by somebody's own word waits for a person."""
    make_known(coffee, tier=Tier.SELF_DECLARED)
    board.picture = coffee
    found()
