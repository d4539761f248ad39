"""Run by the interpreter of .venv-peers: the same questions to the indexes that others use.

Arguments: a folder with known.npy and asked.npy (N x 4 and Q x 4 words), the index, and how many to ask. Prints
JSON: seconds to build, questions a second of processor time, and a digest of what was found.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

os.environ["OMP_NUM_THREADS"] = "1"

import faiss
import numpy as np

REACH_BITS = 31
Pair = tuple[int, int, int]


def flat(known: Any) -> Callable[[Any, int], Iterable[Pair]]:
    """IndexBinaryFlat: everything is looked at."""
    index = faiss.IndexBinaryFlat(256)
    index.add(known)
    return lambda asked, number: _pairs(index.range_search(asked, REACH_BITS + 1), number)


def multihash(known: Any) -> Callable[[Any, int], Iterable[Pair]]:
    """IndexBinaryMultiHash, 16 tables of 16 bits, one bit off: complete for 31 bits."""
    index = faiss.IndexBinaryMultiHash(256, 16, 16)
    index.nflip = 1
    index.add(known)
    return lambda asked, number: _pairs(index.range_search(asked, REACH_BITS + 1), number)


def pdqindex(known: Any) -> Callable[[Any, int], Iterable[Pair]]:
    """threatexchange's PDQIndex, what HMA asks."""
    from threatexchange.signal_type.pdq.signal import PdqSignal  # noqa: PLC0415 - loaded only for this

    index = PdqSignal.get_index_cls()([(row.tobytes().hex(), number) for number, row in enumerate(known)])

    def ask(asked: Any, number: int) -> Iterable[Pair]:
        for match in index.query(asked[0].tobytes().hex()):
            yield number, int(match.metadata), int(match.similarity_info.distance)

    return ask


def _pairs(found: Any, number: int) -> Iterable[Pair]:
    _, distances, rows = found
    return ((number, int(row), int(far)) for row, far in zip(rows, distances, strict=True))


def main() -> None:
    folder, name, many = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    faiss.omp_set_num_threads(1)
    known = np.load(folder / "known.npy").view(np.uint8).reshape(-1, 32)
    asked = np.load(folder / "asked.npy").view(np.uint8).reshape(-1, 32)[:many]
    began_s = time.process_time()
    ask = {"flat": flat, "multihash": multihash, "pdqindex": pdqindex}[name](known)
    build_s = time.process_time() - began_s
    list(ask(asked[:1], 0))
    found: list[Pair] = []
    began_s = time.process_time()
    for number in range(len(asked)):
        found += ask(asked[number : number + 1], number)
    spent_s = time.process_time() - began_s
    told = json.dumps(sorted(found)).encode()
    answer = {
        "build_cpu_s": round(build_s, 2),
        "questions_a_second": round(len(asked) / spent_s, 1),
        "asked": len(asked),
        "found": hashlib.sha256(told).hexdigest(),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
