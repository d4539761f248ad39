"""Forges the log in every way that is drawn, and counts what `haetae verify-log` finds.

`python -m bench.mutations --runs 5000 --json`. A scratch database holds a log with stamped heads; each forgery is made
with the rights of the owner, looked for, and undone. What nobody can find from the inside is counted apart. Ends with 1
where a forgery was not found that should have been.
"""

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import forging
from bench.processor import machine
from bench.scratch import database_in_scratch

if TYPE_CHECKING:
    from haetae.audit.report import Report
    from tests.audit.logs import Log

# How often each place is forged, in parts.
_PLACES = {
    "tables": 5,
    "all tables": 1,
    "export": 4,
    "part of an export": 1,
    "heads outside": 1,
    "stamps outside": 1,
}


@dataclass(kw_only=True)
class Counted:
    """`found` of `made`, by kind; `missed` are the seeds of what was not found; `without` counts what none can find."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    without: dict[str, Any] = field(default_factory=dict)

    def count(self, kind: str, seed: int, report: "Report | None") -> None:
        """None: refused as no export at all, which is finding it."""
        self.made[kind] += 1
        if report is None or not report.ok:
            self.found[kind] += 1
        else:
            self.missed.append(f"{kind} (seed {seed})")


class Trying:
    """A log, and one forgery after the other."""

    def __init__(self, log: "Log") -> None:
        from haetae.audit.heads import stamps_beside  # noqa: PLC0415 - Django is ready only now
        from haetae.audit.models import Event, Head, Leaf, Stamp  # noqa: PLC0415

        self.log = log
        self.rows = {
            "audit_event": list(Event.objects.values_list("pk", flat=True)),
            "audit_leaf": list(Leaf.objects.values_list("pk", flat=True)),
            "audit_head": list(Head.objects.values_list("pk", flat=True)),
            "audit_stamp": list(Stamp.objects.values_list("size", flat=True)),
        }
        sizes = sorted(self.rows["audit_head"])
        self.export, self.part = log.export(), log.export(first=sizes[len(sizes) // 2])
        self.files = {"heads outside": log.outside, "stamps outside": stamps_beside(log.outside)}
        self.counted = Counted()

    def once(self, seed: int) -> None:
        draw = random.Random(seed)  # noqa: S311 - nothing secret is drawn
        place = draw.choices(list(_PLACES), weights=list(_PLACES.values()))[0]
        if place == "tables":
            self._in_tables(seed, forging.of_tables(draw, self.rows))
        elif place == "all tables":
            self._in_tables(seed, forging.cut_back_inside(draw, self.rows["audit_head"]))
        elif place in self.files:
            self._outside(seed, draw, place)
        else:
            original = self.export if place == "export" else self.part
            kind, lines = forging.of_lines(draw, original)
            if lines != original:
                self.counted.count(f"{place}: {kind}", seed, self._of_export(lines))

    def _in_tables(self, seed: int, forgery: forging.Forgery) -> None:
        from django.db import connection, transaction  # noqa: PLC0415

        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE haetae_owner")
                touched = 0
                for statement in forgery.statements:
                    cursor.execute(statement)
                    touched += cursor.rowcount
            if touched:
                self.counted.count(forgery.kind, seed, self.log.verified())
            transaction.set_rollback(True)

    def _outside(self, seed: int, draw: random.Random, place: str) -> None:
        """The newest line may be missing: after a power cut it comes at the next start."""
        path = self.files[place]
        before = path.read_bytes()
        lines = before.splitlines(keepends=True)
        kind, forged = forging.of_lines(draw, lines)
        content = {line for line in forged if _is_line(line)}
        harmless = content >= set(lines[:-1]) and content <= set(lines)
        try:
            path.write_bytes(b"".join(forged))
            report = self.log.verified()
        finally:
            path.write_bytes(before)
        if harmless:
            key = f"{place}: order, repetition or the newest line alone"
            told = self.counted.without.setdefault(key, {"made": 0, "found": 0})
            told["made"] += 1
            told["found"] += not report.ok
        else:
            self.counted.count(f"{place}: {kind}", seed, report)

    def _of_export(self, lines: forging.Lines) -> "Report | None":
        from haetae.audit.exported import NotAnExportError, verify_export  # noqa: PLC0415
        from tests.audit.logs import KEY  # noqa: PLC0415

        try:
            return verify_export(lines, key=KEY.public_key(), roots=self.log.roots)
        except NotAnExportError:
            return None

    def try_what_nobody_finds(self) -> None:
        """The log and everything beside it cut back together, and an older export shown as the newest one."""
        from django.db import connection, transaction  # noqa: PLC0415

        from haetae.audit.exported import verify_export  # noqa: PLC0415
        from haetae.audit.heads import heads_in  # noqa: PLC0415
        from tests.audit.logs import KEY  # noqa: PLC0415

        older = self.export
        kept = list(heads_in(self.log.outside))
        before = {path: path.read_bytes() for path in self.files.values()}
        draw = random.Random(0)  # noqa: S311
        found = with_kept = 0
        for _ in range(20):
            size = draw.choice(sorted(self.rows["audit_head"])[1:-1])
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL ROLE haetae_owner")
                    for statement in forging.cut_back_inside(random.Random(0), [size, size + 1]).statements:  # noqa: S311
                        cursor.execute(statement)
                for path, content in before.items():
                    lines = content.splitlines(keepends=True)
                    stays = [
                        one for one in lines if json.loads(one)["size"] <= size - ("stamps" in path.name)
                    ]
                    path.write_bytes(b"".join(stays))
                found += not self.log.verified().ok
                older = self.log.export()
                transaction.set_rollback(True)
            for path, content in before.items():
                path.write_bytes(content)
            report = verify_export(older, key=KEY.public_key(), roots=self.log.roots, outside=kept)
            with_kept += not report.ok
        self.counted.without["cut back everywhere at once"] = {"made": 20, "found": found}
        self.counted.without["the same, by whoever keeps the heads elsewhere"] = {
            "made": 20,
            "found": with_kept,
        }


def _is_line(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def run(log: "Log", *, runs: int, seed: int) -> Counted:
    """So many forgeries of this log, from this seed on."""
    trying = Trying(log)
    for number in range(runs):
        trying.once(seed + number)
    trying.try_what_nobody_finds()
    return trying.counted


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=5_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    with database_in_scratch() as here, tempfile.TemporaryDirectory() as folder:
        from django.db import connection  # noqa: PLC0415 - Django is ready only now

        from haetae.settings.database import database_from_url  # noqa: PLC0415
        from tests.audit.logs import begun  # noqa: PLC0415
        from tests.stamping import make_authority  # noqa: PLC0415

        connection.settings_dict.update(database_from_url(here.owner_url))
        began_s = time.monotonic()
        log = begun(Path(folder), make_authority(Path(folder) / "authority"))
        counted = run(log, runs=options.runs, seed=options.seed)
        took_s = time.monotonic() - began_s
    made, found = counted.made.total(), counted.found.total()
    told = {
        "runs": options.runs,
        "made": made,
        "found": found,
        "missed": counted.missed,
        "by_kind": {kind: f"{counted.found[kind]} of {counted.made[kind]}" for kind in sorted(counted.made)},
        "apart": counted.without,
        "took_s": round(took_s, 1),
        "machine": machine(),
    }
    print(json.dumps(told) if options.json else json.dumps(told, indent=2, ensure_ascii=False))
    raise SystemExit(0 if made == found else 1)


if __name__ == "__main__":
    main()
