"""The database, asked without Django: whether it answers, whose rights we have, its clock, and settings that matter."""

from collections.abc import Iterator
from typing import Any, Final

import psycopg

from haetae.common import clock
from haetae.running.doctor.checks import Check, ok, warning, wrong

_ANSWERS_WITHIN_S: Final = 5
_SKEW_S: Final = 1.0
_SKEW_MUCH_S: Final = 5.0
_MAY_ONLY_GROW: Final = "audit_event"
# What an acknowledged report rests on: the setting, and what it must not be.
_MUST_NOT_BE_OFF: Final = ("fsync", "synchronous_commit", "full_page_writes")

Connection = psycopg.Connection[tuple[Any, ...]]


def checks(url: str) -> Iterator[Check]:
    """`url` is that of the application; empty where the embedded server does not run."""
    if not url:
        way_out = "Start `haetae run`, or set DATABASE_URL."
        yield wrong("database", "The embedded database is not running.", way_out)
        return
    try:
        with psycopg.connect(url, connect_timeout=_ANSWERS_WITHIN_S, autocommit=True) as connection:
            connection.execute("SET statement_timeout = '5s'")
            yield from _asked(connection)
    except psycopg.Error as problem:
        # The first line alone, and no address: it may hold the password.
        said = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        way_out = "Bring PostgreSQL back: all else goes on by itself. Until then visitors read that nothing is saved."
        yield wrong("database", f"The database does not answer: {said.rstrip('.')}.", way_out)


def _asked(connection: Connection) -> Iterator[Check]:
    version = connection.info.server_version
    yield ok("database", f"PostgreSQL {version // 10_000}.{version % 10_000} answers.")
    yield _rights(connection)
    yield _clock(connection)
    yield _durable(connection)
    yield _standby(connection)


def _rights(connection: Connection) -> Check:
    found = connection.execute(
        "SELECT current_user, rolsuper, to_regclass('public.audit_event') IS NOT NULL FROM pg_roles"
        " WHERE rolname = current_user"
    ).fetchone()
    role, is_superuser, has_tables = found or ("nobody", False, False)
    if is_superuser:
        way_out = "Set DATABASE_URL to the application's role; see docs/running.md."
        return wrong("rights", f"The role {role} is a superuser: it could change the past.", way_out)
    if not has_tables:
        return wrong("rights", "There are no tables.", "Run `haetae setup` with DATABASE_OWNER_URL.")
    may = connection.execute(
        "SELECT has_table_privilege(%(table)s, 'INSERT'), has_table_privilege(%(table)s, 'UPDATE'),"
        " has_table_privilege(%(table)s, 'DELETE')",
        {"table": _MAY_ONLY_GROW},
    ).fetchone()
    if may == (True, False, False):
        return ok("rights", f"The role {role} adds to the record and cannot change it.")
    if may and not may[0]:
        return wrong(
            "rights", f"The role {role} may not write.", "Run `haetae setup` with DATABASE_OWNER_URL."
        )
    return wrong(
        "rights",
        f"The role {role} may change the record.",
        "Use the application's role, then `haetae setup`.",
    )


def _clock(connection: Connection) -> Check:
    before = clock.now()
    found = connection.execute("SELECT clock_timestamp()").fetchone()
    after = clock.now()
    assert found is not None
    # Between the two lies the moment of the answer; what is left is the difference of the clocks.
    early, late = (found[0] - after).total_seconds(), (found[0] - before).total_seconds()
    off_s = early if early > 0 else min(0.0, late)
    if abs(off_s) < _SKEW_S:
        return ok("clock", f"The clocks of this machine and of the database agree to {abs(off_s):.1f} s.")
    words = f"The clock of the database is {abs(off_s):.1f} s {'ahead of' if off_s > 0 else 'behind'} this machine's."
    grade = wrong if abs(off_s) >= _SKEW_MUCH_S else warning
    return grade(
        "clock", words, "Set both by the same time servers: due dates are kept by the machines' clocks."
    )


def _durable(connection: Connection) -> Check:
    rows = connection.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(_MUST_NOT_BE_OFF)]
    ).fetchall()
    off = sorted(name for name, setting in rows if setting == "off")
    if off:
        words = f"{', '.join(off)} is off: what was acknowledged can be lost when the machine stops suddenly."
        return wrong("durable", words, "Switch it on in postgresql.conf and reload.")
    return ok("durable", "What is acknowledged is on the disk: fsync and synchronous_commit are on.")


def _standby(connection: Connection) -> Check:
    found = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    if found and found[0]:
        way_out = "Point DATABASE_URL at the primary, or promote this one."
        return wrong("primary", "This database only follows another one and takes nothing in.", way_out)
    return ok("primary", "This database takes writes.")


def connections(url: str) -> tuple[int, int] | None:
    """How many connections the server gives to ordinary roles, and how many are taken; None without an answer."""
    try:
        with psycopg.connect(url, connect_timeout=_ANSWERS_WITHIN_S) as connection:
            found = connection.execute(
                "SELECT current_setting('max_connections')::int"
                " - current_setting('superuser_reserved_connections')::int,"
                " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"
            ).fetchone()
    except psycopg.Error:
        return None
    return (int(found[0]), int(found[1])) if found else None
