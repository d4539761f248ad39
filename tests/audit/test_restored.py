"""After a restore the log goes on: joined where its rows lie outside; where they do not, it says what is lost."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from haetae.audit.actions import log_restored
from haetae.audit.actor import SYSTEM
from haetae.audit.exported import verify_export
from haetae.audit.heads import heads_by_size
from haetae.audit.models import Event, Leaf
from haetae.audit.rows import next_index, read_rows, rows_beside
from haetae.audit.sealer import Sealer
from haetae.audit.succession import LogKeys
from haetae.common import clock
from haetae.running.backup.rejoining import Joined, join_again
from tests.audit.logs import KEY, Log, begun
from tests.stamping import Authority, make_authority

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def log(tmp_path: Path, authority: Authority) -> Log:
    return begun(tmp_path, authority)


def cut_back(size: int) -> None:
    """The tables as they were when the log had so many rows, which only the owner can bring about."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE haetae_owner")
        cursor.execute(
            "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_leaf WHERE index >= %s)", [size]
        )
        cursor.execute("DELETE FROM audit_leaf WHERE index >= %s", [size])
        cursor.execute("DELETE FROM audit_head WHERE size > %s", [size])
        cursor.execute("DELETE FROM audit_stamp WHERE size > %s", [size])
        cursor.execute("SET ROLE haetae_app")


def restored(log: Log, *, backup: int, key: Ed25519PrivateKey = KEY) -> Joined:
    joined = join_again(log.outside, keys=LogKeys(KEY.public_key()))
    root = joined.newest.root.hex() if joined.newest and joined.lost else ""
    log_restored(
        made_at=clock.now(),
        backup=backup,
        kept=joined.kept,
        until=joined.until,
        root=root,
        key=key,
        actor=SYSTEM,
    )
    log.sealer = Sealer(key=KEY, outside=log.outside)
    log.sealer.seal()
    return joined


def test_every_row_that_is_sealed_lies_outside_as_it_was_hashed(log: Log) -> None:
    rows = list(read_rows(rows_beside(log.outside)))
    assert [row.index for row in rows] == list(range(Leaf.objects.count()))
    assert [row.digest for row in rows] == [bytes(one.digest) for one in Leaf.objects.order_by("index")]
    assert [row.index for row in read_rows(rows_beside(log.outside), after=28)] == [28, 29, 30]


def test_a_row_that_a_power_cut_tore_off_is_written_anew_at_the_next_start(log: Log) -> None:
    (file,) = rows_beside(log.outside).iterdir()
    file.write_bytes(file.read_bytes()[:-40])
    assert next_index(rows_beside(log.outside)) == 30
    log.sealer = Sealer(key=KEY, outside=log.outside)
    log.happened(1)
    assert [row.index for row in read_rows(rows_beside(log.outside))] == list(range(32))


def test_rows_that_lie_outside_are_joined_again_and_outsiders_heads_hold(log: Log) -> None:
    events = list(Event.objects.order_by("pk").values_list("pk", "name", "at"))
    cut_back(10)
    joined = restored(log, backup=10)
    assert (joined.kept, joined.lost, len(joined.events)) == (31, 0, 21)
    assert list(Event.objects.order_by("pk").values_list("pk", "name", "at"))[:31] == events
    report = log.verified()
    assert (report.ok, report.stamps) == (True, 3), report.findings
    assert "no row of the log is lost" in report.restores[0]
    assert verify_export(log.export(), outside=heads_by_size(log.outside)).ok


def test_a_row_that_somebody_changed_outside_is_not_believed(log: Log) -> None:
    cut_back(10)
    (file,) = rows_beside(log.outside).iterdir()
    file.write_bytes(
        file.read_bytes().replace(b'"index":20,"event":{"actor_id":""', b'"index":20,"event":{"actor_id":"x"')
    )
    joined = restored(log, backup=10)
    assert joined.kept < 20
    assert joined.until == 31


def test_rows_that_are_lost_are_declared_and_no_forgery_for_whoever_holds_a_newer_head(log: Log) -> None:
    cut_back(10)
    for file in rows_beside(log.outside).iterdir():
        file.unlink()
    assert {finding.kind for finding in log.verified().findings} >= {"cut_back", "head_deleted"}
    joined = restored(log, backup=10)
    assert (joined.kept, joined.until) == (10, 31)
    log.happened(40)  # beyond the sizes of the heads that were given up
    report = log.verified()
    assert report.ok, report.findings
    assert "rows 10 to 30 are lost" in report.restores[0]
    outsider = verify_export(log.export(), outside=heads_by_size(log.outside))
    assert outsider.ok, outsider.findings
    assert outsider.restores == report.restores


def test_whoever_has_the_database_and_not_the_key_cannot_excuse_a_log_that_was_cut_back(log: Log) -> None:
    cut_back(10)
    for file in rows_beside(log.outside).iterdir():
        file.unlink()
    restored(log, backup=10, key=Ed25519PrivateKey.generate())
    report = log.verified()
    assert not report.restores
    assert {finding.kind for finding in report.findings} >= {"head_deleted"}


def test_what_is_cut_off_after_a_restore_is_no_part_of_what_it_gave_up(log: Log) -> None:
    cut_back(10)
    for file in rows_beside(log.outside).iterdir():
        file.unlink()
    restored(log, backup=10)
    log.happened(5)
    before = {finding.words for finding in log.verified().findings}
    cut_back(12)
    assert {finding.kind for finding in log.verified().findings if finding.words not in before} >= {
        "head_deleted"
    }


def test_a_joined_row_wakes_nobody(log: Log) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        before = cursor.fetchone()[0]
    cut_back(10)
    join_again(log.outside, keys=LogKeys(KEY.public_key()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == before
