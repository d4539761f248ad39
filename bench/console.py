"""What the pages of the control room cost with many sightings: processor time and queries of each request.

`python -m bench.console --sightings 100000 --json`. A scratch database is filled with rows, no process runs; with
`--home FOLDER` it is filled once, kept there and read again the next time. The reader holds every role of agencies, so
that every page opens. `first_ms` is what whoever asks first waits for, while sums are counted that others are then
given. Ends with 1 where a page's p95 by the clock is above the goal.
"""

import argparse
import json
import math
import statistics
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg

from bench.processor import machine
from bench.scratch import database_in_scratch, postmaster
from haetae.running.installation import Installation

_ADDRESSES = {
    "work page": "/console/",
    "rows, changed": "/console/rows/",
    "page 200": "/console/?page=200",
    "needs a person": "/console/rows/?people=1",
    "stage review": "/console/rows/?stage=review",
    "stage assessment": "/console/rows/?stage=assessment",
    "stage removal": "/console/rows/?stage=removal",
    "removal, for people": "/console/rows/?stage=removal&people=1",
    "refused, reported": "/console/rows/?state=refused&source=report",
    "of one operator": "/console/rows/?operator={operator}",
    "state verified": "/console/rows/?state=verified",
    "number": "/console/rows/?number=a1",
    "decisions": "/console/reviews/",
    "tasks": "/console/tasks/",
    "health": "/console/health/",
    "one sighting": "/console/sightings/{sighting}/",
    "one decision": "/console/reviews/{review}/",
    "one task": "/console/tasks/{task}/",
    "what waits how long": "/console/reviews/ageing/",
    "operators": "/console/operators/",
    "enforcement": "/console/enforcement/",
    "one operator": "/console/enforcement/{operator}/",
    "its evidence": "/console/enforcement/{operator}/?kind=overdue",
    "draft of an order": "/console/enforcement/{operator}/draft/?ground=overdue",
    "filings": "/console/enforcement/filings/",
    "filings of one": "/console/enforcement/{operator}/filings/",
    "designation": "/console/enforcement/{operator}/designation/",
    "sanctions": "/console/enforcement/sanctions/",
    "figures": "/console/figures/",
    "people": "/console/people/",
    "referrals": "/console/referrals/",
    "find": "/console/find/",
    "court": "/console/court/",
    "people who wait": "/console/cases/",
    "files of the police": "/console/investigations/",
    "lost links": "/console/lost/",
    "holds": "/console/holds/",
    "applications": "/console/applications/",
    "one official": "/console/people/{official}/",
    "new referral": "/console/referrals/new/",
    "new case": "/console/cases/new/",
}
GOAL_P95_MS = 200
_READER = "reviewer-kim"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sightings", type=int, default=10_000)
    asked.add_argument("--times", type=int, default=15)
    asked.add_argument(
        "--home", type=Path, help="keep the filled database in this folder, or use what it holds"
    )
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    with database_in_scratch(kept=options.home) as here:
        figures = dict(_measured(here, count=options.sightings, times=options.times))
    slow = [name for name, page in figures.items() if page["wall_p95_ms"] > GOAL_P95_MS]
    told = {"sightings": options.sightings, "machine": machine(), "pages": figures, "above_goal": slow}
    _print(told, as_json=options.json)
    raise SystemExit(1 if slow else 0)


def _measured(here: Installation, *, count: int, times: int) -> Iterator[tuple[str, dict[str, float]]]:
    from haetae.web.settled import settle  # noqa: PLC0415

    browser, server = _browser(here, count), psutil.Process(postmaster(here))
    known = _known()
    settle()  # as every process does that serves pages
    for name, template in _ADDRESSES.items():
        address = template.format(**known)
        first, _second, *runs = [_once(browser, address, server) for _ in range(times + 2)]
        median = {key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]}
        p95 = round(_p95([run["wall_ms"] for run in runs]), 1)
        yield name, {**median, "wall_p95_ms": p95, "first_ms": round(first["wall_ms"], 1)}


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
    used = 0.0
    for process in (server, *server.children()):
        with suppress(psutil.NoSuchProcess):  # one that ended just now
            times = process.cpu_times()
            used += times.user + times.system
    return used


def _browser(here: Installation, count: int) -> Any:
    """Signed in, in front of `count` sightings; they are made where there are none yet.

    Raises SystemExit where the folder holds another number of them.
    """
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from haetae.flow.arrival.queries import count as counted  # noqa: PLC0415

    if counted() == 0:
        _fill(here, count)
    if counted() != count:
        raise SystemExit(
            f"{here.home} holds {counted()} sightings and not {count}: say so, or take another folder."
        )
    browser = Client(SERVER_NAME="localhost", headers={"accept-language": "ko"})
    browser.force_login(get_user_model().objects.get(username=_READER))
    return browser


def _fill(here: Installation, count: int) -> None:
    """`count` sightings at four operators and at nobody's, and an official who may see all of them."""
    from datetime import date  # noqa: PLC0415

    from bench.many import fill  # noqa: PLC0415
    from haetae.accounts.actions import register_operator, seat_official  # noqa: PLC0415
    from haetae.accounts.agencies import home_of  # noqa: PLC0415
    from haetae.accounts.permissions import AT_AN_OPERATOR, Role  # noqa: PLC0415
    from haetae.audit.actor import SYSTEM  # noqa: PLC0415

    operators = [
        register_operator(
            name=f"Board {name}", connector="sandbox", origin=f"https://{name}.example", actor=SYSTEM
        )
        for name in ("alpha", "beta", "gamma", "delta")
    ]
    for role in sorted(set(Role) - AT_AN_OPERATOR):
        seat_official(username=_READER, role=role, agency=home_of(role), since=date(2026, 1, 1), actor=SYSTEM)
    fill(count, operators=[*operators, None])
    with psycopg.connect(here.owner_url, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")  # as the server does by itself after a while; only the owner may


def _known() -> dict[str, str]:
    """One of each, as somebody opens it from a list: the most urgent."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    from haetae.accounts.models import Operator  # noqa: PLC0415
    from haetae.flow.review.queries import undecided  # noqa: PLC0415
    from haetae.flow.tasks.queries import waiting  # noqa: PLC0415

    review, task, operator = undecided().first(), waiting().first(), Operator.objects.order_by("name").first()
    assert review, "the rows hold a review"
    assert task, "and a task"
    assert operator, "and an operator"
    return {
        "sighting": str(review.sighting_id),
        "review": str(review.pk),
        "task": str(task.pk),
        "operator": str(operator.pk),
        "official": str(get_user_model().objects.get(username=_READER).pk),
    }


def _p95(times: list[float]) -> float:
    """By nearest rank: of twenty the nineteenth."""
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def _print(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
        return
    print(f"{figures['sightings']:,} sightings; median for each request")
    for name, page in figures["pages"].items():
        print(f"{name:<16}", "  ".join(f"{key} {value:>6}" for key, value in page.items()))


if __name__ == "__main__":
    main()
