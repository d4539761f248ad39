"""`python -m bench.hostile [FOLDER]`: every hostile file that we can make, or every file of a corpus, through one pool.

A row for each kind: how many were opened, refused or ended their opener, and the most processor time and memory that
any of them took. Ends with 1 where an opener crossed its limit or died (being too slow is allowed), or where an honest
picture was not opened afterwards. Nothing is shown of any file.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from haetae.detect import Limits, OpenerPool, Undecodable, Why
from tests.detect.hostile_set import honest_files, hostile_files

LIMITS: Final = Limits(cpu_s=4, wall_s=20)
FLIPS: Final = 120
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(kw_only=True)
class Row:
    became: Counter[str] = field(default_factory=Counter)
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_bytes: int = 0


def main() -> int:
    files = _corpus(Path(sys.argv[1])) if len(sys.argv) > 1 else _made()
    rows: dict[str, Row] = {}
    wrong: list[str] = []
    began = time.monotonic()
    with OpenerPool(limits=LIMITS) as pool:
        honest = honest_files()
        for data in honest.values():
            pool.open(data)
        for kind, name, data in files:
            row = rows.setdefault(kind, Row())
            why = _tried(pool, data, row=row)
            if why in {Why.CRASHED, Why.NO_OPENER}:
                wrong.append(f"{name}: {why}")
        wrong += [f"{name} was not opened afterwards" for name in _unopened(pool, honest)]
    print(
        f"{'kind':28} {'files':>6} {'opened':>7} {'refused':>8} {'ended':>6} {'max CPU':>8} {'max s':>7} {'max RSS':>8}"
    )
    for kind, row in sorted(rows.items()):
        count, opened, ended = row.became.total(), row.became["opened"], row.became["ended"]
        figures = f"{row.cpu_s:7.2f}s {row.wall_s:6.2f}s {row.peak_bytes / 1_048_576:5.0f} MB"
        print(f"{kind:28} {count:6} {opened:7} {row.became['refused']:8} {ended:6} {figures}")
        if row.peak_bytes > LIMITS.memory_bytes:
            wrong.append(f"{kind}: {row.peak_bytes} bytes of memory")
    print(f"{sum(row.became.total() for row in rows.values())} files in {time.monotonic() - began:.0f} s")
    print("\n".join(wrong))
    return 1 if wrong else 0


def _tried(pool: OpenerPool, data: bytes, *, row: Row) -> Why | None:
    before, began = _cpu_s(pool), time.monotonic()
    why: Why | None = None
    try:
        pool.open(data)
    except Undecodable as refused:
        why = refused.why
    ended = why in {Why.CRASHED, Why.TOO_SLOW, Why.NO_OPENER}
    row.became["opened" if why is None else "ended" if ended else "refused"] += 1
    row.wall_s = max(row.wall_s, time.monotonic() - began)
    after = _cpu_s(pool)
    spent = [after[number] - before[number] for number in after if number in before]
    row.cpu_s = max([row.cpu_s, *spent])
    row.peak_bytes = max([row.peak_bytes, *map(_peak_bytes, pool.process_ids())])
    return why


def _unopened(pool: OpenerPool, honest: Mapping[str, bytes]) -> Iterator[str]:
    for name, data in honest.items():
        try:
            pool.open(data)
        except Undecodable:
            yield name


def _made() -> Iterator[tuple[str, str, bytes]]:
    for name, data in hostile_files().items():
        if "%" not in name and "flipped bits" not in name and "noise" not in name:
            yield f"{name.split()[0]}, made", name, data
    for kind, data in honest_files().items():
        for percent in range(1, 100):
            yield f"{kind}, cut off", f"{percent} % of a {kind}", data[: len(data) * percent // 100]
        for number in range(FLIPS):
            bent = bytearray(data)
            place = number * 7919 % (8 * min(len(bent), 2_000))
            bent[place // 8] ^= 1 << place % 8
            yield f"{kind}, one bit flipped", f"{kind}, bit {place}", bytes(bent)


def _corpus(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.suffix.lower() or "no ending", path.name, path.read_bytes()


def _cpu_s(pool: OpenerPool) -> dict[int, float]:
    spent = {}
    for number in pool.process_ids():
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        spent[number] = (int(fields[11]) + int(fields[12])) / _TICKS
    return spent


def _peak_bytes(number: int) -> int:
    return int(Path(f"/proc/{number}/status").read_text().split("VmHWM:")[1].split()[0]) * 1024


if __name__ == "__main__":
    sys.exit(main())
