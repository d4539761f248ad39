"""`python -m bench.whole.soak --minutes 70`: real processes at a low steady load; is their memory flat?

Every few seconds a known picture is published and goes its whole way, somebody reports, an official reads a page, a
platform asks before it publishes. Each minute the memory of every process is written down; the first ten warm up.
Exit 1 where one grows, with all its interval, faster than `GROWS_AT_MOST` MiB an hour, or was started again.
"""

import argparse
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import psutil

from bench import pictures, processor
from bench.scratch import process_ids, whole_in_scratch
from bench.whole.memory import memory_of, slope

GROWS_AT_MOST: Final = 4.0
_WARM_MIN: Final = 10
_SIGNED_IN = re.compile(r"(?:__Secure-|__Host-)?sessionid[^=]*=[^;]+|[a-z_-]*session[a-z_-]*=[^;]+")
_READ: Final = ("/console/", "/console/rows/", "/console/reviews/", "/console/tasks/", "/console/health/")
_OPEN: Final = ("/", "/link/", "/healthz")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=int, default=70, help="at least 5")
    asked.add_argument("--pause", type=float, default=6.0, help="seconds between two pictures")
    asked.add_argument("--out", type=Path, help="where each minute is written as it comes, a JSON line each")
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    os.nice(10)  # whoever else works here goes first; every process that is started from now on inherits it
    known = pictures.known_picture()
    count = int(options.minutes * 60 / options.pause) + 2
    copies = pictures.copies(known, count=min(count, 40), seed=1)
    with whole_in_scratch() as (whole, here):
        from bench.bank import known_in_bank  # noqa: PLC0415

        known_in_bank(known)
        load = Load(whole, copies)
        minutes = []
        before_s = processor.used_s(process_ids(whole, here))
        for minute in range(options.minutes):
            load.for_one_minute(pause_s=options.pause)
            row = {name: asdict(memory_of(pid)) for name, pid in process_ids(whole, here).items()}
            minutes.append(row)
            _write(options.out, {"minute": minute + 1, "memory": row, "done": dict(load.done)})
        used_s = processor.used_s(process_ids(whole, here))
        report = {
            "machine": processor.machine(),
            "minutes": options.minutes,
            "done": dict(load.done),
            "restarts": whole.supervisor.restarts(),
            "cores_busy": {
                name: round((s - before_s.get(name, 0.0)) / (60 * options.minutes), 3)
                for name, s in used_s.items()
            },
            "mib": summed(minutes),
        }
    report["grows"] = [name for name, one in report["mib"].items() if one["grows"]]
    _write(options.out, report)
    print(json.dumps(report, indent=None if options.json else 2))
    raise SystemExit(1 if report["grows"] or sum(report["restarts"].values()) else 0)


def summed(minutes: list[dict[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """For each process what it had after warming up and at the end, and MiB an hour with its interval."""
    warm = minutes[min(_WARM_MIN, len(minutes) // 4) :]
    found = {}
    for name in warm[0]:
        facts: dict[str, Any] = {}
        for kind in ("rss", "pss", "own"):
            points = [(minute / 60, row[name][kind]) for minute, row in enumerate(warm) if name in row]
            steep = slope(points)
            facts[kind] = {
                "warm": points[0][1],
                "at_the_end": points[-1][1],
                "most": max(size for _, size in points),
                "an_hour": round(steep.median, 2),
                "between": [round(steep.low, 2), round(steep.high, 2)],
                "largest_step": round(max(after - before for (_, before), (_, after) in pairwise(points)), 2),
            }
        facts["grows"] = facts["own"]["between"][0] > GROWS_AT_MOST
        found[name] = facts
    return found


class Load:
    """Each of its methods asks for one thing, and says what came of it."""

    def __init__(self, whole: Any, copies: list[bytes]) -> None:
        from bench.bank import upload_check_token  # noqa: PLC0415 - Django is ready now
        from tests.faults.visitor import Visitor  # noqa: PLC0415

        self.done: Counter[str] = Counter()
        self._whole, self._copies = whole, copies
        self._visitor = Visitor(web_origin=whole.web_origin)
        self._token = upload_check_token(whole.platform_origin)
        self._cookie = _signed_in(whole.web_origin)
        self._chance = random.Random(1)  # noqa: S311 - repeatable on purpose
        self._number = 0

    def for_one_minute(self, *, pause_s: float) -> None:
        end_s = time.monotonic() + 60
        while time.monotonic() < end_s:
            doing: list[Callable[[], str]] = [self.post_picture, self.read_as_official, self.open_page]
            if self._number % 3 == 0:
                doing += [self.report, self.ask_before_publishing]
            self.ask(doing)
            time.sleep(max(0.0, min(pause_s, end_s - time.monotonic())))

    def ask(self, doing: Iterable[Callable[[], str]]) -> None:
        """For each of these things once. The load goes on, and what went wrong is counted."""
        for one in doing:
            try:
                self.done[one()] += 1
            except Exception as trouble:
                self.done[f"trouble: {one.__name__} {type(trouble).__name__}"] += 1
        self._number += 1

    def post_picture(self) -> str:
        from bench.series import post  # noqa: PLC0415
        from tests.faults.load import with_bytes_of_its_own  # noqa: PLC0415

        picture = with_bytes_of_its_own(self._copies[self._number % len(self._copies)])
        post(picture, origin=self._whole.platform_origin)
        return "pictures published"

    def report(self) -> str:
        form = self._visitor.open_form()
        assert form
        link = f"{self._whole.platform_origin}/p/{self._chance.getrandbits(64):016x}"
        answer = self._visitor.send(form, link=link)
        return "reports taken" if self._visitor.receipt(answer) else f"reports answered {answer.status}"

    def read_as_official(self) -> str:
        return self._page(_READ[self._number % len(_READ)], "read by an official", Cookie=self._cookie)

    def open_page(self) -> str:
        return self._page(_OPEN[self._number % len(_OPEN)], "pages opened")

    def ask_before_publishing(self) -> str:
        from tests.faults.visitor import call  # noqa: PLC0415

        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "image/jpeg",
            "X-Post-Id": f"soak-{self._number}",
        }
        body = self._copies[self._number % len(self._copies)]
        answer = call("POST", f"{self._whole.web_origin}/api/upload-check", body=body, headers=headers)
        return f"upload checks answered {answer.status}"

    def _page(self, path: str, what: str, **headers: str) -> str:
        from tests.faults.visitor import call  # noqa: PLC0415

        answer = call("GET", self._whole.web_origin + path, headers=headers)
        return what if answer.status == 200 else f"{path} answered {answer.status}"


def _signed_in(origin: str) -> str:
    """The cookie of an official who has signed in with a link that works once."""
    from haetae.running.demonstration import sign_in_path  # noqa: PLC0415
    from tests.faults.visitor import call  # noqa: PLC0415

    path = sign_in_path()
    page = call("GET", origin + path)
    cookies = [line.split(";")[0] for line in page.headers.get("set-cookie", "").split("\n") if line]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body.decode())
    body = f"csrfmiddlewaretoken={token[1]}".encode() if token else b""
    headers = {
        "Cookie": "; ".join(cookies),
        "Origin": origin,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    came = call("POST", origin + path, body=body, headers=headers)
    cookies += [line.split(";")[0] for line in came.headers.get("set-cookie", "").split("\n") if line]
    return "; ".join(cookies)


def _write(out: Path | None, facts: dict[str, Any]) -> None:
    if out is not None:
        with out.open("a") as kept:
            kept.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    try:
        main()
    except psutil.NoSuchProcess as ended:
        sys.exit(f"A process ended while it was measured: {ended}")
