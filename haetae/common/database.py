"""What the application's role may do: everything but change the past. And what one process may hold alone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction
from psycopg import sql


def append_only_tables() -> list[str]:
    """Tables whose models say that they only ever grow."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))


def grant_application_role(role: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Run as the owner, after migrations: read and write everywhere, but only add to tables that only grow.

    The role must exist; on a server of your own, make it first (docs/running.md).
    """
    name = sql.Identifier(role)
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(name),
        *(
            sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), name)
            for table in append_only_tables()
        ),
        sql.SQL("REVOKE ALL ON django_migrations FROM {}").format(name),
        sql.SQL("GRANT SELECT ON django_migrations TO {}").format(name),
    ]
    # All at once: in between, the role could change what only grows.
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def held_alone(name: UUID) -> Iterator[bool]:
    """Whether nobody else holds this name just now; where nobody does, it is ours until the block is left.

    It goes with our connection, however we end: no clock is asked, and nobody waits for one who was killed. It is no
    transaction, so that what takes long may be done meanwhile.
    """
    number = (name.int & (2**64 - 1)) - 2**63
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        is_free = bool(cursor.fetchone()[0])
    try:
        yield is_free
    finally:
        if is_free:
            # A connection that broke has given it back already.
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
