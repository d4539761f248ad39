"""What somebody at the terminal reads."""

from rich.console import Console

from haetae.running.demonstration import sign_in_path
from haetae.running.whole import Whole
from haetae.story.play import Result, play
from haetae.story.scenarios import Cast


def tell(whole: Whole, cast: Cast, console: Console) -> list[Result]:
    """Play the story and say of each scenario whether it held."""
    results = []
    for result in play(whole, cast, announce=lambda scenario: console.rule(scenario.title, align="left")):
        results.append(result)
        if result.ok:
            console.print(
                f"[green]holds[/green]  {result.name} in {result.seconds:.1f} s: {'; '.join(result.checks)}"
            )
        else:
            console.print(f"[red]does not hold[/red]  {result.name}: {result.problem}")
    return results


def welcome(whole: Whole, console: Console) -> None:
    """Where to look."""
    console.print(f"\n  report a link       {whole.web_origin}/")
    console.print(
        f"  control room        {whole.web_origin}{sign_in_path()}   (signs you in, once)", soft_wrap=True
    )
    console.print(f"  sandbox platform    {whole.platform_origin}/\n")
