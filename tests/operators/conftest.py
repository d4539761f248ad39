"""A clock that the test moves, and no network."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.operators.asking import let_nothing_out


@pytest.fixture
def clock_() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-26T10:00:00+09:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    let_nothing_out(monkeypatch)
