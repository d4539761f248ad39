"""An index that was being built while others write, and was given up, is built anew by the next try."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from haetae.common.ids import new_id
from tests.tables import make_database

# Of the last migration of its room, so that none that comes after it rests on it.
MIGRATION, NAME, TABLE = "0005_places_of_operators", "sighting_of_operator_by_day", "arrival_sighting"


def test_what_was_left_half_built_does_not_stop_the_next_try(tmp_path: Path) -> None:
    owner = make_database(f"half_index_{new_id().hex[:12]}")
    with psycopg.connect(owner, autocommit=True) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'arrival' AND name = %s", [MIGRATION])
        database.execute(f"DROP INDEX {NAME}")
        with psycopg.connect(owner) as writer:
            writer.execute(f"LOCK TABLE {TABLE} IN ROW EXCLUSIVE MODE")
            database.execute("SET lock_timeout = '200ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                database.execute(f"CREATE INDEX CONCURRENTLY {NAME} ON {TABLE} (source)")
        asked = "SELECT indisvalid FROM pg_index WHERE indexrelid = %s::regclass"
        assert database.execute(asked, [NAME]).fetchone() == (False,)
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "haetae.running.migrate"],
        env={**os.environ, "DATABASE_URL": owner, "HAETAE_HOME": str(tmp_path)},
        check=True,
    )
    with psycopg.connect(owner) as database:
        assert database.execute(asked, [NAME]).fetchone() == (True,)
