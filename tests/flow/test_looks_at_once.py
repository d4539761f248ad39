"""Two at once: one look is shown once, and the last look of a day is had once."""

import threading

import pytest
from board import Board
from django.db import connection
from doubt import unsure
from looks import begin, begin_before, in_office, waiting_task
from people import CHAIR, COUNSELLOR

from haetae.agencies.looks import actions
from haetae.agencies.looks.showing import show


@pytest.mark.usefixtures("several_at_once", "doubtful")
def test_of_two_at_once_one_is_shown_and_of_two_wishes_one_is_the_last() -> None:
    counsellor = in_office(COUNSELLOR)
    begun = begin(counsellor)
    assert sorted(at_once(lambda: bool(show(begun.pk)))) == ["True", "look_used"]
    for _ in range(18):
        begin(counsellor)
    named = {"task_id": waiting_task().pk, "official_id": counsellor, "said_minor": False}
    named |= {"reason": "check_match", "step": "blurred"}
    assert sorted(at_once(lambda: bool(actions.begin_look(**named)))) == ["True", "looks_used_up"]


@pytest.mark.usefixtures("several_at_once")
def test_before_a_decision_it_is_the_same(board: Board, coffee: bytes, make_known) -> None:
    unsure(board, coffee, make_known)
    board.picture, board.hidden = b"", coffee
    chair = in_office(CHAIR)
    begun = begin_before(chair)
    assert sorted(at_once(lambda: bool(show(begun.pk)))) == ["True", "look_used"]
    for _ in range(18):
        begin_before(chair)
    named = {"review_id": begun.review_id, "official_id": chair, "said_minor": False}
    named |= {"reason": "decide", "step": "blurred"}
    assert sorted(at_once(lambda: bool(actions.begin_look_before(**named)))) == ["True", "looks_used_up"]


def at_once(act) -> list[str]:
    """What becomes of it in two threads that begin together."""
    together, results = threading.Barrier(2), []

    def run() -> None:
        together.wait()
        try:
            results.append(str(act()))
        except actions.CannotLookError as refused:
            results.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results
