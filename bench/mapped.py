"""Run as a process of its own by bench.match: what a process that looks sees of a prepared part, and what it costs it.

Arguments: the folder of a part, and asked.npy (Q x 4 words). Prints JSON.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from bench.timing import percentile
from haetae.detect.matching.index.shuffle import Words
from haetae.detect.matching.known import REACH_BITS
from haetae.detect.matching.segment import Segment

_ROUNDS: Final = 5
_ONE_BY_ONE: Final = 1_000


def main() -> None:
    empty = _memory()
    began_s, wall_s = time.process_time(), time.monotonic()
    part = Segment.mapped(Path(sys.argv[1]))
    mapped = {"cpu_s": round(time.process_time() - began_s, 2), "wall_s": round(time.monotonic() - wall_s, 2)}
    asked = np.load(sys.argv[2])
    print(json.dumps({"mapping": mapped, **_timed(part, asked), "memory": _memory(), "memory_before": empty}))


def _timed(part: Segment, asked: Words) -> dict[str, Any]:
    """The median of several rounds, so that a moment of others does not make the figure."""
    compared = part.near(asked, reach_bits=REACH_BITS).compared
    batch, single, single_ms = [], [], []
    for _ in range(_ROUNDS):
        began_s = time.process_time()
        part.near(asked, reach_bits=REACH_BITS)
        batch.append(len(asked) / (time.process_time() - began_s))
        began_s = time.process_time()
        for place in range(_ONE_BY_ONE):
            one_s = time.perf_counter()
            part.near(asked[place : place + 1], reach_bits=REACH_BITS)
            single_ms.append(1000 * (time.perf_counter() - one_s))
        single.append(_ONE_BY_ONE / (time.process_time() - began_s))
    return {
        "questions_a_second": {"batch": round(median(batch)), "single": round(median(single))},
        "single_wall_ms": {f"p{percent}": round(percentile(single_ms, percent), 4) for percent in (50, 99)},
        "compared_a_question": round(compared / len(asked)),
    }


def _memory() -> dict[str, int]:
    """In bytes: at most, of its own, and of files that all processes share."""
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    names = {"peak": "VmHWM", "own": "RssAnon", "shared": "RssFile"}
    return {ours: 1024 * int(said[theirs].split()[0]) for ours, theirs in names.items()}


if __name__ == "__main__":
    main()
