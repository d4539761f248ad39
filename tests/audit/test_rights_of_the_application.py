"""The application cannot change the past: not by any statement, and not by becoming somebody else. Shown by trying.

The tests connect as the owner and put on the application's role, which could be put off again; here somebody really
connects as the application, as in production.
"""

from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

from haetae.common.database import append_only_tables
from haetae.common.embedded_postgres import OWNER_ROLE

pytestmark = pytest.mark.django_db
_KEYS = {
    model._meta.db_table: model._meta.pk.column
    for model in apps.get_models()
    if getattr(model, "append_only", False)
}
STATEMENTS = (
    "UPDATE {table} SET {key} = {key}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "TRUNCATE {table} CASCADE",
    "MERGE INTO {table} AS old USING {table} AS new ON old.{key} = new.{key} WHEN MATCHED THEN DELETE",
    "MERGE INTO {table} AS old USING {table} AS new ON old.{key} = new.{key} "
    "WHEN MATCHED THEN UPDATE SET {key} = new.{key}",
    "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
    "SELECT 1 FROM {table} FOR UPDATE",
    "DROP TABLE {table}",
    "ALTER TABLE {table} OWNER TO {role}",
    "ALTER TABLE {table} ADD COLUMN more text",
    "ALTER TABLE {table} DROP COLUMN {key}",
    "ALTER TABLE {table} RENAME TO away",
    "ALTER TABLE {table} SET SCHEMA pg_temp",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "CREATE RULE quiet AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE TRIGGER quiet BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION "
    "suppress_redundant_updates_trigger()",
    "CREATE POLICY quiet ON {table} USING (true)",
    "CREATE INDEX quiet ON {table} ({key})",
    "LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
    "COPY {table} TO PROGRAM 'true'",
)
BECOMING = (
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "GRANT {owner} TO {role}",
    "ALTER ROLE {role} SUPERUSER",
    "ALTER ROLE {owner} PASSWORD 'x'",
    "CREATE ROLE another IN ROLE {owner}",
    "REASSIGN OWNED BY {owner} TO {role}",
    "CREATE SCHEMA shadow",
    "CREATE TABLE public.audit_shadow (id int)",
    "CREATE FUNCTION public.become() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT'",
    "SET session_replication_role = replica",
    "SET allow_system_table_mods = on",
    "UPDATE pg_class SET relowner = 10",
    "COPY pg_class TO PROGRAM 'true'",
    "SELECT pg_read_file('/etc/hostname')",
    "ALTER DATABASE {database} OWNER TO {role}",
    "DO 'BEGIN EXECUTE ''SET ROLE {owner}''; END'",
)


@pytest.fixture
def application(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """A connection of the application's own, to the database of the tests."""
    told = connection.get_connection_params()
    wanted = {name: told[name] for name in ("host", "port", "password", "dbname") if told.get(name)}
    with psycopg.connect(**wanted, user=settings.APPLICATION_ROLE, autocommit=True) as own:
        assert own.execute("SELECT session_user, current_user").fetchone() == ("haetae_app", "haetae_app")
        yield own


def test_every_table_that_only_grows_is_tried() -> None:
    assert set(_KEYS) == set(append_only_tables())
    assert {"audit_event", "audit_leaf", "audit_head", "audit_stamp", "audit_logexport"} <= set(_KEYS)


@pytest.mark.parametrize("table", sorted(_KEYS))
def test_no_statement_of_the_application_changes_what_only_grows(
    application: psycopg.Connection, table: str
) -> None:
    for statement in STATEMENTS:
        refused(application, statement, table=table, key=_KEYS[table])
    # To give oneself a right that one may not give is no error to PostgreSQL: it gives nothing, and says so.
    granting = sql.SQL("GRANT UPDATE, DELETE, TRUNCATE, TRIGGER ON {} TO {}")
    application.execute(granting.format(sql.Identifier(table), sql.Identifier(settings.APPLICATION_ROLE)))
    rights = application.execute(
        "SELECT has_table_privilege(%(t)s, 'SELECT'), has_table_privilege(%(t)s, 'INSERT'), "
        "has_table_privilege(%(t)s, 'UPDATE'), has_table_privilege(%(t)s, 'DELETE'), "
        "has_table_privilege(%(t)s, 'TRUNCATE'), has_table_privilege(%(t)s, 'TRIGGER'), "
        "has_any_column_privilege(%(t)s, 'UPDATE')",
        {"t": table},
    ).fetchone()
    assert rights == (True, True, False, False, False, False, False)


def test_the_application_becomes_nobody_else(application: psycopg.Connection) -> None:
    for statement in BECOMING:
        refused(application, statement)


def test_nothing_lets_it_reach_them_by_another_hand(application: psycopg.Connection) -> None:
    """No function runs as its owner, no key deletes along, and nothing in the schema is the application's own."""
    for question in (
        "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace "
        "WHERE prosecdef AND nspname = 'public' AND has_function_privilege(pg_proc.oid, 'EXECUTE')",
        "SELECT conname FROM pg_constraint WHERE confdeltype IN ('c', 'n', 'd') "
        f"AND conrelid::regclass::text IN ({', '.join(repr(table) for table in append_only_tables())})",
        "SELECT relname FROM pg_class JOIN pg_roles r ON r.oid = relowner "
        "JOIN pg_namespace n ON n.oid = relnamespace WHERE rolname = current_user AND nspname = 'public'",
        "SELECT rolname FROM pg_roles WHERE rolname = current_user AND "
        "(rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)",
        "SELECT roleid FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member "
        "WHERE rolname = current_user",
    ):
        assert application.execute(question).fetchall() == [], question


def refused(application: psycopg.Connection, statement: str, **names: str) -> None:
    """Tried in a transaction that is taken back, so that a statement that succeeds leaves nothing."""
    told = {
        "role": settings.APPLICATION_ROLE,
        "owner": OWNER_ROLE,
        "database": connection.settings_dict["NAME"],
    } | names
    composed = sql.SQL(statement).format(**{name: sql.Identifier(value) for name, value in told.items()})
    try:
        with application.transaction(force_rollback=True):
            application.execute("SET LOCAL lock_timeout = '2s'")
            application.execute(composed)
    except psycopg.errors.InsufficientPrivilege:
        return
    except psycopg.Error as other:
        # Nothing was done either; but what PostgreSQL does not understand would show nothing.
        pytest.fail(f"{statement}: {other}")
    pytest.fail(f"the application could: {statement}")
