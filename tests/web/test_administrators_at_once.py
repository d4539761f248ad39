"""Two administrators of one operator at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection

from haetae.accounts.actions import register_operator, seat_at_operator
from haetae.accounts.colleagues.actions import CannotDoThatError, end_colleague
from haetae.accounts.colleagues.queries import administrators
from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from tests import people


def test_two_administrators_who_end_each_other_at_once_leave_one(several_at_once):
    board = register_operator(
        name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM
    )
    pair = [
        seat_at_operator(
            username=person.name,
            role=Role.OPERATOR_ADMINISTRATOR,
            operator=board,
            since=clock.now().date() - timedelta(days=2),
            actor=SYSTEM,
        )
        for person in (people.ADMINISTRATOR, people.MODERATOR)
    ]

    def end(official: Official) -> str:
        try:
            end_colleague(operator=board, official_id=official.pk, actor=SYSTEM)
        except CannotDoThatError as refused:
            return str(refused)
        finally:
            connection.close()
        return "ended"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(end, pair)) == ["ended", "last_administrator"]
    assert administrators(board).count() == 1
