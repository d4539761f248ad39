"""The log can be checked by somebody who has one file, and neither our database nor our word."""

import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from haetae.audit.exported import NotAnExportError, verify_export
from haetae.audit.heads import read_outside, stamps_beside
from haetae.audit.models import Event
from haetae.audit.report import Report
from tests.audit.logs import KEY, Log, begun
from tests.audit.test_log import as_forger
from tests.stamping import Authority, make_authority

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def log(tmp_path: Path, authority: Authority) -> Log:
    return begun(tmp_path, authority)


def checked(lines: list[bytes], log: Log, **more: object) -> Report:
    told = {"key": KEY.public_key(), "roots": log.roots} | more
    return verify_export(lines, **told)  # type: ignore[arg-type]


def test_an_export_says_what_the_database_says(log: Log) -> None:
    inside, outside = log.verified(), checked(log.export(), log)
    assert inside.ok, inside.findings
    assert outside.ok, outside.findings
    assert (inside.sealed, inside.heads, inside.stamps) == (outside.sealed, outside.heads, outside.stamps)
    assert inside.stamps == 3
    assert inside.proven_until == outside.proven_until
    assert inside.stamped_until == outside.stamped_until


def test_a_part_goes_on_from_an_older_head_and_shows_that_it_is_the_beginning(log: Log) -> None:
    older = read_outside(log.outside)[3].size
    part = checked(log.export(first=older), log)
    assert part.ok, part.findings
    assert (part.first, part.events) == (older, part.sealed - older)


def test_without_events_the_digests_prove_number_and_order_and_tell_nothing(log: Log) -> None:
    lines = log.export(with_events=False)
    assert checked(lines, log).ok
    told = b"".join(lines)
    for event in Event.objects.all():
        assert str(event.subject_id).encode() not in told
    assert b"hashbank" not in told


def test_stamps_that_nobody_can_check_are_not_called_checked(log: Log) -> None:
    report = checked(log.export(), log, roots=None)
    assert (report.ok, report.stamping, report.stamps) == (True, "none_named", 0)


def test_what_was_forged_inside_is_found_in_the_export_too(log: Log) -> None:
    as_forger("UPDATE audit_event SET facts = '{}' WHERE id = (SELECT min(id) + 3 FROM audit_event)")
    assert {one.kind for one in log.verified().findings} == {"altered"}
    assert {one.kind for one in checked(log.export(), log).findings} == {"altered"}


def test_an_export_cut_back_is_whole_only_for_who_keeps_no_head(log: Log) -> None:
    older = log.export()
    log.happened(3)
    assert checked(older, log).ok
    kept = read_outside(log.outside)
    assert {one.kind for one in checked(older, log, outside=kept).findings} == {"cut_back"}


def test_another_key_is_not_believed(log: Log) -> None:
    other = Ed25519PrivateKey.generate().public_key()
    assert {one.kind for one in checked(log.export(), log, key=other).findings} == {"bad_signature"}


def test_what_is_no_export_is_named(log: Log) -> None:
    for line in (b"", b"{}\n", b'{"log":"another/1"}\n', b"\x00"):
        with pytest.raises(NotAnExportError):
            verify_export([line])


def test_stock_tools_check_a_head_and_its_stamp(log: Log, tmp_path: Path) -> None:
    """The commands of docs/log.md, on a machine that knows nothing of us."""
    lines = [json.loads(line) for line in log.export()]
    stamp = next(line["stamp"] for line in lines if "stamp" in line)
    head = next(line["head"] for line in lines if "head" in line and line["head"]["size"] == stamp["size"])
    statement = {"at": head["at"], "log": "haetae-events/1", "root": head["root"], "size": head["size"]}
    signed = json.dumps(statement, separators=(",", ":")).encode()
    (tmp_path / "head").write_bytes(signed)
    (tmp_path / "signature").write_bytes(bytes.fromhex(head["signature"]))
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "stamp.b64").write_text(stamp["token"])
    for command in (
        "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in head -sigfile signature",
        "base64 -d stamp.b64 > stamp.tsr",
        f"openssl ts -verify -data head -in stamp.tsr -CAfile {log.authority.roots_file}",
    ):
        done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, (command, done.stderr)


def test_stamps_lie_outside_the_database_too(log: Log) -> None:
    assert len(stamps_beside(log.outside).read_text().splitlines()) == 3
    as_forger("DELETE FROM audit_stamp WHERE size = (SELECT min(size) FROM audit_stamp)")
    assert {one.kind for one in log.verified().findings} == {"stamp_deleted"}
