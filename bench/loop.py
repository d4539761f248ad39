"""`python -m bench.loop`: from upload to verified removal on the sandbox platform, and where the time goes."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from bench import pictures, processor
from bench.loop_report import print_report, series_as_json
from bench.scratch import process_ids, whole_in_scratch
from haetae.running.errors import CannotStartError
from haetae.running.installation import Installation

if TYPE_CHECKING:
    from haetae.running.whole import Whole

_IDLE_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be measured; the same plan posts the same bytes at the same moments."""

    pictures: int
    per_second: float
    seed: int
    home: Path | None = None


def measure(
    *,
    pictures_: Annotated[
        int, typer.Option("--pictures", min=20, help="How many in each of the two series.")
    ] = 200,
    per_second: Annotated[
        float, typer.Option("--rate", min=0.1, help="Pictures a second in the steady series.")
    ] = 2.0,
    seed: Annotated[int, typer.Option(help="Decides the copies and the moments of the uploads.")] = 1,
    home: Annotated[
        Path | None,
        typer.Option(help="A database that `bench.whole --keep` has filled; what is done here stays in it."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Make one picture known, post copies of it, and time each from its upload to the proof that it is gone.

    Two series of the same size: one at a steady rate, one as fast as the platform takes them. Everything runs in a
    scratch folder that is thrown away. Exit 0: every picture was verified; 1: one was not; 2: it could not start.
    """
    plan = Plan(pictures=pictures_, per_second=per_second, seed=seed, home=home)
    told = Console(stderr=True)
    try:
        report = _measured(plan, told)
    except (CannotStartError, pictures.UnfitPictureError) as problem:
        told.print(str(problem))
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(report))
    else:
        print_report(report, Console())
    raise typer.Exit(0 if report["ok"] else 1)


def _measured(plan: Plan, told: Console) -> dict[str, Any]:
    told.print("making the copies ...")
    known = pictures.known_picture()
    first, *rest = pictures.copies(known, count=1 + 2 * plan.pictures, seed=plan.seed)
    told.print("starting the whole in a scratch folder ...")
    with whole_in_scratch(kept=plan.home) as (whole, here):
        return _timed(plan, known, first, rest, whole, here, told)


def _timed(
    plan: Plan,
    known: pictures.Known,
    first: bytes,
    rest: list[bytes],
    whole: "Whole",
    here: Installation,
    told: Console,
) -> dict[str, Any]:
    # Only now, because it needs Django to be ready.
    from bench import series  # noqa: PLC0415
    from bench.bank import known_in_bank, pause_between_looks_s  # noqa: PLC0415

    def used_s() -> dict[str, float]:
        return processor.used_s(process_ids(whole, here))

    known_in_bank(known)
    play = partial(series.play, origin=whole.platform_origin, seed=plan.seed, used_s=used_s)
    opening = play([first], per_second=None)
    idle = _idle(used_s)
    told.print(f"{plan.pictures} pictures, {plan.per_second:g} a second ...")
    steady = play(rest[: plan.pictures], per_second=plan.per_second)
    told.print(f"{plan.pictures} pictures, as fast as the platform takes them ...")
    rush = play(rest[plan.pictures :], per_second=None)
    pause_s = pause_between_looks_s()
    return {
        "ok": all(len(one.complete) == len(one.courses) for one in (opening, steady, rush)),
        "what": "seconds from the first byte of an upload to the event that says it is verified as removed",
        "policy_pause_s": pause_s,
        "machine": processor.machine(),
        "seed": plan.seed,
        "first_picture_after_the_start_s": [round(one.whole_s, 3) for one in opening.complete],
        "idle_processor_share": idle,
        "restarts": sum(whole.supervisor.restarts().values()),
        "series": {
            f"steady, {plan.per_second:g} a second": series_as_json(steady, pause_s=pause_s),
            "as fast as possible": series_as_json(rush, pause_s=pause_s),
        },
    }


def _idle(used_s: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Processor seconds a second while nothing is posted: what watching, polling and sealing cost by themselves."""
    before = used_s()
    time.sleep(_IDLE_S)
    return {name: round((value - before.get(name, 0.0)) / _IDLE_S, 3) for name, value in used_s().items()}


if __name__ == "__main__":
    typer.run(measure)
