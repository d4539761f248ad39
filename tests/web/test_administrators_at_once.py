"""Two administrators of one operator at the same moment, and one who comes back with less on the same day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from haetae.accounts.actions import register_operator, seat_at_operator
from haetae.accounts.colleagues.actions import CannotDoThatError, add_colleague, end_colleague
from haetae.accounts.colleagues.queries import administrators
from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.accounts.queries import roles_on
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


@pytest.mark.django_db
def test_whoever_left_today_does_not_come_back_today_with_the_role_of_before():
    board = register_operator(
        name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM
    )
    first, second = (
        add_colleague(operator=board, name=name, role=Role.OPERATOR_ADMINISTRATOR, actor=SYSTEM)
        for name in ("first", "second")
    )
    end_colleague(operator=board, official_id=second.pk, actor=SYSTEM)
    with pytest.raises(CannotDoThatError, match="left_today"):
        add_colleague(operator=board, name="second", role=Role.OPERATOR_MODERATOR, actor=SYSTEM)
    assert [person.pk for person in administrators(board)] == [first.pk]
    again = add_colleague(operator=board, name="second", role=Role.OPERATOR_ADMINISTRATOR, actor=SYSTEM)
    assert again.pk == second.pk, "ended by mistake, it is given back at once"
    end_colleague(operator=board, official_id=second.pk, actor=SYSTEM)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        add_colleague(operator=board, name="second", role=Role.OPERATOR_MODERATOR, actor=SYSTEM)
        assert roles_on(second, day=timezone.localdate(clock.now())) == {Role.OPERATOR_MODERATOR}
