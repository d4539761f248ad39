"""`python -m bench.hook`: how long a platform waits for the answer whether a picture may be published."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bench import pictures, processor
from bench.asking import Asker, Reply
from bench.bound import lower_bounds_ms
from bench.photographs import Photograph, photographs
from bench.scratch import process_ids, whole_in_scratch
from bench.timing import difference, percentile
from haetae.running.errors import CannotStartError

AT_ONCE = (1, 2, 4)
_KNOWN = "coffee"
_WARM_UP = 8


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one number of askers side by side gave."""

    replies: Sequence[Reply]
    wall_s: float
    used_s: dict[str, float]
    others_s: float


def measure(
    *,
    answers: Annotated[
        int, typer.Option(min=20, help="How many questions with each number of askers.")
    ] = 200,
    seed: Annotated[int, typer.Option(help="Decides the photographs.")] = 1,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Ask the upload check with photographs of one megapixel, half of them known, and time each answer.

    Everything runs in a scratch folder that is thrown away. Exit 0: every answer was right; 1: one was not; 2: it
    could not start.
    """
    told = Console(stderr=True)
    try:
        report = _measured(answers, seed, told)
    except (CannotStartError, pictures.UnfitPictureError) as problem:
        told.print(str(problem))
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(report))
    else:
        _print(report, Console())
    raise typer.Exit(0 if report["ok"] else 1)


def _measured(answers: int, seed: int, told: Console) -> dict[str, Any]:
    told.print("making the photographs ...")
    known = pictures.known_picture(_KNOWN)
    made = photographs(known, _KNOWN, count=answers, seed=seed)
    told.print("measuring what a look costs by itself ...")
    bounds = lower_bounds_ms(known, made)
    told.print("starting the whole in a scratch folder ...")
    with whole_in_scratch() as (whole, here):
        # Only now, because these need Django to be ready.
        from bench.bank import known_in_bank, upload_check_token  # noqa: PLC0415

        known_in_bank(known)
        asker = Asker(origin=whole.web_origin, token=upload_check_token(whole.platform_origin))
        first = asker.ask(made[0])
        warm = asker.ask_all(made[:_WARM_UP], at_once=max(AT_ONCE))
        rounds = {}
        for at_once in AT_ONCE:
            told.print(f"{answers} questions, {at_once} at once ...")
            rounds[at_once] = _round(
                asker, made, at_once=at_once, used_s=lambda: processor.used_s(process_ids(whole, here))
            )
    return {
        "ok": not any(reply.wrong for reply in (first, *warm, *_all(rounds))),
        "what": "milliseconds from before the connection to the last byte of the answer",
        "machine": processor.machine(),
        "seed": seed,
        "kilobytes_each": round(sum(len(one.data) for one in made) / len(made) / 1000),
        "first_answer_after_the_start_ms": round(first.took_ms, 1),
        "lower_bound_ms": bounds,
        "at_once": {at_once: _figures(one) for at_once, one in rounds.items()},
    }


def _all(rounds: dict[int, Round]) -> list[Reply]:
    return [reply for one in rounds.values() for reply in one.replies]


def _round(
    asker: Asker, made: Sequence[Photograph], *, at_once: int, used_s: Callable[[], dict[str, float]]
) -> Round:
    before, busy_before_s = used_s(), processor.busy_s()
    began_s = time.monotonic()
    replies = asker.ask_all(made, at_once=at_once)
    wall_s = time.monotonic() - began_s
    used = difference(used_s(), before)
    others_s = max(0.0, processor.busy_s() - busy_before_s - sum(used.values()))
    return Round(replies=replies, wall_s=wall_s, used_s=used, others_s=others_s)


def _figures(one: Round) -> dict[str, Any]:
    times = [reply.took_ms for reply in one.replies]
    return {
        "answers": len(times),
        "wrong": sorted({reply.wrong for reply in one.replies if reply.wrong}),
        "ms": {f"p{percent}": round(percentile(times, percent), 1) for percent in (50, 95, 99)},
        "answers_per_s": round(len(times) / one.wall_s, 1),
        "processor_ms_per_answer": {
            name: round(1000 * seconds / len(times), 1) for name, seconds in one.used_s.items()
        },
        "cores_busy": round(sum(one.used_s.values()) / one.wall_s, 2),
        "cores_busy_with_others": round(one.others_s / one.wall_s, 2),
    }


def _print(report: dict[str, Any], console: Console) -> None:
    machine = report["machine"]
    console.print(f"\n{machine['cores']} cores, {machine['processor']}, Python {machine['python']}")
    console.print(f"photographs of one megapixel, {report['kilobytes_each']} kB each on average")
    for name, figures in report["lower_bound_ms"].items():
        console.print(f"{name}: p50 {figures['p50']} ms, p95 {figures['p95']} ms")
    console.print(f"first answer after the start: {report['first_answer_after_the_start_ms']} ms")
    table = Table("askers", "p50 ms", "p95 ms", "p99 ms", "answers/s", "cores busy", "with others")
    for at_once, figures in report["at_once"].items():
        shares = (figures["answers_per_s"], figures["cores_busy"], figures["cores_busy_with_others"])
        table.add_row(str(at_once), *(str(value) for value in (*figures["ms"].values(), *shares)))
        for wrong in figures["wrong"]:
            console.print(f"[red]wrong[/red] with {at_once} at once: {wrong}", soft_wrap=True)
    console.print(table)
    console.print(
        f"processor ms an answer, one asker: {report['at_once'][AT_ONCE[0]]['processor_ms_per_answer']}"
    )


if __name__ == "__main__":
    typer.run(measure)
