"""Everything that writes beats and tallies. They are no events: nobody did anything, and nothing follows from them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from haetae.common.tallies import Tallied
from haetae.running.beats.models import Beat
from haetae.running.kinds import Kind, State

_FORGOTTEN_AFTER: Final = timedelta(days=1)
_ADD = """
INSERT INTO beats_tally AS tally (name, labels, bucket, number) VALUES {rows}
ON CONFLICT (name, labels, bucket) DO UPDATE SET number = tally.number + EXCLUDED.number
"""


def beat(*, name: str, kind: Kind, machine: str, state: State, version: str, at: datetime) -> None:
    """This process lives. What was silent for a day is swept away."""
    told = {"kind": kind.value, "machine": machine, "state": state.value, "version": version, "at": at}
    Beat.objects.update_or_create(pk=name, defaults=told, create_defaults={**told, "began_at": at})
    Beat.objects.filter(at__lt=at - _FORGOTTEN_AFTER).delete()


def gone(*, name: str) -> None:
    """This process ends in order."""
    Beat.objects.filter(pk=name).delete()


def add(counted: Mapping[Tallied, float]) -> None:
    """Add what a process has counted since it last did. Several may at once: all take the rows in one order."""
    if not counted:
        return
    lines = sorted((key.name, key.labels, key.bucket, number) for key, number in counted.items())
    rows = ", ".join(["(%s, %s, %s, %s)"] * len(lines))
    with connection.cursor() as cursor:
        cursor.execute(_ADD.format(rows=rows), [value for line in lines for value in line])
