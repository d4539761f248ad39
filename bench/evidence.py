"""`python -m bench.evidence`: how many single flipped bits in locked evidence are found, and what locking it costs."""

import json
import random
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

_MEBIBYTE: Final = 1_048_576


def measure(
    *,
    flips: Annotated[int, typer.Option(min=1, help="Single bits, each flipped in the whole piece.")] = 100,
    size_mb: Annotated[float, typer.Option(min=0.01, help="Of what is locked, in MiB.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed flips the same bits.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Exit 0: every flipped bit is found on reading, by the nightly check, and by unlocking; 1: one is not."""
    with tempfile.TemporaryDirectory(prefix="haetae-bench-") as folder:
        report = _flipped(Path(folder), flips=flips, size_bytes=int(size_mb * _MEBIBYTE), seed=seed)
    if as_json:
        typer.echo(json.dumps(report))
    else:
        Console().print_json(data=report)
    raise typer.Exit(0 if report["ok"] else 1)


def _flipped(folder: Path, *, flips: int, size_bytes: int, seed: int) -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415 - configured for this run alone

    if not settings.configured:
        settings.configure(EVIDENCE=folder)
    from haetae.agencies.investigation.evidence.keeping import boxes, store  # noqa: PLC0415

    chance = random.Random(seed)  # noqa: S311 - which bit is flipped is no secret
    identity = boxes.new_identity()
    began_s = time.perf_counter()
    locked = boxes.lock(chance.randbytes(size_bytes), recipients=[boxes.public_half(identity)])
    locking_s = time.perf_counter() - began_s
    digest = store.keep(locked)
    path = next(folder.rglob("*.age"))
    found = {"on_reading": 0, "at_night": 0, "on_unlocking": 0}
    for _ in range(flips):
        bit = chance.randrange(len(locked) * 8)
        spoilt = bytearray(locked)
        spoilt[bit // 8] ^= 1 << bit % 8
        path.write_bytes(spoilt)
        found["on_reading"] += _fails(lambda: store.read(digest), store.DamagedError)
        found["at_night"] += _fails(lambda: store.check(digest), store.DamagedError)
        content = bytes(spoilt)
        found["on_unlocking"] += _fails(
            lambda content=content: boxes.unlock(content, identity=identity), boxes.WrongKeyError
        )
    path.write_bytes(locked)
    began_s = time.perf_counter()
    store.check(digest)
    return {
        "flips": flips,
        "size_bytes": len(locked),
        "found": found,
        "locking_ms": round(locking_s * 1000, 2),
        "hashing_ms": round((time.perf_counter() - began_s) * 1000, 2),
        "ok": all(count == flips for count in found.values()),
    }


def _fails(act: Any, error: type[Exception]) -> int:
    try:
        act()
    except error:
        return 1
    return 0


if __name__ == "__main__":
    typer.run(measure)
