"""Tables that were made step by step before 0.1.0 are taken as they are; half-way ones are told what to do."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db.migrations.loader import MigrationLoader

from haetae.common.ids import new_id
from tests.tables import make_database


@pytest.fixture
def older() -> str:
    """A database as the last commit before 0.1.0 left it: the same tables, and its own list of what was done."""
    owner = make_database(f"older_{new_id().hex[:12]}")
    steps = MigrationLoader(None).disk_migrations.items()
    ours = {key: found.replaces for key, found in steps if key[1] == "0001_tables" and found.replaces}
    with psycopg.connect(owner) as database:
        for (app, name), steps in ours.items():
            database.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", [app, name])
            for step in steps:
                database.execute(
                    "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", step
                )
    return owner


def test_what_was_made_step_by_step_is_up_to_date(older: str, tmp_path: Path) -> None:
    before = _columns(older)
    done = _bring_up_to_date(older, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert _columns(older) == before
    with psycopg.connect(older) as database:
        asked = "SELECT count(*) FROM django_migrations WHERE app = 'removal' AND name = '0001_tables'"
        assert database.execute(asked).fetchone() == (1,)


def test_what_stopped_on_the_way_is_told_the_way_and_is_left_as_it_is(older: str, tmp_path: Path) -> None:
    with psycopg.connect(older) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'removal' AND name = '0005_found_at'")
    before = _columns(older)
    done = _bring_up_to_date(older, tmp_path)
    assert done.returncode != 0
    assert "Run `haetae setup` of the last version before 0.1.0" in done.stderr
    assert _columns(older) == before


def _bring_up_to_date(owner: str, home: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "haetae.running.migrate"],
        env={**os.environ, "DATABASE_URL": owner, "HAETAE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def _columns(owner: str) -> list[tuple[object, ...]]:
    asked = (
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY 1, 2"
    )
    with psycopg.connect(owner) as database:
        return database.execute(asked).fetchall()
