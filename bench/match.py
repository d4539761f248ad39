"""`python -m bench.match`: exact matching, beside looking at everything and beside the indexes that others use."""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Annotated, Any, Final

import numpy as np
import typer
from rich.console import Console

from bench import processor
from bench.peers.ask import MISSING, PYTHON
from haetae.detect.matching import Tier
from haetae.detect.matching.columns import Columns, Flag
from haetae.detect.matching.index.shuffle import Words
from haetae.detect.matching.index.table import Found, Table
from haetae.detect.matching.known import REACH_BITS
from haetae.detect.matching.segment import Segment

DISTANCES: Final = (*range(32), 32, 36)  # 32 and 36 must never be found
AT_LEAST: Final = {1_000_000: 12_000, 10_000_000: 5_000}  # questions a second and core
MEMORY_AT_MOST: Final = 1.5e9  # bytes, at ten million
OWN_MEMORY_AT_MOST: Final = 50e6  # bytes that a process which looks does not share, whatever the number
FLOOD_AT_MOST_MS: Final = 5.0
_BATCH, _FLOOD_ASKED = 2_000, 50
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
    began_s, wall_s = time.process_time(), time.monotonic()
    table = Table.of(known)
    built = {"cpu_s": round(time.process_time() - began_s, 2), "wall_s": round(time.monotonic() - wall_s, 2)}
    figures: dict[str, Any] = {
        "build": built,
        "bytes": sum(array.nbytes for array in (table.hashes, table.names, table.offsets, table.rows)),
        "pieces": len(table.layout.widths) if table.layout else 0,
        **_checked(table, known, planted),
        **_mapped(known, strangers, random=random),
        "flood": _flood(known, strangers, random=random),
    }
    if PYTHON.exists():
        figures["peers"] = _peers(known, np.concatenate([planted, strangers]), table=table, ours=figures)
    return figures


def _mapped(known: Words, asked: Words, *, random: np.random.Generator) -> dict[str, Any]:
    """A whole part on disk, and a process of its own that maps it and asks: nothing of ours here counts with it."""
    with tempfile.TemporaryDirectory() as folder:
        began_s, wall_s = time.process_time(), time.monotonic()
        Segment.of(_columns(known, random=random)).save(Path(folder) / "part", facts={})
        prepared = {
            "cpu_s": round(time.process_time() - began_s, 2),
            "wall_s": round(time.monotonic() - wall_s, 2),
        }
        np.save(Path(folder) / "asked.npy", asked)
        bytes_on_disk = sum(
            path.stat().st_size for path in (Path(folder) / "part").rglob("*") if path.is_file()
        )
        command = [sys.executable, "-m", "bench.mapped", f"{folder}/part", f"{folder}/asked.npy"]
        said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603 - ours
    return {"prepared": prepared, "bytes_on_disk": bytes_on_disk, **said}


def _columns(known: Words, *, random: np.random.Generator) -> Columns:
    """Every picture with all its hashes, on one list."""
    count = len(known)

    def drawn(words: int) -> Words:
        return random.integers(0, 2**64, (count, words), dtype=np.uint64)

    has = int(Flag.PDQ | Flag.DHASH | Flag.SHA256 | Flag.MD5)
    return Columns(
        entry_ids=drawn(2).view(np.uint8).reshape(count, 16),
        lists_by_row=np.zeros(count, dtype=np.uint16),
        tiers=np.full(count, Tier.COUNSELLOR_CHECKED, dtype=np.uint8),
        flags=np.full(count, has, dtype=np.uint8),
        reach_bits=np.full(count, REACH_BITS, dtype=np.uint8),
        at_ms=np.zeros(count, dtype=np.int32),
        pdq=known,
        dhash=drawn(4),
        sha256=drawn(4),
        md5=drawn(2),
        lists=("measured",),
    )


def _flood(known: Words, strangers: Words, *, random: np.random.Generator) -> dict[str, float]:
    """Up to a hundred thousand replaced by one hash, spread among all: ms of processor time a question (median)."""
    copies = min(100_000, len(known) // 20)
    flooded, target = known.copy(), strangers[:1]
    flooded[random.choice(len(known), copies, replace=False)] = target
    table = Table.of(flooded)
    asked = {
        "of_the_flood": np.repeat(target, _FLOOD_ASKED, axis=0),
        "of_others": strangers[1 : 1 + _FLOOD_ASKED],
    }
    figures: dict[str, float] = {"copies": copies}
    for name, words in asked.items():
        table.near(words)
        spent_s = []
        for place in range(_FLOOD_ASKED):
            began_s = time.process_time()
            table.near(words[place : place + 1])
            spent_s.append(time.process_time() - began_s)
        figures[f"{name}_ms"] = round(1000 * median(spent_s), 3)
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
    for way, rate in figures["questions_a_second"].items():
        if rate < AT_LEAST.get(count, 0):
            missed.append(f"{count}: fewer than {AT_LEAST[count]} questions a second ({way}: {rate})")
    if figures["flood"]["of_the_flood_ms"] > FLOOD_AT_MOST_MS:
        missed.append(f"{count}: a flood of one hash makes a question take more than {FLOOD_AT_MOST_MS} ms")
    if count == 10**7 and figures["bytes"] > MEMORY_AT_MOST:
        missed.append(f"{count}: more than {MEMORY_AT_MOST:.1e} bytes")
    own = figures["memory"]["own"] - figures["memory_before"]["own"]
    if own > OWN_MEMORY_AT_MOST:
        missed.append(f"{count}: {own} bytes of its own in each process that looks")
    return missed


if __name__ == "__main__":
    typer.run(measure)
