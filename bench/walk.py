"""Random walks through everything that can be tried at one place: does any illegal move succeed, is any clock lost?

`python -m bench.walk --runs 10000 --json`. Hypothesis draws the ways; a watcher reads the record and knows only the
procedure (tests/walk). Each process has a database of its own, in a folder that is thrown away. Ends with 1 where
something illegal came through or a clock was lost, and prints the shortest way to it and no figures.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from bench.processor import machine
from bench.scratch import database_in_scratch


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=10_000)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--part", type=int, default=-1, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.part >= 0:
        print(json.dumps(_part(runs=options.runs, seed=options.part)))
        return
    began = time.perf_counter()
    share = -(-options.runs // options.processes)
    command = [sys.executable, "-m", "bench.walk", "--runs", str(share), "--part"]
    parts = [
        subprocess.Popen(  # noqa: S603 - our own module
            [*command, str(number)], stdout=subprocess.PIPE, text=True, env=os.environ
        )
        for number in range(options.processes)
    ]
    told = [part.communicate()[0] for part in parts]
    if any(part.returncode for part in parts):
        raise SystemExit(1)
    _print(_summed([json.loads(one) for one in told], took=time.perf_counter() - began), options.json)


def _part(*, runs: int, seed: int) -> dict[str, Any]:
    with database_in_scratch():
        from hypothesis import HealthCheck, given, settings  # noqa: PLC0415
        from hypothesis import seed as seeded  # noqa: PLC0415

        from tests.walk.stage import everybody  # noqa: PLC0415
        from tests.walk.test_walk import TRIES  # noqa: PLC0415
        from tests.walk.walking import STARTS, a_stage  # noqa: PLC0415

        cast, counted, used = everybody(), {"runs": 0, "tries": 0}, time.process_time()
        taken: Counter[str] = Counter()
        refused: Counter[str] = Counter()
        for number, start in enumerate(STARTS):
            with a_stage(cast, start) as walked:

                @seeded(1_000 * seed + number)
                @settings(
                    max_examples=-(-runs // len(STARTS)),
                    deadline=None,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                )
                @given(tries=TRIES)
                def from_here(tries: list[tuple[int, int]]) -> None:
                    stage = walked(tries)
                    counted["runs"] += 1
                    counted["tries"] += len(tries)
                    taken.update(stage.watcher.taken)
                    refused.update(stage.refusals)

                from_here()
    return {**counted, "cpu_s": time.process_time() - used, "taken": taken, "refused": refused}


def _summed(parts: list[dict[str, Any]], *, took: float) -> dict[str, Any]:
    from tests.walk.procedure import ALL  # noqa: PLC0415

    taken: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for part in parts:
        taken.update(part["taken"])
        refused.update(part["refused"])
    arrows = {
        f"{room}: {before} → {after}"
        for room, table in ALL.items()
        for befores, after in table.values()
        for before in befores
    }
    runs = sum(part["runs"] for part in parts)
    return {
        "runs": runs,
        "tries": sum(part["tries"] for part in parts),
        "refused": refused.total(),
        "kinds_of_refusal": len(refused),
        "arrows": len(arrows),
        "arrows_gone": len(arrows & set(taken)),
        "arrows_never_gone": sorted(arrows - set(taken)),
        "cpu_s_a_run": round(sum(part["cpu_s"] for part in parts) / max(runs, 1), 3),
        "wall_s": round(took),
        "machine": machine(),
    }


def _print(figures: dict[str, Any], as_json: bool) -> None:  # noqa: FBT001
    if as_json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
        return
    print("\n".join(f"{name:<20} {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
