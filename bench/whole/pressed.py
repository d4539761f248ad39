"""`python -m bench.whole.pressed [--rounds 40] [--json]`: does the web process grow with what it is asked?

`bench.whole.soak` asks about a thousand things in an hour; here are ten thousand in some minutes, one after the other:
a hundred pages, a hundred upload checks and fifty reports in a round, and the memory of the process after each. The
first half of the rounds warms up. Exit 1 where the second half grows, with all its interval, faster than
`GROWS_AT_MOST` MiB a thousand requests, or where one is answered otherwise than it should be.
"""

import argparse
import json
import time
from dataclasses import asdict
from typing import Any, Final

from bench import pictures, processor
from bench.scratch import whole_in_scratch
from bench.whole.memory import memory_of, slope
from bench.whole.soak import Load

GROWS_AT_MOST: Final = 0.5
_PAGES, _CHECKS, _REPORTS = 100, 100, 50
_IN_A_ROUND: Final = _PAGES + _CHECKS + _REPORTS
_WELL: Final = frozenset(
    {"read by an official", "pages opened", "reports taken", "upload checks answered 200"}
)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=40, help="at least 8")
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    if options.rounds < 8:
        asked.error("--rounds takes 8 or more.")
    known = pictures.known_picture()
    copies = pictures.copies(known, count=40, seed=1)
    with whole_in_scratch() as (whole, _):
        from bench.bank import known_in_bank  # noqa: PLC0415 - Django is ready now

        known_in_bank(known)
        load = Load(whole, copies)
        own, began_s = list[float](), time.monotonic()
        for _ in range(options.rounds):
            _one_round(load)
            own.append(memory_of(whole.supervisor.process_id("web")).own)
    warm = own[options.rounds // 2 :]
    steep = slope([(number * _IN_A_ROUND / 1_000, size) for number, size in enumerate(warm)])
    report: dict[str, Any] = {
        "machine": processor.machine(),
        "asked": dict(load.done),
        "took_s": round(time.monotonic() - began_s),
        "own_mib": own,
        "second_half_mib_a_thousand": {name: round(size, 3) for name, size in asdict(steep).items()},
        "grows": steep.low > GROWS_AT_MOST,
        "went_wrong": sorted(set(load.done) - _WELL),
    }
    print(json.dumps(report, indent=None if options.json else 2))
    raise SystemExit(1 if report["grows"] or report["went_wrong"] else 0)


def _one_round(load: Load) -> None:
    for _ in range(_PAGES // 2):
        load.ask([load.read_as_official, load.open_page])
    for _ in range(_CHECKS):
        load.ask([load.ask_before_publishing])
    for _ in range(_REPORTS):
        load.ask([load.report])


if __name__ == "__main__":
    main()
