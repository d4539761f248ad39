"""No way leads around a gate: in memory often, in the database as often as a test has time for.

`python -m bench.gates --runs 10000` goes 10,000 ways in memory, and more in the database.
"""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.gates.database import Database, seated
from tests.gates.machine import Gates
from tests.gates.world import World

_BEGINS = "2026-11-26T12:00:00+09:00"


def often(runs: int, *, steps: int, derandomize: bool = True) -> settings:
    return settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        derandomize=derandomize,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


class GatesOfTheDatabase(Gates):
    """Each run in a transaction of its own, of which nothing is left."""

    def make_world(self) -> World:
        self._time = time_machine.travel(_BEGINS, tick=False)
        traveller = self._time.start()
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        return Database(traveller, seated())

    def teardown(self) -> None:
        if hasattr(self, "_transaction"):
            transaction.set_rollback(True)
            self._transaction.__exit__(None, None, None)
            self._time.stop()


def test_no_way_in_memory_leads_around_a_gate() -> None:
    run_state_machine_as_test(Gates, settings=often(300, steps=25))


@pytest.mark.django_db
def test_no_way_in_the_database_leads_around_a_gate() -> None:
    run_state_machine_as_test(GatesOfTheDatabase, settings=often(5, steps=25))


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    Gates.tries.clear()
    yield
    Gates.tries.clear()
