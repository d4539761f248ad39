"""`python -m bench.fresh`: how long until a change of the bank holds in every process that looks."""

import json
import multiprocessing
import os
import time
from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

import typer
from rich.console import Console

from bench import processor
from bench.scratch import database_in_scratch
from bench.timing import p50_p95

AT_MOST_S: Final = 1.0
_LOOKERS: Final = 2
_AGE_S: Final = 0.25  # how old what the service knows may be; a worker asks at every look


def measure(
    *,
    known: Annotated[
        int,
        typer.Option(min=1, help="How many hashes are known already; ten million take minutes to fill in."),
    ] = 1_000_000,
    changes: Annotated[int, typer.Option(min=2, help="How many are added, and withdrawn again.")] = 20,
    quick: Annotated[
        bool, typer.Option("--quick", help="Fifty thousand known hashes, five changes.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Add and withdraw hashes, and time until two processes that look see it, by the clock.

    Exit 0: each change held in both within a second; 1: one did not; 2: it could not start.
    """
    known, changes = (50_000, 5) if quick else (known, changes)
    with database_in_scratch():
        report = {"machine": processor.machine(), "known": known, **_measured(known, changes)}
    report["ok"] = report["slowest_s"] < AT_MOST_S
    if as_json:
        typer.echo(json.dumps(report))
    else:
        Console().print_json(data=report)
    raise typer.Exit(0 if report["ok"] else 1)


def _measured(known: int, changes: int) -> dict[str, Any]:
    from bench.many_hashes import fill  # noqa: PLC0415 - Django is ready now
    from haetae.hashbank import bases  # noqa: PLC0415

    filling_s = _timed(lambda: fill(known))
    preparing_s = _timed(lambda: bases.make(bases.folder()))
    context = multiprocessing.get_context("spawn")
    questions = [context.Queue() for _ in range(_LOOKERS)]
    answers = context.Queue()
    lookers = [context.Process(target=_look, args=(one, answers), daemon=True) for one in questions]
    for looker in lookers:
        looker.start()
    starts_s = [answers.get(timeout=600) for _ in lookers]
    added, withdrawn = _changes(changes, questions, answers)
    for one in questions:
        one.put(None)
    for looker in lookers:
        looker.join(timeout=10)
    return {
        "filled_in_s": round(filling_s, 1),
        "prepared_in_s": round(preparing_s, 1),
        "prepared_bytes": sum(
            path.stat().st_size for path in bases.folder().glob("0*-*/**/*") if path.is_file()
        ),
        "first_look_s": [round(one, 2) for one in starts_s],
        "added_s": p50_p95(added),
        "withdrawn_s": p50_p95(withdrawn),
        "slowest_s": round(max(added + withdrawn), 3),
    }


def _changes(changes: int, questions: list[Any], answers: Any) -> tuple[list[float], list[float]]:
    """Each time from just before the change is made until a process has seen it; both processes count."""
    from bench.many_hashes import drawn  # noqa: PLC0415 - Django is ready now
    from haetae.audit.actor import SYSTEM  # noqa: PLC0415
    from haetae.detect.matching import Tier  # noqa: PLC0415
    from haetae.hashbank import actions, rules  # noqa: PLC0415

    added, withdrawn = [], []
    for number in range(changes):
        pdq = drawn(10_000_000 + number)
        ids: list[UUID] = []

        def add(pdq: str = pdq, ids: list[UUID] = ids) -> None:
            entry = rules.NewEntry(pdq=pdq, dhash=pdq, tier=Tier.COUNSELLOR_CHECKED)
            ids.extend(actions.add_entries(list_name="fresh", entries=[entry], actor=SYSTEM))

        def withdraw(ids: list[UUID] = ids) -> None:
            actions.withdraw_known_picture(known_id=ids[0], actor=SYSTEM)

        added += _seen(questions, answers, pdq, there=True, change=add)
        withdrawn += _seen(questions, answers, pdq, there=False, change=withdraw)
    return added, withdrawn


def _seen(
    questions: list[Any], answers: Any, pdq: str, *, there: bool, change: Callable[[], object]
) -> list[float]:
    for one in questions:
        one.put((pdq, there))
    time.sleep(0.05)  # both are looking by now
    began_s = time.monotonic()
    change()
    return [answers.get(timeout=60) - began_s for _ in questions]


def _look(questions: Any, answers: Any) -> None:
    """A process of its own: looks again and again, as the scan service does, until it sees what it is told."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    import django  # noqa: PLC0415 - a process of its own

    django.setup()
    from haetae.detect import Fingerprints, PerceptualHash, Variant  # noqa: PLC0415
    from haetae.hashbank.current import CurrentBank  # noqa: PLC0415

    began_s, bank = time.monotonic(), CurrentBank()
    bank.get()
    answers.put(time.monotonic() - began_s)
    while (question := questions.get()) is not None:
        pdq, there = question
        asked = PerceptualHash(variant=Variant.WHOLE, pdq=pdq, pdq_quality=100, dhash=pdq)
        while (
            bool(bank.get(max_age_s=_AGE_S).match(Fingerprints(sha256="", perceptual=(asked,)))) is not there
        ):
            time.sleep(0.005)
        answers.put(time.monotonic())


def _timed(work: Callable[[], object]) -> float:
    began_s = time.monotonic()
    work()
    return time.monotonic() - began_s


if __name__ == "__main__":
    typer.run(measure)
