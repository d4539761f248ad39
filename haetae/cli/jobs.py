"""`haetae jobs`: work that was set aside after three tries, and what a person wants to become of it."""

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

jobs = typer.Typer(help="Work that was set aside after three tries.", no_args_is_help=True)
_Number = Annotated[int, typer.Argument(help="The number that `haetae jobs list` shows.")]


@jobs.command("list")
def list_(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object per job.")] = False
) -> None:
    """What waits for a person. Nothing of it is lost, and nothing of it is tried by itself."""
    with _ready():
        from haetae.common.poison import set_aside

        for one in set_aside():
            when = one.failed_at.isoformat(timespec="seconds") if one.failed_at else ""
            if as_json:
                facts = {"job": one.job_id, "task": one.task, "ids": one.ids, "tries": one.tries, "at": when}
                typer.echo(json.dumps(facts))
            else:
                ids = " ".join(f"{name}={str(value)[:60]}" for name, value in one.ids.items())
                typer.echo(f"{one.job_id}  {one.task}  {ids}  tried {one.tries} times, last {when}")


@jobs.command()
def again(job: _Number) -> None:
    """Try it once more, for instance after an update that mends its fault."""
    with _ready():
        from haetae.common.poison import try_again

        _told(job, done=try_again(job), what="waits in the queue again")


@jobs.command()
def drop(job: _Number) -> None:
    """Give it up. What it was to do is not done; whoever waits for it waits for a person."""
    with _ready():
        from haetae.common.poison import drop as drop_job

        _told(job, done=drop_job(job), what="is given up")


def _told(job: int, *, done: bool, what: str) -> None:
    if not done:
        typer.echo(f"No job {job} was set aside. `haetae jobs list` shows those that were.", err=True)
        raise typer.Exit(1)
    typer.echo(f"Job {job} {what}.")


@contextmanager
def _ready() -> "Iterator[None]":
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        yield
