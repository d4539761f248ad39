"""Every test of the flow has a board to play against, and a clock that it can move."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import pytest
import time_machine
from board import Board
from doubt import MakeKnown, see, unsure
from neighbours import BOARD, NOBODY, RECEIVED, stands
from steps import PHOTOS, found

from haetae.accounts.models import Operator, OperatorKind
from haetae.connectors.base import Seen
from haetae.detect.matching import Tier
from haetae.flow.review.models import ProvisionalBlock
from tests.prints import prints_of


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    board = Board()
    for stage in ("arrival", "assessment", "removal", "remedies", "review", "verification"):
        monkeypatch.setattr(f"haetae.flow.{stage}.jobs.connector_for", lambda _operator: board)
    monkeypatch.setattr("haetae.agencies.looks.showing.connector_for", lambda _operator: board)
    return board


@pytest.fixture
def coffee() -> bytes:
    return (PHOTOS / "coffee.jpg").read_bytes()


@pytest.fixture
def make_known(db: None) -> Callable[..., None]:
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


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch, board: Board) -> Mapping[str, Board]:
    """Whoever stands between, by name; each answers as it is told, and has received it otherwise."""
    by_name: defaultdict[str, Board] = defaultdict(Board)

    def way_to(operator: Operator) -> Board:
        by_name[operator.name].answers = by_name[operator.name].answers or [RECEIVED]
        return by_name[operator.name]

    monkeypatch.setattr("haetae.flow.remedies.jobs.connector_for", way_to)
    return by_name


@pytest.fixture
def everybody_between(db: None) -> None:
    """One of each kind, and one before another place."""
    stands("host", OperatorKind.HOST, before=BOARD)
    stands("cdn", OperatorKind.CDN, before=BOARD)
    stands("search", OperatorKind.SEARCH)
    stands("access", OperatorKind.ACCESS_PROVIDER)
    stands("elsewhere", OperatorKind.HOST, before="https://other.example")


@pytest.fixture
def abroad(
    board: Board,
    between: Mapping[str, Board],
    everybody_between: None,
    coffee: bytes,
    make_known: Callable[..., None],
    moving_clock: time_machine.Traveller,
) -> Board:
    """A known picture at a place whose operator nobody can ask, and everybody can see it."""
    board.picture, board.answers, board.sights = coffee, [NOBODY], [Seen.LIVE] * 50
    board.shown_now = coffee
    make_known(coffee)
    return board


@pytest.fixture
def hidden(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> ProvisionalBlock:
    """An operator is unsure and hides it, and we saw that."""
    unsure(board, coffee, make_known)
    see(moving_clock)
    return ProvisionalBlock.objects.get()
