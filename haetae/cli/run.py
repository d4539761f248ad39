"""`haetae run`: everything in the foreground, or the story once."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer


def run(
    *,
    once: Annotated[
        bool, typer.Option("--once", help="Play the story once in a scratch database and stop.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --once: print one JSON object.")] = False,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="A harmless picture that stands for the harmful one.")
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option("--scenario", help="With --once: play this one only; may be said several times."),
    ] = None,
    story: Annotated[bool, typer.Option(help="Play the story at the start.")] = True,
) -> None:
    """Run haetae and the sandbox platform, print events as they happen; Ctrl-C stops everything."""
    from haetae.running.errors import CannotStartError
    from haetae.story.errors import UnknownScenarioError, UnusablePictureError

    for option, is_told in {"--json": as_json, "--scenario": bool(scenario)}.items():
        if is_told and not once:
            raise typer.BadParameter("it goes with --once.", param_hint=option)
    _stop_in_order()
    try:
        _can_play(picture)
        ok = _once(picture, only=scenario or [], as_json=as_json) if once else _for_good(picture, story=story)
    except (CannotStartError, UnusablePictureError, UnknownScenarioError, OSError) as problem:
        _give_up(str(problem))
    raise typer.Exit(0 if ok else 1)


def _can_play(picture: Path | None) -> None:
    """What cannot is refused before anything is started. Raises UnusablePictureError, OSError."""
    from haetae.story.pictures import known_original

    if picture is not None:
        known_original(picture.read_bytes())


def _once(picture: Path | None, *, only: list[str], as_json: bool) -> bool:
    """In a scratch database with ports of its own, so that it can be played beside a running installation."""
    from rich.console import Console

    from haetae.common.ids import new_id
    from haetae.running import installation

    console = Console(stderr=as_json)
    with installation.opened() as here, installation.scratch(here, f"story_{new_id().hex[:12]}") as stage:
        installation.migrate(stage)
        installation.django_ready(stage)
        from haetae.running.demonstration import register_sandbox
        from haetae.running.whole import everything
        from haetae.story.play import cast_with, chosen
        from haetae.story.telling import tell

        cast, scenarios = cast_with(picture), chosen(only)
        with everything(stage, web_port=0, platform_port=0) as whole, _connection_closed():
            register_sandbox(origin=whole.platform_origin)
            results = tell(whole, cast, console, scenarios=scenarios)
    ok = all(result.ok for result in results)
    if as_json:
        typer.echo(json.dumps({"ok": ok, "scenarios": [result.as_json() for result in results]}))
    return ok


def _for_good(picture: Path | None, *, story: bool) -> bool:
    """Until Ctrl-C or SIGTERM."""
    from rich.console import Console

    from haetae.running import installation
    from haetae.settings.environment import Environment

    console, told = Console(), Environment()
    console.print("starting the database ...")
    with installation.opened() as here, installation.only_one(here):
        console.print("bringing the tables up to date ...")
        installation.migrate(here)
        installation.django_ready(here)
        from haetae.running.demonstration import register_sandbox
        from haetae.running.narrator import Narrator
        from haetae.running.whole import everything
        from haetae.story.play import cast_with, chosen
        from haetae.story.telling import tell, welcome

        console.print("starting the pages, a worker, the sealer, the timekeeper and the sandbox ...")
        ports = {"web_port": told.HAETAE_WEB_PORT, "platform_port": told.HAETAE_SANDBOX_PORT}
        with everything(here, **ports) as whole, _connection_closed():
            register_sandbox(origin=whole.platform_origin)
            welcome(whole, console)
            if story:
                tell(whole, cast_with(picture), console, scenarios=chosen([]))
            console.print("\nRunning. Report a link, post a picture, watch it move. Ctrl-C stops everything.")
            with Narrator(console):
                _wait_for_ever()
    return True


@contextmanager
def _connection_closed() -> Iterator[None]:
    """Let go of the database before it is stopped or dropped."""
    from django.db import connection

    try:
        yield
    finally:
        connection.close()


def _stop_in_order() -> None:
    """SIGTERM ends us as Ctrl-C does: everything that was started is stopped."""

    def stop(_signal: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)


def _wait_for_ever() -> None:
    try:
        while True:
            signal.pause()
    except KeyboardInterrupt:
        typer.echo("stopping ...")


def _give_up(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)
