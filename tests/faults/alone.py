"""`python -m tests.faults.alone NAME...`: the process in which scenarios are played. For `python -m tests.faults`.

After each it adds a line of JSON to the file `results` in its folder, so that what was said is kept if it dies later.
"""

import argparse
import importlib
import json
import random
import sys
import time
import traceback
from contextlib import ExitStack
from pathlib import Path

from tests.faults.say import say
from tests.faults.scenario import Outcome, Stage

RESULTS = "results"


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.faults.alone", description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--seed", type=int, required=True)
    told = parser.parse_args()
    with ExitStack() as stays:
        for name in told.names:
            stage = Stage(
                folder=told.folder,
                full=told.full,
                chance=random.Random(f"{told.seed} {name}"),
                stays=stays,
            )
            _write(told.folder / RESULTS, name, *_played(name, stage))
    return 0


def _played(name: str, stage: Stage) -> tuple[str, Outcome, float]:
    """What it says it does, what came of it, and how many seconds it took."""
    began_s, says = time.monotonic(), name
    try:
        scenario = importlib.import_module(f"tests.faults.scenarios.{name}")
        says = scenario.SAYS
        outcome = scenario.play(stage)
    except Exception as fault:
        say(traceback.format_exc())
        words = f"It did not come to its end: {type(fault).__name__}: {fault}"
        outcome = Outcome(counts={}, broken=[words])
    return says, outcome, time.monotonic() - began_s


def _write(results: Path, name: str, says: str, outcome: Outcome, took_s: float) -> None:
    line = {
        "name": name,
        "says": says,
        "counts": dict(outcome.counts),
        "broken": list(outcome.broken),
        "took_s": round(took_s, 1),
    }
    with results.open("a") as file:
        file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    sys.exit(main())
