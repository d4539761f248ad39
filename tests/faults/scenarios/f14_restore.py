"""A backup under load, an hour's work after it, the database burns: what comes back, and what must not."""

import os
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests import tables
from tests.faults.restoring import Case, burn, haetae, new_key, reporters, tell, use_database, use_home
from tests.faults.scenario import Outcome, Stage
from tests.work import do_all_jobs

if TYPE_CHECKING:
    from tests.faults.remembering import RememberingOperator

SAYS: Final = "last night's backup, a day's work, the database burns, a restore into an empty one"
_CASES, _FULL_CASES = 12, 1_000


@dataclass(frozen=True)
class _Lost:
    """What was told to people, and what is left to hold a restore against."""

    told: list[Case]
    later: list[Case]
    withdrawn: list[Any]
    destroyed: list[Case]
    keys_before: dict[str, set[Any]]
    events: int


def play(stage: Stage) -> Outcome:
    cases = _FULL_CASES if stage.full else _CASES
    first, second, shelf = stage.folder / "first", stage.folder / "second", stage.folder / "shelf"
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"HAETAE_HOME": str(first), "DJANGO_SETTINGS_MODULE": "haetae.settings.dev"}
    tables.lay(first / "postgres")
    from haetae.running import installation

    with installation.opened() as here:
        installation.migrate(here)
        installation.django_ready(here)
        from tests.faults.remembering import RememberingOperator, spoken_with

        operator = RememberingOperator()
        with spoken_with(operator):
            lost = _live(operator, cases=cases, home=first, shelf=shelf)
        burnt_at = datetime.now(UTC)
        burn(here.server)
    second.mkdir()
    shutil.copytree(first / "keys", second / "keys")
    shutil.rmtree(first)
    # Getting Django ready has told this process where the first one was.
    for name in ("DATABASE_URL", "HAETAE_KEYS"):
        os.environ.pop(name, None)
    os.environ["HAETAE_HOME"] = str(second)
    began_s = time.monotonic()
    restored = haetae("restore", str(shelf), home=second, may_fail=True)
    took_s = time.monotonic() - began_s
    with installation.opened() as here:
        use_home(second)
        use_database(here.server)
        with spoken_with(operator):
            counts, broken = _live_on(operator, lost, home=second, burnt_at=burnt_at)
    if restored.returncode:
        broken.insert(
            0, f"haetae restore ended with {restored.returncode}: {restored.stdout}{restored.stderr}"
        )
    lines = {
        line.split(":")[0]: line.split(": ", 1)[1] for line in restored.stdout.splitlines() if ": " in line
    }
    return Outcome(counts={**counts, "RTO s": round(took_s, 1), "RPO": lines.get("RPO", "?")}, broken=broken)


def _live(operator: "RememberingOperator", *, cases: int, home: Path, shelf: Path) -> _Lost:
    """Before the backup, during it, and after it."""
    from haetae.agencies.support import queries
    from haetae.agencies.support.destroying.actions import destroy_case
    from haetae.agencies.support.models import CaseHash
    from haetae.agencies.support.steering.actions import settle, withdraw

    told = [tell(number) for number in range(cases)]
    _work()
    _seal(home)
    with reporters(begin=cases) as meanwhile:
        haetae("backup", str(shelf), home=home)
    in_backup = told
    later = [*meanwhile, *(tell(number) for number in range(10 * cases, 11 * cases))]
    _work()
    stopped, destroyed = in_backup[: cases // 3], in_backup[cases // 3 : 2 * cases // 3]
    withdrawn = []
    for case in stopped:
        opened = queries.case_of_receipt(case.receipt)
        assert opened is not None
        withdraw(opened=opened)
        settle(case_id=opened.case.pk)
        withdrawn += CaseHash.objects.filter(case=opened.case).values_list("known_id", flat=True)
    for case in destroyed:
        opened = queries.case_of_receipt(case.receipt)
        assert opened is not None
        destroy_case(opened=opened)
    _work()
    _seal(home)
    haetae("backup", "log", str(shelf), home=home)
    from haetae.audit.models import Event

    keys = {place: set(found) for place, found in operator.places.items()}
    return _Lost(
        told=in_backup,
        later=later,
        withdrawn=withdrawn,
        destroyed=destroyed,
        keys_before=keys,
        events=Event.objects.count(),
    )


def _live_on(
    operator: "RememberingOperator", lost: _Lost, *, home: Path, burnt_at: datetime
) -> tuple[dict[str, int | float | str], list[str]]:
    """The same people come again, everybody's link too: whoever lost a receipt reports once more."""
    from django.conf import settings

    from haetae.agencies.support import queries
    from haetae.audit.models import Event
    from haetae.audit.verify import verify_log
    from haetae.flow.arrival.actions import receive_report
    from haetae.hashbank.models import KnownPicture
    from haetae.running.loops import HEADS

    events = Event.objects.count()
    for case in [*lost.told, *lost.later]:
        receive_report(link=case.link, form_key=new_key())
    _work()
    _seal(home)
    gone = {case.receipt for case in lost.destroyed}
    opens = [case for case in lost.told if case.receipt not in gone and queries.case_of_receipt(case.receipt)]
    back = [case for case in lost.destroyed if queries.case_of_receipt(case.receipt)]
    without = [case for case in lost.later if queries.case_of_receipt(case.receipt) is None]
    known_again = KnownPicture.objects.filter(pk__in=lost.withdrawn, withdrawn_at=None).count()
    two_keys = [place for place, keys in operator.places.items() if len(keys) > 1]
    two_bodies = [key for key, digests in operator.asked.items() if len(digests) > 1]
    report = verify_log(key=settings.KEYS.log_key.public_key(), outside=home / HEADS)
    broken = [
        *(f"asked under two keys: {place}" for place in two_keys),
        *(f"one key, two bodies: {key}" for key in two_bodies),
        *(f"the log: {finding.words}" for finding in report.findings),
    ]
    kept = len(lost.told) - len(lost.destroyed)
    promises = {
        f"{kept - len(opens)} receipts from before the backup open nothing": len(opens) == kept,
        f"{len(back)} destroyed cases open again": not back,
        f"{known_again} withdrawn entries are matched again": known_again == 0 and bool(lost.withdrawn),
        "rows of the log are lost although they were copied": events >= lost.events,
        "the log does not say that it was restored": len(report.restores) == 1,
        "nothing was asked before, so nothing could be asked twice": bool(lost.keys_before),
    }
    broken += [words for words, holds in promises.items() if not holds]
    counts: dict[str, int | float | str] = {
        "receipts before the backup": len(lost.told),
        "destroyed after it": len(lost.destroyed),
        "withdrawn after it": len(lost.withdrawn),
        "receipts after it, lost": len(without),
        "places asked before": len(lost.keys_before),
        "places asked after": len(operator.places),
        "keys": len(operator.asked),
        "deliveries": operator.deliveries,
        "asked first": operator.status_questions,
        "rows of the log": report.sealed,
        "findings": len(report.findings),
    }
    return counts, broken


def _work() -> None:
    """Until nothing is due, in rounds that end."""
    while do_all_jobs():
        pass


def _seal(home: Path) -> None:
    from django.conf import settings

    from haetae.audit.sealer import Sealer
    from haetae.running.loops import HEADS

    sealer = Sealer(key=settings.KEYS.log_key, outside=home / HEADS)
    while sealer.seal():
        pass
