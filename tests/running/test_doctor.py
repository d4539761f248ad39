"""One page of truth for the one on duty: each line says how it is, and what is not well says the way out."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from typer.testing import CliRunner

from haetae.cli import app
from haetae.common import clock
from haetae.running.beats import actions
from haetae.running.doctor import database, flow, machine
from haetae.running.doctor.checks import Check, Grade, exit_code, ok, passed, span, warning, wrong
from haetae.running.kinds import Kind, State
from haetae.settings.environment import Environment


def by_code(checks) -> dict[str, Check]:
    found = list(checks)
    for check in found:
        assert check.words.endswith((".", ")", "?")), check
        assert (
            bool(check.way_out) == (check.grade in (Grade.WARNING, Grade.WRONG))
            or check.grade is Grade.UNKNOWN
        )
    return {check.code: check for check in found}


def test_exit_codes_tell_the_night_from_the_day():
    fine, today, now = ok("a", "."), warning("b", ".", "x"), wrong("c", ".", "x")
    assert (exit_code([fine]), exit_code([fine, today]), exit_code([today, now])) == (0, 1, 2)
    assert passed([fine, today])
    assert not passed([fine, now])
    assert span(90_061) == "1 d 1 h"
    assert span(0.2) == "0 s"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    for name in ("flow", "receipt-pepper", "custodian", "event-log"):
        (keys / name).touch(mode=0o600)
    return tmp_path


def test_a_machine_says_whether_its_keys_its_disk_and_its_walls_are_there(home, monkeypatch):
    monkeypatch.setattr(machine, "_openers", lambda: ok("openers", "."))
    found = by_code(machine.checks(Environment(HAETAE_HOME=home)))
    assert found["keys"].grade is Grade.OK
    assert {"code", "home", "disk", "models", "fonts", "place", "mail", "stamps"} <= set(found)
    (home / "keys" / "flow").chmod(0o644)
    open_to_others = machine._keys(Environment(HAETAE_HOME=home))
    assert (open_to_others.grade, "flow" in open_to_others.words) == (Grade.WRONG, True)
    (home / "keys" / "flow").unlink()
    assert "Put them back" in machine._keys(Environment(HAETAE_HOME=home)).way_out
    away = machine._keys(Environment(HAETAE_HOME=home, HAETAE_KEY_SERVICE=str(home / "socket")))
    assert away.grade is Grade.WRONG
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _folder: _Room())
    full = by_code(machine._home(Environment(HAETAE_HOME=home)))["disk"]
    assert full.grade is Grade.WRONG


class _Room:
    total, free = 2**40, 2**33


@pytest.mark.django_db
def test_the_database_is_asked_for_rights_clock_and_what_an_acknowledged_report_rests_on(
    role_of_the_application,
):
    url = _url()
    found = by_code(database.checks(f"{url}&options=-c%20role%3D{settings.APPLICATION_ROLE}"))
    assert found["database"].grade is Grade.OK
    assert found["rights"].grade is Grade.OK
    assert found["clock"].grade is Grade.OK
    assert found["primary"].grade is Grade.OK
    assert found["durable"].grade is Grade.WRONG, "the server of the tests does without fsync"
    owner = by_code(database.checks(url))
    assert owner["rights"].grade is Grade.WRONG, "the owner may change the record"


def _url() -> str:
    told = connection.settings_dict
    return f"postgresql://{told['USER']}@/{told['NAME']}?host={told['HOST']}"


def test_a_clock_that_is_off_is_seen(monkeypatch):
    class Late:
        def execute(self, _query):
            return self

        def fetchone(self):
            return (clock.now() + _seconds(7),)

    assert database._clock(Late()).grade is Grade.WRONG
    assert "ahead of" in database._clock(Late()).words


def _seconds(number: int):
    from datetime import timedelta

    return timedelta(seconds=number)


@pytest.mark.django_db
def test_a_database_that_is_away_is_one_sentence_without_its_password():
    away = by_code(database.checks("postgresql://app:s3cret-word@127.0.0.1:9/haetae"))
    assert set(away) == {"database"}
    assert away["database"].grade is Grade.WRONG
    assert "s3cret-word" not in str(away)
    assert "not running" in by_code(database.checks(""))["database"].words


@pytest.mark.django_db
def test_the_flow_says_who_is_missing_what_waits_and_how_old_the_backup_is(tmp_path, settings):
    settings.HAETAE_HOME = tmp_path
    now = clock.now()
    for kind in (Kind.WEB, Kind.WORKER, Kind.TIMEKEEPER):
        actions.beat(name=kind, kind=kind, machine="one", state=State.READY, version="0.1.0", at=now)
    found = by_code(flow.checks(_url()))
    assert found["tables"].grade is Grade.OK
    assert found["processes"].grade is Grade.WRONG
    assert "no sealer" in found["processes"].words
    assert found["backups"].grade is Grade.WARNING
    actions.beat(name="s", kind=Kind.SEALER, machine="one", state=State.READY, version="0.2.0", at=now)
    (tmp_path / flow.BACKUPS).write_text(json.dumps({"at": now.isoformat()}) + "\nno line of ours\n")
    found = by_code(flow.checks(_url()))
    assert found["processes"].grade is Grade.OK
    assert "0.1.0, 0.2.0" in found["versions"].words
    assert found["backups"].grade is Grade.OK
    assert {"connections", "queues", "due_dates", "log", "dead_letters", "operators"} <= set(found)
    assert "jobs_set_aside" not in found
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('flow', 'haetae.nobody', '{}', 'failed', 3)"
        )
    found = by_code(flow.checks(_url()))
    assert found["jobs_set_aside"].words.startswith("1 jobs")
    assert "jobs_failed" not in found, "each is told once"
    (tmp_path / flow.BACKUPS).write_text(json.dumps({"at": (now - 9 * _seconds(86_400)).isoformat()}))
    assert by_code(flow.checks(_url()))["backups"].grade is Grade.WRONG


@pytest.mark.django_db
def test_one_part_that_cannot_be_asked_keeps_no_other_from_being_told(monkeypatch):
    def gone():
        raise OperationalError("gone")
        yield

    monkeypatch.setattr(flow, "_queues", gone)
    found = by_code(flow.checks(_url()))
    assert found["queues"].grade is Grade.UNKNOWN
    assert found["tables"].grade is Grade.OK


def test_the_command_answers_while_the_database_is_away_and_prints_one_object(home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@127.0.0.1:9/haetae")
    monkeypatch.setenv("HAETAE_HOME", str(home))
    monkeypatch.setattr(machine, "_openers", lambda: ok("openers", "."))
    told = CliRunner().invoke(app, ["doctor", "--json"])
    said = json.loads(told.stdout)
    assert told.exit_code == 2
    assert said["passed"] is False
    grades = {check["code"]: check["grade"] for check in said["checks"]}
    assert (grades["database"], grades["flow"], grades["keys"]) == ("wrong", "unknown", "ok")
    page = CliRunner().invoke(app, ["doctor"]).stdout
    assert page.index("wrong") < page.index("warning") < page.index("ok  ")
    assert "→" in page
