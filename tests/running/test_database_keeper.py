"""The embedded server is killed, and is there again under the same address, without anybody's hand."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from haetae.common import embedded_postgres
from haetae.running.keeper import DatabaseKeeper

BACK_WITHIN_S = 30.0


def address(server: embedded_postgres.Server) -> str:
    return server.url(database="postgres", role=embedded_postgres.OWNER_ROLE)


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def kill(server: embedded_postgres.Server) -> int:
    process_id = embedded_postgres.process_id(server.folder)
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)
    return process_id


def until_it_answers(url: str) -> float:
    began_s = time.monotonic()
    while not answers(url):
        assert time.monotonic() - began_s < BACK_WITHIN_S, "the database did not come back"
        time.sleep(0.1)
    return time.monotonic() - began_s


def test_a_killed_server_is_back_under_its_address_and_what_was_committed_is_there(
    server: embedded_postgres.Server,
) -> None:
    url = address(server)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE gone (n int)")
        connection.execute("CREATE DATABASE kept_after_the_kill")
    with DatabaseKeeper(server) as keeper:
        for times in (1, 2):
            killed = kill(server)
            time.sleep(0.05)
            until_it_answers(url)
            assert embedded_postgres.process_id(server.folder) != killed
            until_counted(keeper, times)
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = 'kept_after_the_kill'"
        ).fetchone()
    assert found == (1,)


def until_counted(keeper: DatabaseKeeper, times: int) -> None:
    """It answers a moment before the keeper has heard that it does."""
    deadline = time.monotonic() + BACK_WITHIN_S
    while keeper.restarts < times and time.monotonic() < deadline:
        time.sleep(0.05)
    assert keeper.restarts == times


@pytest.mark.parametrize("content", ["", "12", "{foreign}\n/elsewhere\n", "no number\n"])
def test_what_a_killed_server_left_behind_does_not_keep_it_from_starting(
    server: embedded_postgres.Server, content: str
) -> None:
    """A number that another program has by now, half a file, an empty one."""
    kill(server)
    wait_until_gone(server)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as foreign:
        (server.folder / "postmaster.pid").write_text(content.format(foreign=foreign.pid))
        assert not server.is_running()
        try:
            with DatabaseKeeper(server):
                until_it_answers(address(server))
        finally:
            foreign.kill()


def wait_until_gone(server: embedded_postgres.Server) -> None:
    deadline = time.monotonic() + BACK_WITHIN_S
    while server.is_running():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_server_that_runs_is_left_alone(server: embedded_postgres.Server) -> None:
    before = embedded_postgres.process_id(server.folder)
    server.start_again()
    with DatabaseKeeper(server) as keeper:
        time.sleep(0.5)
    assert (keeper.restarts, embedded_postgres.process_id(server.folder)) == (0, before)


def test_somebody_who_joins_does_not_stop_it_for_the_others(server: embedded_postgres.Server) -> None:
    guest = embedded_postgres.start(Path(server.folder), application_role="haetae_app")
    guest.stop()
    assert server.is_running()
    assert answers(address(server))
