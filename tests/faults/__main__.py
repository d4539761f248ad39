"""`python -m tests.faults [F4 F9 ...]`: breaks what can break, and counts what is left of every promise.

Plays the scenarios of tests/faults/scenarios, each in an installation of its own that is thrown away, and prints one
table. Without numbers all fifteen are played, and one that is missing is a failure. Exit 1 unless every promise held.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import found
from tests.faults.playing import Played, played
from tests.faults.say import say
from tests.faults.telling import table

_MISSING = "Nobody plays it: there is no module of this number."


def main() -> int:
    told = _arguments()
    names = found.scenarios()
    numbers = set(told.numbers) or set(found.NUMBERS)
    seed = told.seed if told.seed is not None else random.SystemRandom().randrange(1_000_000)
    began_s = time.monotonic()
    say(f"{'full' if told.full else 'short'} form, --seed {seed}")
    with tempfile.TemporaryDirectory(prefix="haetae-faults-", ignore_cleanup_errors=True) as folder:
        # Whoever the database runs as must get through to its own folder.
        Path(folder).chmod(0o755)
        results = _all(numbers, names, folder=Path(folder), full=told.full, seed=seed, at_once=told.at_once)
    took_s = time.monotonic() - began_s
    say(f"\n{table(results)}\n\n{took_s:.0f} s in all; --seed {seed}")
    held = all(result.held for result in results)
    if told.json:
        told.json.write_text(_as_json(results, full=told.full, seed=seed, took_s=took_s, held=held))
    return 0 if held else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tests.faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "numbers", nargs="*", type=found.number_in, metavar="F4", help="all, if none is named"
    )
    parser.add_argument("--full", action="store_true", help="1,000 cases and 20 kills each; about an hour")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table there as one object, too")
    parser.add_argument("--seed", type=int, help="the pauses and choices of an earlier run")
    parser.add_argument(
        "--at-once", type=int, choices=range(1, 9), help="side by side; 2, in the full form 1"
    )
    told = parser.parse_args()
    told.at_once = told.at_once or (1 if told.full else min(2, os.cpu_count() or 1))
    return told


def _all(
    numbers: set[int], names: dict[int, str], *, folder: Path, full: bool, seed: int, at_once: int
) -> list[Played]:
    """By number; those that nobody plays among them."""

    def play(together: Sequence[int]) -> list[Played]:
        own = folder / f"f{together[0]:02d}"
        return played(together, names, folder=own, full=full, seed=seed)

    with ThreadPoolExecutor(at_once) as stages:
        results = [one for many in stages.map(play, found.plays(numbers & set(names))) for one in many]
    missing = [
        Played(number=number, name="", says="", counts={}, broken=[_MISSING], took_s=0.0)
        for number in numbers - set(names)
    ]
    return sorted([*results, *missing], key=lambda one: one.number)


def _as_json(results: Sequence[Played], *, full: bool, seed: int, took_s: float, held: bool) -> str:
    scenarios = [{**vars(one), "held": one.held} for one in results]
    told = {
        "form": "full" if full else "short",
        "seed": seed,
        "took_s": round(took_s),
        "held": held,
        "scenarios": scenarios,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
