"""`python -m bench.whole [--sightings N ...] [--json]`: the whole with a thousand to a million places.

Each database is filled once (`--keep DIR` keeps it for the next time), served by a real web process, and every address
that a page answers is asked `--times` times in turn. Then every statement that the server was asked is explained: none
may read a whole table, or far more rows than it gives, but those named in `bench/whole/allowed.py`.
Exit 0: no page above 200 ms at p95, no statement without an index; 1: some are, and are named; 2: it could not start.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg

from bench.processor import machine
from bench.whole.memory import slope

_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ROUNDS_FOR_A_SLOPE = 4
_MORE = 900  # `bench.loop --home` leaves what it posts


def main() -> None:
    asked = argparse.ArgumentParser(
        prog="bench.whole", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--sightings", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked.add_argument("--times", type=int, default=20)
    asked.add_argument("--keep", type=Path, help="folder in which the filled databases stay")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--fill-only", action="store_true", help="make the databases and measure nothing")
    asked.add_argument("--without-plans", action="store_true", help="pages alone")
    asked.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if wrong := set(options.sightings) - set(_SIZES):
        raise SystemExit(f"--sightings takes {_SIZES}, and not {sorted(wrong)}.")
    if options.one:  # a process knows one database
        print(json.dumps(_one(options.one, options.sightings[0], options)))
        return
    with (
        nullcontext(options.keep)
        if options.keep
        else tempfile.TemporaryDirectory(prefix="haetae-whole-") as folder
    ):
        told = [_in_its_own(Path(folder) / f"of-{size}", size, sys.argv[1:]) for size in options.sightings]
    report = {"machine": machine(), "sizes": told}
    if options.json:
        print(json.dumps(report))
    else:
        _print(report)
    raise SystemExit(1 if any(one.get("above_goal") or one.get("without_index") for one in told) else 0)


def _in_its_own(home: Path, size: int, arguments: list[str]) -> dict[str, Any]:
    home.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.whole", *arguments, "--sightings", str(size), "--one", str(home)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own module
    if done.returncode:
        raise SystemExit(2)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _one(home: Path, size: int, options: argparse.Namespace) -> dict[str, Any]:
    from bench.scratch import database_in_scratch  # noqa: PLC0415

    with database_in_scratch(kept=home) as here:
        from bench.whole import filling  # noqa: PLC0415 - Django is ready now

        found = filling.measured(here)
        if found.sightings == 0:
            found = filling.fill(here, size)
        elif not size <= found.sightings <= size + _MORE:
            raise SystemExit(f"{home} holds {found.sightings} places and not {size}: take another folder.")
        report: dict[str, Any] = {"filled": asdict(found), "bytes_a_sighting": round(found.bytes_ / size)}
        if not options.fill_only:
            report |= _asked(here, times=options.times, plans=not options.without_plans)
        return report


def _asked(here: Any, *, times: int, plans: bool) -> dict[str, Any]:
    from bench.whole import pages, statements  # noqa: PLC0415
    from bench.whole.copying import superuser  # noqa: PLC0415
    from bench.whole.memory import memory_of  # noqa: PLC0415
    from bench.whole.serving import readers, served  # noqa: PLC0415
    from haetae.flow.removal.models import DeletionRequest  # noqa: PLC0415
    from haetae.running.installation import DATABASE  # noqa: PLC0415

    asked_for = DeletionRequest.objects.filter(state="sent", sighting__operator__isnull=False)
    operator = asked_for.select_related("sighting__operator").earliest("requested_at").sighting.operator
    known, log = pages.known_ids(operator), here.home / "postgres" / "log"
    with superuser(here.server.socket_folder, DATABASE) as owner:
        if plans:
            statements.start_logging(owner)
        try:
            after, began_s = log.stat().st_size, time.monotonic()
            with served(here) as (origin, supervisor):
                who = readers(origin, operator)
                found, others = pages.answering(who, known=known)
                pages.ask(found, who, times=2 if plans else 0)
                asked = statements.read(log, after=after) if plans else None
                if plans:
                    statements.stop_logging(owner)
                for page in found:
                    page.times_ms.clear()
                own: list[float] = []
                web = supervisor.process_id("web")
                pages.ask(found, who, times=times, after_each=lambda: own.append(memory_of(web).own))
                asked_s = time.monotonic() - began_s
            report = _of_pages(found, others) | {"asked_s": round(asked_s)} | _of_memory(own, len(found))
            if asked is not None:
                report |= _of_statements(owner, asked)
            return report
        finally:
            statements.stop_logging(owner)


def _of_pages(found: list[Any], others: dict[str, int]) -> dict[str, Any]:
    from bench.whole.pages import GOAL_P95_MS  # noqa: PLC0415

    figures = {page.path: page.figures() for page in found}
    slowest = dict(sorted(figures.items(), key=lambda one: -one[1]["p95_ms"]))
    return {
        "pages": slowest,
        "answered_otherwise": others,
        "above_goal": [path for path, one in slowest.items() if one["p95_ms"] > GOAL_P95_MS],
    }


def _of_memory(own: list[float], pages: int) -> dict[str, Any]:
    """MiB of the web process alone after the first round and the last, and how fast it grows with what it is asked."""
    if len(own) < _ROUNDS_FOR_A_SLOPE:
        return {}
    steep = slope([(number * pages / 1_000, size) for number, size in enumerate(own)])
    grows = {"median": steep.median, "between": [steep.low, steep.high]}
    return {
        "own_mib": {"first": own[0], "last": own[-1], "least": min(own), "most": max(own)},
        "mib_a_thousand_pages": grows,
    }


def _of_statements(owner: Any, asked: Any) -> dict[str, Any]:
    from bench.whole import statements  # noqa: PLC0415
    from bench.whole.allowed import MUCH, why_allowed  # noqa: PLC0415

    wasteful: list[dict[str, Any]] = []
    allowed: list[dict[str, Any]] = []
    unclear: list[dict[str, Any]] = []
    for one in sorted(asked.by_form.values(), key=lambda each: -each.total_ms):
        try:
            ways = statements.explain(owner, one, much=MUCH)
        except psycopg.Error as trouble:
            unclear.append({"form": one.form[:300], "why": str(trouble).splitlines()[0]})
            continue
        if ways:
            told = {
                "form": one.form[:600],
                "times": one.times,
                "most_ms": round(one.most_ms, 1),
                "total_ms": round(one.total_ms),
                "ways": [asdict(way) for way in ways],
            }
            reason = why_allowed(one.form)
            (allowed if reason else wasteful).append({**told, "reason": reason} if reason else told)
    return {
        "forms": len(asked.by_form),
        "without_index": wasteful,
        "allowed": allowed,
        "not_explained": unclear,
    }


def _print(report: dict[str, Any]) -> None:
    for size in report["sizes"]:
        filled = size["filled"]
        print(
            f"\n{filled['sightings']:,} places, {size['bytes_a_sighting']:,} bytes each, {filled['took_s']} s to fill"
        )
        for path, one in list(size.get("pages", {}).items())[:25]:
            print(f"  {one['p50_ms']:8.1f} {one['p95_ms']:8.1f} {one['first_ms']:9.1f}  {path}")
        print(f"  above the goal: {size.get('above_goal')}")
        if "own_mib" in size:
            print(
                f"  MiB of its own: {size['own_mib']}; for each thousand pages {size['mib_a_thousand_pages']}"
            )
        for one in size.get("without_index", []):
            print(f"  {one['times']} x {one['most_ms']} ms {one['form'][:160]}")
            for way in one["ways"]:
                print(f"      {way['node']} on {way['table']}: {way['read']:.0f} rows for {way['given']:.0f}")


if __name__ == "__main__":
    main()
