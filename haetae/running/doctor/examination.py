"""All parts together, on whatever stands."""

import os
from collections.abc import Iterator
from typing import Final

from haetae.common.keys import KeysUnavailableError
from haetae.running import installation
from haetae.running.doctor import database, machine
from haetae.running.doctor.checks import Check, Grade, wrong
from haetae.running.doctor.machine import not_looked_at
from haetae.settings.environment import Environment

# Without these nothing of the flow can be asked.
_STANDS_ON: Final = ("database", "rights")


def examined(told: Environment) -> Iterator[Check]:
    """One check after the other. Starts nothing: an embedded server that does not run stays as it is."""
    yield from machine.checks(told)
    with installation.joined() as here:
        url = here.database_url if here else ""
        found = list(database.checks(url))
        yield from found
        if here is None or any(check.grade is Grade.WRONG for check in found if check.code in _STANDS_ON):
            yield not_looked_at("flow", "the database does not answer, or its tables are not ours to read")
            return
        try:
            installation.django_ready(here)
        except (
            Exception
        ) as trouble:  # settings that refuse to start, and keys that are away while they are read
            yield _cannot_start(trouble)
            return
        from haetae.running.doctor import flow  # noqa: PLC0415 - after setup

        yield from flow.checks(url)


def _cannot_start(trouble: Exception) -> Check:
    if isinstance(trouble, KeysUnavailableError):
        return not_looked_at("flow", "the settings need a key, and the keys do not answer")
    place = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    return wrong("settings", f"{place} does not start: {trouble}", "Mend what it names.")
