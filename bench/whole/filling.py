"""A database with so many places that the newest month is under way and two years before it are over."""

import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from bench.whole import copying
from haetae.running.installation import DATABASE, Installation

OFFICIAL: Final = "reviewer-kim"
_UNDER_WAY_OF: Final = 10
_MONTH: Final = timedelta(days=30)
_BEFORE: Final = timedelta(days=700)
_AT_MOST_A_COPY: Final = 5_000
_OPERATORS: Final = 40
_UNSEALED: Final = 50


@dataclass(frozen=True)
class Filled:
    sightings: int
    took_s: float
    bytes_: int
    rows: dict[str, int]


def fill(here: Installation, sightings: int) -> Filled:
    """Needs Django to be ready and an empty database on the embedded server. `sightings`: 1000, or ten times it, ..."""
    from bench.many import SHARES  # noqa: PLC0415 - Django is ready now
    from bench.whole import base  # noqa: PLC0415

    assert here.server, "this fills the server of its own folder alone"
    began_s = time.monotonic()
    operators = _people()
    under_way = sightings // _UNDER_WAY_OF
    parts = {
        "young": (under_way, SHARES, _MONTH, timedelta(0)),
        "old": (sightings - under_way, base.SETTLED, _BEFORE, _MONTH),
    }
    laid: dict[str, tuple[copying.Part, int, timedelta, timedelta]] = {}
    with copying.superuser(here.server.socket_folder, DATABASE) as owner:
        for name, (number, shares, span, before) in parts.items():
            copies = -(-number // _AT_MOST_A_COPY)
            apart = span / copies
            base.make(number // copies, operators=operators, shares=shares, days=apart / timedelta(days=1))
            laid[name] = copying.lay_aside(owner, name), copies, apart, before
        tables = {table: 0 for part, *_ in laid.values() for table in part.tables}
        indexes = copying.without_indexes(owner, tables)
        for name in ("old", "young"):
            part, copies, apart, before = laid[name]
            copying.copy(owner, part, copies=copies, apart=apart, before=before)
        copying.again(owner, indexes)
        copying.finish(owner, [part for part, *_ in laid.values()], unsealed=_UNSEALED)
        owner.execute("VACUUM (ANALYZE)")
        owner.execute("CHECKPOINT")
    return measured(here, took_s=time.monotonic() - began_s)


def measured(here: Installation, *, took_s: float = 0.0) -> Filled:
    """What stands in it."""
    from haetae.flow.arrival.queries import count  # noqa: PLC0415

    assert here.server
    with copying.superuser(here.server.socket_folder, DATABASE) as owner:
        rows = owner.execute(
            "SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r' AND reltuples > 0"
            " AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC, 1"
        ).fetchall()
        size = owner.execute("SELECT pg_database_size(current_database())").fetchone()
    assert size
    return Filled(sightings=count(), took_s=round(took_s, 1), bytes_=int(size[0]), rows=dict(rows))


def _people() -> list[Any]:
    """Forty operators and nobody; an official who holds every role of agencies, so that every page opens."""
    from haetae.accounts.actions import register_operator, seat_official  # noqa: PLC0415
    from haetae.accounts.agencies import home_of  # noqa: PLC0415
    from haetae.accounts.permissions import AT_AN_OPERATOR, Role  # noqa: PLC0415
    from haetae.audit.actor import SYSTEM  # noqa: PLC0415

    for role in sorted(set(Role) - AT_AN_OPERATOR):
        seat_official(
            username=OFFICIAL, role=role, agency=home_of(role), since=date(2026, 1, 1), actor=SYSTEM
        )
    return [
        *(
            register_operator(
                name=f"Board {number:02}",
                connector="sandbox",
                origin=f"https://board-{number}.example",
                actor=SYSTEM,
            )
            for number in range(_OPERATORS)
        ),
        None,
    ]
