"""Whether a process may be given work: the database answers, its tables are those of this code, and the keys are there.

A process that is alive and not ready is left alone and gets nothing to do; it is never ended for that.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from haetae.common.keys import KeysUnavailableError, ServedKeys

# Whoever asks whether we are ready will ask again; it does not wait as somebody who reports does.
_KEYS_WITHIN_S: Final = 0.2


class Missing(StrEnum):
    """What a stranger may be told: one word, no version and no name."""

    NOTHING = "ready"
    DRAINING = "draining"
    DATABASE = "the database does not answer"
    TABLES = "the tables are not those of this code"
    KEYS = "the keys are not there"


_tables_seen: list[bool] = []  # tables that were once up to date stay so for as long as this process lives


def missing() -> Missing:
    """The first thing that keeps this process from being given work; NOTHING when it is ready."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _tables_seen:
            if not_applied():
                return Missing.TABLES
            _tables_seen.append(True)
    except Error:
        return Missing.DATABASE
    return Missing.NOTHING if _keys_are_there() else Missing.KEYS


def not_applied() -> Sequence[str]:
    """Migrations that this code knows and this database has not seen, in order. Raises django.db.Error.

    Those that the database has and this code does not know do no harm: see docs/decisions/0071.
    """
    loader = MigrationLoader(connection)
    executor = MigrationExecutor(connection)
    executor.loader = loader
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _keys_are_there() -> bool:
    keys = settings.KEYS
    if not isinstance(keys, ServedKeys):
        return True
    try:
        return _asked(str(settings.ENVIRONMENT.HAETAE_KEY_SERVICE)).is_ready()
    except KeysUnavailableError:
        return False


@cache
def _asked(path: str) -> ServedKeys:
    return ServedKeys(path=Path(path).resolve(), patience_s=_KEYS_WITHIN_S)
