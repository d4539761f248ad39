"""What the pages of the control room cost with many sightings: processor time and queries of each request.

`python -m bench.console --sightings 10000 --json`. A scratch database is filled with rows, no process runs.
"""

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from bench.processor import machine
from bench.scratch import database_in_scratch

_ADDRESSES = {
    "work page": "/console/",
    "rows, changed": "/console/rows/",
    "page 200": "/console/?page=200",
    "needs a person": "/console/rows/?people=1",
    "stage review": "/console/rows/?stage=review",
    "state verified": "/console/rows/?state=verified",
    "number": "/console/rows/?number=a1",
    "decisions": "/console/reviews/",
    "tasks": "/console/tasks/",
    "health": "/console/health/",
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sightings", type=int, default=10_000)
    asked.add_argument("--times", type=int, default=15)
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    with database_in_scratch() as here:
        figures = dict(_measured(here.home, count=options.sightings, times=options.times))
    _print({"sightings": options.sightings, "machine": machine(), "pages": figures}, as_json=options.json)


def _measured(home: Path, *, count: int, times: int) -> Iterator[tuple[str, dict[str, float]]]:
    browser = _filled(count)
    server = psutil.Process(int((home / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0]))
    for name, address in _ADDRESSES.items():
        runs = [_once(browser, address, server) for _ in range(times + 2)][
            2:
        ]  # the first ones open and compile
        yield name, {key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]}


def _once(browser: Any, address: str, server: psutil.Process) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    before, own, began = _used_s(server), time.process_time(), time.perf_counter()
    answer = browser.get(address)
    figures = {
        "wall_ms": 1_000 * (time.perf_counter() - began),
        "python_ms": 1_000 * (time.process_time() - own),
        "database_ms": 1_000 * (_used_s(server) - before),
    }
    assert answer.status_code == 200, (address, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    return {**figures, "queries": len(queries), "answer_kib": len(answer.content) / 1_024}


def _used_s(server: psutil.Process) -> float:
    """Of the database server and all its processes; the system counts in steps of 10 ms."""
    times = [process.cpu_times() for process in (server, *server.children())]
    return float(sum(one.user + one.system for one in times))


def _filled(count: int) -> Any:
    """A signed-in browser in front of `count` sightings at four operators and at nobody's."""
    from datetime import date  # noqa: PLC0415

    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from bench.many import fill  # noqa: PLC0415
    from haetae.accounts.actions import register_operator, seat_official  # noqa: PLC0415
    from haetae.accounts.permissions import Role  # noqa: PLC0415
    from haetae.audit.actor import SYSTEM  # noqa: PLC0415

    operators = [
        register_operator(
            name=f"Board {name}", connector="sandbox", origin=f"https://{name}.example", actor=SYSTEM
        )
        for name in ("alpha", "beta", "gamma", "delta")
    ]
    fill(count, operators=[*operators, None])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself after a while
    official = seat_official(
        username="reviewer-kim", role=Role.REVIEWER, agency="reviewer", since=date(2026, 1, 1), actor=SYSTEM
    )
    browser = Client(SERVER_NAME="localhost", headers={"accept-language": "ko"})
    browser.force_login(official)
    return browser


def _print(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
        return
    print(f"{figures['sightings']:,} sightings; median for each request")
    for name, page in figures["pages"].items():
        print(f"{name:<16}", "  ".join(f"{key} {value:>6}" for key, value in page.items()))


if __name__ == "__main__":
    main()
