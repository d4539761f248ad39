"""New columns of old rows are filled by migrations while everything goes on."""

from collections.abc import Callable
from typing import Any, Final

from django.db import connection

_AT_A_TIME: Final = 2_000
_BEFORE_ALL: Final = "00000000-0000-0000-0000-000000000000"


def filling(statement: str) -> Callable[[Any, Any], None]:
    """For RunPython in a migration that is not atomic: a few thousand rows at a time, each time for itself.

    Nobody who writes there waits for long, and done twice it is done once. `statement` takes the id after which it
    begins and how many rows it may fill, and gives the last id of those, or no row when there is nothing more.
    """

    def fill(_apps: Any, _schema_editor: Any) -> None:
        last: tuple[Any, ...] | None = (_BEFORE_ALL,)
        while last is not None:
            with connection.cursor() as cursor:
                cursor.execute(statement, [last[0], _AT_A_TIME])
                last = cursor.fetchone()

    return fill
