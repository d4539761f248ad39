"""`python -m tests.machines`: machines under load, of which one vanishes whole; then all books must agree.

MACHINES (2) of them; MACHINES_FORM=long adds watchers, matchers and lookers, a second worker each, and more load.
Plays in a folder of its own that is thrown away. Prints one JSON object as its last line.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.machines.network import can_be_made
from tests.machines.town import Machine, Town, built, until

_NEEDED = ("worker", "timekeeper", "sealer")
_MORE = ("watcher", "matcher", "looker")


def main() -> int:
    is_long = os.environ.get("MACHINES_FORM") == "long"
    count = int(os.environ.get("MACHINES", "3" if is_long else "2"))
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "haetae.settings.dev"
    began_s = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="haetae-machines-", ignore_cleanup_errors=True) as folder,
        built(Path(folder), machines=count) as town,
    ):
        found = _played(town, receipts=60 if is_long else 8, more=_MORE if is_long else ())
    found["took_s"] = round(time.monotonic() - began_s, 1)
    print(json.dumps(found), flush=True)
    return 0 if not found["broken"] else 1


def _played(town: Town, *, receipts: int, more: tuple[str, ...]) -> dict[str, Any]:
    from tests.machines.playing import examined, visited

    for machine in town.machines:
        machine.start_web()
        for name in (*_NEEDED, *more):
            machine.start(name, name)
    for machine in town.machines:
        until(machine.ready, what=f"the pages of {machine.home.name}")
    processes = sum(len(machine.processes) for machine in town.machines)
    *others, gone = town.machines
    with visited(town, seed=11, crowds=3 if more else 1) as visitors:
        visitors.until_more(receipts)
        gone.vanish()
        went_s = time.monotonic()
        visitors.until_more(receipts)
        served_again_s = time.monotonic() - went_s
    result = examined(visitors)
    broken = [f"{name}: {count}" for name, count in result.faults.counts().items() if count]
    broken += result.troubles + [
        f"{kind}: {n}" for kind, n in result.answers.items() if kind.startswith("une")
    ]
    broken += [words for machine in others for words in _ended(machine)]
    broken += _told_of_visitors(town, [sent.link for load in visitors.loads for sent in load.sent])
    return {
        "machines": len(town.machines),
        "own_networks": can_be_made(),
        "processes": processes,
        "receipts": result.receipts,
        "requests": result.requests,
        "deliveries": result.deliveries,
        "answers": dict(result.answers),
        **result.faults.counts(),
        "longest_silence_s": round(result.longest_silence_s, 1),
        "receipts_again_s": round(served_again_s, 1),
        "quiet_after_s": result.quiet_after_s and round(result.quiet_after_s, 1),
        "logs_verify": [_verifies(machine) for machine in others],
        "broken": broken,
    }


def _ended(machine: Machine) -> list[str]:
    return [
        f"{name} of {machine.home.name} ended by itself: {(machine.home / f'{name}.log').read_text()[-600:]}"
        for name, process in machine.processes.items()
        if process.poll() is not None
    ]


def _told_of_visitors(town: Town, links: list[str]) -> list[str]:
    """Where something stands that people reported: in the logs of the processes, or among the numbers."""
    from haetae.common import clock
    from haetae.running.metrics.numbers import page

    texts = {
        str(log.name): log.read_text() for machine in town.machines for log in machine.home.glob("*.log")
    }
    texts["numbers"] = page(now=clock.now())
    secrets = [link.rpartition("/")[2] for link in links]
    return [
        f"{name} holds what somebody reported"
        for name, text in texts.items()
        if any(s in text for s in secrets)
    ]


def _verifies(machine: Machine) -> bool:
    """Each machine holds its own copy of the signed heads against the database."""
    from django.conf import settings

    from haetae.audit.verify import verify_log
    from haetae.running.loops import HEADS

    report = verify_log(key=settings.KEYS.log_key.public_key(), outside=machine.home / HEADS)
    return not report.findings


if __name__ == "__main__":
    sys.exit(main())
