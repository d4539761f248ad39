"""Random ways through undercover operations: does anything lead around a gate?

`python -m bench.gates --runs 10000 --json`. Hypothesis draws the ways, and a watcher that knows only the law agrees
with every answer, or the run ends with 1 and the shortest way to it is printed (tests/gates). 10,000 ways go through
the pure rules in memory; `--database` says how many through the real actions in a database of their own.
"""

import argparse
import json
import time
from typing import Any

from bench.processor import machine
from bench.scratch import database_in_scratch


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=10_000)
    asked.add_argument("--database", type=int, default=0, help="runs through the real actions")
    asked.add_argument("--steps", type=int, default=30, help="tries in one run, at most")
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    with database_in_scratch():
        told: dict[str, Any] = {}
        if options.runs:
            told["in memory"] = _gone(options.runs, steps=options.steps, in_database=False)
        if options.database:
            told["in the database"] = _gone(options.database, steps=options.steps, in_database=True)
    told["machine"] = machine()
    if options.json:
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for name, figures in told.items():
        print(name, figures)


def _gone(runs: int, *, steps: int, in_database: bool) -> dict[str, Any]:
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 - Django is ready only now

    from tests.gates.machine import Gates  # noqa: PLC0415
    from tests.gates.test_gates import GatesOfTheDatabase, often  # noqa: PLC0415

    Gates.tries.clear()
    began = time.perf_counter()
    walked = GatesOfTheDatabase if in_database else Gates
    run_state_machine_as_test(walked, settings=often(runs, steps=steps, derandomize=False))
    tries = dict(sorted(Gates.tries.items()))
    gone = tries.pop("runs", 0)
    done = {name: count for name, count in tries.items() if name.endswith(": done")}
    return {
        "runs": gone,
        "tries": sum(tries.values()),
        "done": sum(done.values()),
        "refused": sum(tries.values()) - sum(done.values()),
        "by_code": tries,
        "wall_s": round(time.perf_counter() - began, 1),
    }


if __name__ == "__main__":
    main()
