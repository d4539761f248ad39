"""The disk of the database and the home is full, then that of evidence, then that of the backups."""

import os
import time
from pathlib import Path
from typing import Any, Final

from tests import tables
from tests.faults.restoring import Case, haetae, tell
from tests.faults.scenario import Outcome, Stage
from tests.faults.small_disks import NoSmallDiskError, SmallDisk, small_disk

SAYS: Final = "the disk of database and home is full, that of evidence, that of the backups"
_BEFORE, _TRIES = 5, 40
_FULL_BEFORE, _FULL_TRIES = 200, 1_000
_BACK_WITHIN_S: Final = 60.0


def play(stage: Stage) -> Outcome:
    try:
        with (
            small_disk(stage.folder / "home", mib=220) as disk,
            small_disk(stage.folder / "evidence", mib=4) as store,
        ):
            return _play(stage, disk, store)
    except NoSmallDiskError as problem:
        return Outcome(
            counts={}, broken=[f"nothing was tried: no small disk can be mounted here ({problem})"]
        )


def _play(stage: Stage, disk: SmallDisk, store: SmallDisk) -> Outcome:
    home = disk.folder
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "HAETAE_HOME": str(home),
        "HAETAE_EVIDENCE": str(store.folder),
        "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
    }
    tables.lay(home / "postgres")
    from haetae.common.keys import make_missing_keys
    from haetae.running import installation

    counts: dict[str, int | float | str] = {}
    broken: list[str] = []
    make_missing_keys(home / "keys")  # long before any disk is full
    with installation.opened() as here:
        installation.migrate(here)
        installation.django_ready(here)
        from haetae.running.keeper import DatabaseKeeper

        assert here.server is not None
        with DatabaseKeeper(here.server) as keeper:
            broken += _full_database(stage, disk, home, counts)
            counts["database started again"] = keeper.restarts
        broken += _full_evidence(store, counts)
        broken += _full_shelf(stage, home, counts)
    return Outcome(counts=counts, broken=broken)


def _full_database(
    stage: Stage, disk: SmallDisk, home: Path, counts: dict[str, int | float | str]
) -> list[str]:
    told = [tell(number) for number in range(_FULL_BEFORE if stage.full else _BEFORE)]
    sealer = _sealed(home, None)
    disk.fill()
    refused, codes, sealing_failed = 0, set(), 0
    for number in range(_FULL_TRIES if stage.full else _TRIES):
        case, status = _try(1_000_000 + number)
        told += [case] if case else []
        refused += case is None
        codes |= {status} - {0}
        try:
            sealer.seal()
        except Exception:
            sealing_failed += 1
            _forget_connection()
            sealer = _sealed(home, None, at_once=False)
        disk.fill()
        if refused >= 5 and sealing_failed >= 2:
            break
    page = _page_says()
    disk.make_room()
    back_s = _until_taken_in(told)
    _sealed(home, None)
    lost, findings = _books(told, home)
    counts |= {
        "receipts": len(told),
        "refused while full": refused,
        "sealing failed while full": sealing_failed,
        "receipts lost": lost,
        "findings in the log": findings,
        "the form said": page,
        "taken in again after s": round(back_s, 1),
    }
    promises = {
        f"{lost} receipts open nothing": lost == 0,
        f"{findings} findings in the log": findings == 0,
        "the disk was never full for the database: nothing was tried": refused > 0,
        "the sealer never met the full disk: nothing was tried": sealing_failed > 0,
        f"while nothing could be written the form said: {page}": page in {"303", "503"},
        f"nothing was taken in within {_BACK_WITHIN_S:.0f} s after there was room": back_s < _BACK_WITHIN_S,
    }
    return [words for words, holds in promises.items() if not holds]


def _try(number: int) -> tuple[Case | None, int]:
    """Somebody reports; None where they were told that nothing is saved."""
    try:
        return tell(number), 0
    except Exception as problem:
        _forget_connection()
        return None, hash(type(problem))


def _page_says() -> str:
    """What a person reads who sends the form now: 303 where it was taken in."""
    from django.test import Client

    client = Client(headers={"accept-language": "en", "host": "localhost"}, raise_request_exception=False)
    try:
        form = client.get("/link/")
        if form.status_code != 200:
            return f"no form: {form.status_code}"
        fields = _hidden(form.content.decode())
        answer = client.post("/link/", {**fields, "links": "https://board.example/p/full"})
    finally:
        _forget_connection()
    said = answer.content.decode().lower()
    kept = "" if "could not save it" in said else ", and not that nothing is saved"
    return str(answer.status_code) if answer.status_code == 303 else f"{answer.status_code}{kept}"


def _hidden(page: str) -> dict[str, str]:
    import re

    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', page))


def _until_taken_in(told: list[Case]) -> float:
    began_s = time.monotonic()
    while time.monotonic() - began_s < _BACK_WITHIN_S:
        case, _ = _try(2_000_000)
        if case is not None:
            told.append(case)
            break
        time.sleep(0.2)
    return time.monotonic() - began_s


def _sealed(home: Path, sealer: Any, *, at_once: bool = True) -> Any:
    from django.conf import settings

    from haetae.audit.sealer import Sealer
    from haetae.running.loops import HEADS

    sealer = sealer or Sealer(key=settings.KEYS.log_key, outside=home / HEADS)
    while at_once and sealer.seal():
        pass
    return sealer


def _books(told: list[Case], home: Path) -> tuple[int, int]:
    """Receipts that open nothing, and what is wrong with the log."""
    from django.conf import settings

    from haetae.agencies.support import queries
    from haetae.audit.verify import verify_log
    from haetae.running.loops import HEADS

    lost = sum(queries.case_of_receipt(case.receipt) is None for case in told)
    report = verify_log(key=settings.KEYS.log_key.public_key(), outside=home / HEADS)
    return lost, len(report.findings)


def _forget_connection() -> None:
    from django.db import connection

    connection.close()


def _full_evidence(store: SmallDisk, counts: dict[str, int | float | str]) -> list[str]:
    """What cannot be kept is not said to be kept, and half of it does not lie there."""
    from haetae.agencies.investigation.evidence.keeping import store as keeping

    kept = keeping.keep(b"a page of patterns, locked")
    store.fill()
    refused = 0
    for number in range(3):
        try:
            keeping.keep(bytes(200_000) + bytes([number]))
        except OSError:
            refused += 1
    half = [path for path in store.folder.rglob("*") if path.is_file() and path.name != "filler"]
    store.make_room()
    again = keeping.keep(bytes(200_000))
    keeping.check(kept)
    keeping.check(again)
    counts |= {"evidence refused while full": refused, "files beside it": len(half) - 1}
    return [f"{refused} of 3 refused, {len(half) - 1} half files"] if (refused, len(half)) != (3, 1) else []


def _full_shelf(stage: Stage, home: Path, counts: dict[str, int | float | str]) -> list[str]:
    """A backup that does not fit is refused before it begins."""
    with small_disk(stage.folder / "shelf", mib=1) as shelf:
        done = haetae("backup", str(shelf.folder), home=home, may_fail=True)
        left = [path.name for path in shelf.folder.iterdir() if path.is_dir()]
    counts["backup without room"] = f"exit {done.returncode}"
    said = done.returncode == 2 and "MiB free" in done.stderr
    return (
        []
        if said and not left
        else [f"a backup without room: {done.returncode}, {left}, {done.stderr[-300:]}"]
    )
