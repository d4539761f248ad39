"""`python -m bench.operators`: a thousand requests to twenty operators, half of which misbehave."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from bench import processor
from bench.operator_stage.certificate import self_signed
from bench.operator_stage.server import Stage, stage
from bench.operators import figures
from bench.operators.cast import Cast, only_the_well, parts, turns
from bench.operators.outcome import Series
from bench.operators.processes import processes_in_scratch
from haetae.running.errors import CannotStartError

_QUICK: Final[dict[str, Any]] = {"requests": 40, "rounds": 1, "per_second": 6.0, "stumbles": 1}
_WARM_UP = 20


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`requests` in all to everybody, over so many rounds."""

    requests: int
    rounds: int
    per_second: float
    seed: int
    cast: Cast
    stumbles: int = 3


def measure(
    *,
    requests: Annotated[int, typer.Option(min=20, help="How many in all, to all twenty operators.")] = 1000,
    rounds: Annotated[int, typer.Option(min=1, help="In so many series with, and as many without.")] = 4,
    per_second: Annotated[float, typer.Option("--rate", min=0.1, help="Requests a second.")] = 3.5,
    seed: Annotated[int, typer.Option(help="Decides who is asked when.")] = 1,
    cast: Annotated[Cast, typer.Option(help="Each in its own way, or all as slowly as can be.")] = Cast.MIXED,
    quick: Annotated[
        bool, typer.Option("--quick", help="A small form, for trying; too small to judge the ratio.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask over the real webhook connector, and hold what the operators received against what our rows say.

    Series with and without the operators that misbehave take turns; those who behave are asked the same in both, at
    the same moments. Exit 0: nothing was lost or doubled, and nobody who behaves waited much longer for the others'
    sake; 1: an aim was missed; 2: it could not start.
    """
    plan = Plan(requests=requests, rounds=rounds, per_second=per_second, seed=seed, cast=cast)
    if quick:
        plan = replace(plan, **_QUICK)
    told = Console(stderr=True)
    try:
        report = _measured(plan, told)
    except CannotStartError as problem:
        told.print(str(problem))
        raise typer.Exit(2) from None
    for sentence in report["missed"]:
        told.print(sentence)
    if as_json:
        typer.echo(json.dumps(report))
    else:
        Console().print_json(data=report)
    raise typer.Exit(0 if report["ok"] else 1)


def _measured(plan: Plan, told: Console) -> dict[str, Any]:
    told.print("starting the processes in a scratch folder ...")
    with processes_in_scratch() as running, _stages() as (plain, tls):
        # Only now, because it needs Django to be ready.
        from bench.operators.series import play  # noqa: PLC0415

        def played(kind: str, number: int, requests: int) -> Series:
            planned = turns(requests=requests, per_second=plan.per_second, seed=plan.seed + number)
            asked = planned if kind == "beside" else only_the_well(planned)
            told.print(f"series {kind}-{number}: {len(asked)} requests ...")
            return play(
                asked,
                parts=parts(plan.cast, stumbles=plan.stumbles),
                name=f"{kind}-{number}",
                plain=plain,
                tls=tls,
                used_s=running.used_s,
            )

        played("warm-up", 0, _WARM_UP)
        each = plan.requests // plan.rounds
        found: dict[str, list[Series]] = {"beside": [], "alone": []}
        for number in range(1, plan.rounds + 1):
            for kind in ("alone", "beside") if number % 2 else ("beside", "alone"):
                found[kind].append(played(kind, number, each))
        restarts = running.restarts()
    return _report(plan, found["beside"], found["alone"]) | {"restarts": restarts}


@contextmanager
def _stages() -> Iterator[tuple[Stage, Stage]]:
    """One for everybody, and one whose certificate nobody trusts."""
    with TemporaryDirectory() as folder, stage() as plain, stage(tls=self_signed(Path(folder))) as tls:
        yield plain, tls


def _report(plan: Plan, beside: list[Series], alone: list[Series]) -> dict[str, Any]:
    missed = figures.why_not(beside=beside, alone=alone)
    return {
        "ok": not missed,
        "missed": missed,
        "what": "from the event that deletion is requested to the one that the operator has it, where it behaves",
        "acknowledged": figures.compared(
            *[[taken for one in kind for taken in one.well_s] for kind in (beside, alone)]
        ),
        "aim": {"lost": 0, "doubled": 0, "p95_ratio_at_most": figures.SLOWER_AT_MOST},
        "requests": sum(one.asked for one in beside),
        "operators": {
            "behave": sum(part.is_well for part in parts(plan.cast)),
            "in_all": len(parts(plan.cast)),
        },
        "cast": str(plan.cast),
        "rounds": plan.rounds,
        "per_second": plan.per_second,
        "seed": plan.seed,
        "machine": processor.machine(),
        "beside_those_who_misbehave": figures.told(beside),
        "without_them": figures.told(alone),
    }


if __name__ == "__main__":
    typer.run(measure)
