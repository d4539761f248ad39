"""Run as the owner of the tables (DATABASE_URL): migrations, then the application's rights.

While this goes on the installation works: what would have to wait for a lock gives up soon and is tried again, because
everybody else waits behind whoever waits for one. See docs/decisions/0071.
"""

import os
import sys
import time
from collections.abc import Callable
from typing import Final

import django
from django.db import OperationalError, connection

# A page may be held up for this long and no longer. Whoever holds the lock is gone by one of the next tries.
_LOCK_WITHIN: Final = "2s"
_TRIES: Final = 60
_PAUSE_S: Final = 1.0
# Two machines that are updated at once must not both migrate; any number that no other lock of ours has.
_ONLY_ONE: Final = 0x6861_6574

_HALF_WAY: Final = (
    "These tables are older than 0.1.0 and were not brought to its end. Run `haetae setup` of the last version before"
    " 0.1.0 once (commit 58e47ec9), then this one again. Nothing was changed."
)


def main() -> None:
    """Bring the tables up to date; safe to repeat, and to run twice at once.

    Ends with a sentence where they are between two versions.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    django.setup()
    from haetae.running.tables import are_half_way, build_less  # noqa: PLC0415 - after setup

    if are_half_way():
        sys.exit(_HALF_WAY)
    build_less()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONLY_ONE])
        cursor.execute(f"SET lock_timeout = '{_LOCK_WITHIN}'")
    until_locked(_migrate)
    until_locked(_grant)


def until_locked(step: Callable[[], None], *, pause_s: float = _PAUSE_S) -> None:
    """Again and again while somebody else holds a lock. Each migration is whole or not at all, so none is half done."""
    for left in reversed(range(_TRIES)):
        try:
            step()
        except OperationalError as busy:
            if not left or not _is_lock(busy):
                raise
            time.sleep(pause_s)
        else:
            return


def _is_lock(trouble: OperationalError) -> bool:
    """lock_not_available, or a deadlock that PostgreSQL ended."""
    return getattr(trouble.__cause__, "sqlstate", "") in {"55P03", "40P01"}


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    _drop_half_built_indexes()
    call_command("migrate", interactive=False, verbosity=0)


def _drop_half_built_indexes() -> None:
    """An index that is built beside those who write, and had to wait too long, stays behind and is of no use."""
    found = (
        "SELECT quote_ident(c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE NOT i.indisvalid AND c.relnamespace = 'public'::regnamespace"
    )
    with connection.cursor() as cursor:
        cursor.execute(found)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")


def _grant() -> None:
    from django.conf import settings  # noqa: PLC0415 - after setup

    from haetae.common.database import grant_application_role  # noqa: PLC0415 - after setup

    grant_application_role(settings.APPLICATION_ROLE)


if __name__ == "__main__":
    main()
