"""The cache that all processes and machines have in common: CACHES of the settings.

The sign-in counts wrong codes there and remembers right ones, so that a code is worth something once on every machine.
What is kept is JSON: somebody who writes into the database does not thereby run anything here.
"""

import json
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_FOREVER_S: Final = 24 * 3600.0
_SET: Final = """
INSERT INTO limits_kept AS held (key, value, until)
VALUES (%(key)s, %(value)s::jsonb, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, until = EXCLUDED.until
"""
_ADD: Final = f"{_SET} WHERE held.until <= clock_timestamp() RETURNING 1"


class SharedCache(BaseCache):
    """A table of our own; nothing stays longer than a day."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        sql = "SELECT value::text FROM limits_kept WHERE key = %s AND until > clock_timestamp()"
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.make_and_validate_key(key, version=version)])
            found = cursor.fetchone()
        return default if found is None else json.loads(found[0])

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._write(_SET, key, value, timeout, version)

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Whether it was not there; of any number at once exactly one is told so."""
        return self._write(_ADD, key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM limits_kept WHERE key = %s", [self.make_and_validate_key(key, version=version)]
            )
            return bool(cursor.rowcount)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM limits_kept")

    def _write(self, sql: str, key: str, value: Any, timeout: float | None, version: int | None) -> bool:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        told: dict[str, str | float] = {
            "key": self.make_and_validate_key(key, version=version),
            "value": json.dumps(value),
            "seconds": _FOREVER_S if seconds is None else float(seconds),
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, told)
            return bool(cursor.rowcount)
