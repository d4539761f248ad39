"""Sealing costs what is new, and not what has ever happened."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haetae.audit import sealer as sealing
from haetae.audit.models import Event
from haetae.audit.sealer import Sealer
from haetae.common import clock
from tests.audit.test_log import something_happened, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return tmp_path / "heads.jsonl"


@pytest.fixture(autouse=True)
def _looks_three_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_LOOK_BACK", 3)
    monkeypatch.setattr(sealing, "_FAR_BACK", 3)


def _sealer(outside: Path) -> Sealer:
    return Sealer(key=settings.KEYS.log_key, outside=outside)


def _number_given() -> int:
    """Of an event whose transaction has not been committed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('audit_event', 'id'))")
        return int(cursor.fetchone()[0])


def _committed_late(number: int) -> None:
    Event.objects.create(
        pk=number, at=clock.now(), name="hashbank.added", subject_kind="hashbank.knownpicture",
        subject_id=uuid4(), actor_kind="system", facts={},
    )  # fmt: skip


def test_an_event_that_is_committed_a_little_late_is_sealed_at_once(outside: Path) -> None:
    sealer = _sealer(outside)
    something_happened(5)
    sealer.seal()
    number = _number_given()
    something_happened(2)
    sealer.seal()
    _committed_late(number)
    assert sealer.seal() == 1


def test_one_that_is_committed_very_late_is_sealed_at_the_next_whole_look(
    outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealer = _sealer(outside)
    number = _number_given()
    something_happened(9)
    sealer.seal()
    _committed_late(number)
    assert sealer.seal() == 0
    assert verified(outside).not_yet_provable == [number], "and until then nobody calls it proven"
    monkeypatch.setattr(sealing, "_WHOLE_LOOK_EVERY_S", 0.0)
    assert sealer.seal() == 1


def test_a_sealer_that_has_just_started_and_finds_all_sealed_does_not_look_at_all_of_it_again(
    outside: Path,
) -> None:
    something_happened(9)
    _sealer(outside).seal()
    restarted = _sealer(outside)
    assert restarted.seal() == 0
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert restarted.seal() == 0
    newest = Event.objects.latest("pk").pk
    assert any(f">{newest - 3}" in query["sql"].replace(" ", "").replace("(", "") for query in asked)
    assert not any(">0" in query["sql"].replace(" ", "").replace("(", "") for query in asked)


def test_more_than_a_batch_of_old_ones_is_not_left_to_the_next_hour(
    outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [_number_given() for _ in range(6)]
    something_happened(9)
    _sealer(outside).seal()
    monkeypatch.setattr(sealing, "_BATCH", 4)
    for number in numbers:
        _committed_late(number)
    late = _sealer(outside)
    assert [late.seal(), late.seal(), late.seal()] == [4, 2, 0]
