"""What somebody at the terminal reads."""

from collections.abc import Sequence

from rich.console import Console

from haetae.running.demonstration import sign_in_path
from haetae.running.narrator import Narrator
from haetae.running.whole import Whole
from haetae.story.cast import Cast, Scenario
from haetae.story.play import Result, play


def tell(whole: Whole, cast: Cast, console: Console, *, scenarios: Sequence[Scenario]) -> list[Result]:
    """Play them in turn with every event as it happens, and say of each scenario whether it held."""
    results = []
    with Narrator(console) as narrator:
        for result in play(whole, cast, scenarios, announce=lambda scenario: _title(console, scenario)):
            results.append(result)
            narrator.catch_up()
            _verdict(console, result)
    return results


def _title(console: Console, scenario: Scenario) -> None:
    console.print(f"\n[bold]{scenario.title}[/bold]")


def _verdict(console: Console, result: Result) -> None:
    if not result.ok:
        console.print(f"  [red]does not hold[/red] {result.name}: {result.problem}", soft_wrap=True)
        return
    console.print(f"  [green]holds[/green] {result.name}, {result.seconds:.1f} s", soft_wrap=True)
    for check in result.checks:
        console.print(f"    [dim]{check}[/dim]", soft_wrap=True)


def welcome(whole: Whole, console: Console) -> None:
    """Where to look."""
    console.print(f"\n  report a link       {whole.pages}/")
    console.print(
        f"  control room        {whole.pages}{sign_in_path()}   (signs you in, once)", soft_wrap=True
    )
    console.print(f"  sandbox platform    {whole.platform_origin}/\n")
