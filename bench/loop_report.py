"""The figures of the loop: as JSON, and as tables for a reader."""

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from bench import timing

if TYPE_CHECKING:
    from bench.series import Series


def series_as_json(series: "Series", *, pause_s: float) -> dict[str, Any]:
    """All figures of one series; those of time only where at least one picture came to its end."""
    complete, count = series.complete, len(series.courses)
    facts: dict[str, Any] = {
        "pictures": count,
        "verified": len(complete),
        "posted_per_s": round(count / series.posting_s, 2),
        "wall_s": round(series.wall_s, 2),
        "processor_s": {name: round(seconds, 2) for name, seconds in series.used_s.items()},
        "processor_ms_per_picture": {
            name: round(1000 * seconds / count, 1) for name, seconds in series.used_s.items()
        },
        "database_per_picture": {name: round(number / count, 1) for name, number in series.counted.items()},
        "cores_busy": round(sum(series.used_s.values()) / series.wall_s, 2),
        "cores_busy_with_others": round(series.others_s / series.wall_s, 2),
        "came_no_further_than": [list(one.moments)[-1] for one in series.courses if not one.complete],
    }
    if complete:
        whole = [course.whole_s for course in complete]
        facts["whole_s"] = timing.p50_p95(whole)
        facts["whole_without_the_policy_pause_s"] = timing.p50_p95([one - pause_s for one in whole])
        facts["legs_s"] = timing.legs(complete)
        facts["sustained_per_s"] = round(timing.sustained_per_s(complete), 2)
    return facts


def print_report(report: dict[str, Any], console: Console) -> None:
    """The same for people."""
    machine = report["machine"]
    console.print(f"\n{machine['cores']} cores, {machine['processor']}, Python {machine['python']}")
    console.print(
        f"{report['policy_pause_s']:g} s of every time is the pause that policy puts between the two looks "
        "(probes.second_look_after), not work."
    )
    console.print(f"First picture after the start: {report['first_picture_after_the_start_s']} s")
    for name, facts in report["series"].items():
        _print_series(name, facts, console)


def _print_series(name: str, facts: dict[str, Any], console: Console) -> None:
    console.print(f"\n[bold]{name}[/bold]: {facts['verified']} of {facts['pictures']} verified")
    if facts["came_no_further_than"]:
        console.print(f"[red]not verified[/red], last seen: {facts['came_no_further_than']}")
    if "whole_s" in facts:
        console.print(_times(facts))
        console.print(f"sustained: {facts['sustained_per_s']} pictures a second")
    console.print(_processors(facts))
    database = facts["database_per_picture"]
    console.print(
        f"a picture: {database['jobs']} jobs, {database['transactions']} transactions of the database,"
        f" {database['journal_bytes'] / 1_024:.0f} KiB of its journal"
    )


def _times(facts: dict[str, Any]) -> Table:
    table = Table("seconds", "p50", "p95", "mean")
    rows = {
        "upload -> verified": facts["whole_s"],
        "the same without the policy pause": facts["whole_without_the_policy_pause_s"],
        **facts["legs_s"],
    }
    for label, figures in rows.items():
        table.add_row(
            label, *(f"{figures[key]:.3f}" if key in figures else "" for key in ("p50", "p95", "mean"))
        )
    return table


def _processors(facts: dict[str, Any]) -> Table:
    busy = f"{facts['cores_busy']} cores busy, {facts['cores_busy_with_others']} more with other things"
    table = Table(f"processor ({busy})", "seconds", "ms a picture")
    for name, seconds in sorted(facts["processor_s"].items(), key=lambda item: -item[1]):
        table.add_row(name, f"{seconds:.2f}", f"{facts['processor_ms_per_picture'][name]:.1f}")
    return table
