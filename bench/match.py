"""`python -m bench.match`: exact matching, beside looking at everything and beside the indexes that others use."""

import hashlib
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import psutil
import typer
from rich.console import Console

from bench import processor
from bench.peers.ask import MISSING, PYTHON
from bench.timing import percentile
from haetae.detect.matching.index.shuffle import Words
from haetae.detect.matching.index.table import Found, Table

DISTANCES: Final = (*range(32), 32, 36)  # 32 and 36 must never be found
AT_LEAST: Final = {1_000_000: 12_000, 10_000_000: 5_000}  # questions a second and core
MEMORY_AT_MOST: Final = 1.5e9  # bytes, at ten million
_ONE_BY_ONE, _BATCH = 1_000, 2_000
_PEERS: Final = Path(__file__).parent / "peers" / "match.py"


def measure(
    *,
    size: Annotated[str, typer.Option(help="How many known hashes, one after the other.")] = "1e5,1e6,1e7",
    seed: Annotated[int, typer.Option(help="Decides every hash.")] = 1,
    quick: Annotated[bool, typer.Option("--quick", help="A hundred thousand alone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Time and check matching within 31 bits. Processor time of one thread.

    Exit 0: nothing is missed, nothing else is found, and the aims hold; 1: not so; 2: it could not start.
    """
    try:
        sizes = [100_000] if quick else [int(float(one)) for one in size.split(",")]
    except ValueError:
        raise typer.BadParameter(
            "numbers with commas between them, as 1e5,1e6", param_hint="--size"
        ) from None
    by_size = {count: _measured(count, seed=seed) for count in sizes}
    report: dict[str, Any] = {"machine": processor.machine(), "seed": seed, "by_size": by_size}
    report["peers"] = "faiss, threatexchange" if PYTHON.exists() else None
    report["missed"] = [words for count, figures in by_size.items() for words in _missed(count, figures)]
    report["ok"] = not report["missed"]
    if as_json:
        typer.echo(json.dumps(report))
    else:
        Console().print_json(data=report)
    if not PYTHON.exists():
        typer.echo(MISSING, err=True)
    raise typer.Exit(0 if report["ok"] else 1)


def _measured(count: int, *, seed: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    known = random.integers(0, 2**64, (count, 4), dtype=np.uint64)
    planted = _planted(known, random=random, each=10 if count < 10**7 else 2)
    strangers = random.integers(0, 2**64, (_BATCH, 4), dtype=np.uint64)
    before = psutil.Process().memory_info().rss
    began_s, wall_s = time.process_time(), time.monotonic()
    table = Table.of(known)
    built = {"cpu_s": round(time.process_time() - began_s, 2), "wall_s": round(time.monotonic() - wall_s, 2)}
    held = table.hashes.nbytes + table.offsets.nbytes + table.rows.nbytes
    figures: dict[str, Any] = {
        "build": built,
        "bytes": held,
        "grown_by_bytes": psutil.Process().memory_info().rss - before,
        "pieces": len(table.layout.widths) if table.layout else 0,
        **_checked(table, known, planted),
        **_timed(table, strangers),
    }
    if PYTHON.exists():
        figures["peers"] = _peers(known, np.concatenate([planted, strangers]), table=table, ours=figures)
    return figures


def _planted(known: Words, *, random: np.random.Generator, each: int) -> Words:
    """Hashes at every distance from one that is known."""
    asked = known[random.integers(0, len(known), each * len(DISTANCES))].copy()
    for place, row in enumerate(asked):
        for bit in random.choice(256, DISTANCES[place % len(DISTANCES)], replace=False):
            row[bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    return asked


def _checked(table: Table, known: Words, asked: Words) -> dict[str, Any]:
    """Against looking at everything: the same pairs, and what was planted within reach is all there."""
    everything = Table.of(known, scanned_most=len(known))
    ours, theirs = table.near(asked), everything.near(asked)
    within = [place for place in range(len(asked)) if DISTANCES[place % len(DISTANCES)] <= 31]
    answered = set(ours.queries.tolist())
    return {
        "asked": len(asked),
        "recall": sum(place in answered for place in within) / len(within),
        "same_as_everything": _pairs(ours) == _pairs(theirs),
    }


def _timed(table: Table, asked: Words) -> dict[str, Any]:
    table.near(asked[:100])
    began_s = time.process_time()
    compared = table.near(asked).compared
    batch_s = time.process_time() - began_s
    single_ms = []
    began_s = time.process_time()
    for place in range(_ONE_BY_ONE):
        one_s = time.perf_counter()
        table.near(asked[place : place + 1])
        single_ms.append(1000 * (time.perf_counter() - one_s))
    singles_s = time.process_time() - began_s
    return {
        "questions_a_second": {
            "batch": round(len(asked) / batch_s),
            "single": round(_ONE_BY_ONE / singles_s),
        },
        "single_wall_ms": {
            "p50": round(percentile(single_ms, 50), 4),
            "p99": round(percentile(single_ms, 99), 4),
        },
        "compared_a_question": round(compared / len(asked)),
    }


def _peers(known: Words, asked: Words, *, table: Table, ours: dict[str, Any]) -> dict[str, Any]:
    """The same questions, in their own process; few where they are slow."""
    many = {100_000: 300, 1_000_000: 200}.get(len(known), 30)
    names = ["flat", "multihash", *(["pdqindex"] if len(known) <= 1_000_000 else [])]
    expected = hashlib.sha256(json.dumps(sorted(_pairs(table.near(asked[:many])))).encode()).hexdigest()
    answers: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "known.npy", known)
        np.save(Path(folder) / "asked.npy", asked)
        for name in names:
            command = [str(PYTHON), "-I", str(_PEERS), folder, name, str(many)]
            said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603 - ours
            said["same_answers"] = said.pop("found") == expected
            said["ours_over_it"] = round(ours["questions_a_second"]["single"] / said["questions_a_second"], 1)
            answers[name] = said
    return answers


def _pairs(found: Found) -> list[tuple[int, int, int]]:
    rows = zip(found.queries.tolist(), found.rows.tolist(), found.distances_bits.tolist(), strict=True)
    return sorted(rows)


def _missed(count: int, figures: dict[str, Any]) -> list[str]:
    missed = []
    if figures["recall"] != 1.0 or not figures["same_as_everything"]:
        missed.append(f"{count}: not exactly what looking at everything finds")
    if figures["questions_a_second"]["batch"] < AT_LEAST.get(count, 0):
        missed.append(f"{count}: fewer than {AT_LEAST[count]} questions a second")
    if count == 10**7 and figures["bytes"] > MEMORY_AT_MOST:
        missed.append(f"{count}: more than {MEMORY_AT_MOST:.1e} bytes")
    return missed


if __name__ == "__main__":
    typer.run(measure)
