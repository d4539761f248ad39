"""`haetae models get`: a model from a hub, by name, pinned and checked, into one's own folder of models."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from haetae.cli.models import row_of

if TYPE_CHECKING:
    from haetae.common.hub.getting import Got
    from haetae.settings.environment import Environment

FINE, REFUSED, FAILED = 0, 1, 4


def get(
    name: Annotated[str, typer.Argument(help="The repository on the hub, owner/name.")],
    *,
    revision: Annotated[
        str, typer.Option("--revision", help="A commit; of a branch or tag the commit is kept.")
    ] = "main",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Fetch a model and its card into the first folder of HAETAE_MODELS, and check them.

    Exit 0: it is there and may be used; 1: refused, the reason names the way out; 4: network failure.
    """
    from haetae.common.hub.asking import HubError
    from haetae.settings.environment import Environment

    environment = Environment()
    try:
        got = _got(name, revision=revision, environment=environment)
    except HubError as problem:
        facts: dict[str, Any] = {"got": False, "code": str(problem.code), "refused": problem.words}
        typer.echo(json.dumps(facts) if as_json else problem.words, err=not as_json)
        raise typer.Exit(FAILED if problem.network else REFUSED) from problem
    facts = _facts(got, environment)
    typer.echo(json.dumps(facts) if as_json else _words(facts))
    raise typer.Exit(REFUSED if facts["model"]["refused"] else FINE)


def _got(name: str, *, revision: str, environment: "Environment") -> "Got":
    from haetae.common import clock
    from haetae.common.hub import getting
    from haetae.common.hub.asking import HubError

    folders = [Path(part) for part in environment.HAETAE_MODELS.split(os.pathsep) if part]
    if not folders:
        raise HubError(
            "folder", "There is no folder to put it into: make one and set HAETAE_MODELS to its path."
        )
    return getting.get(
        name,
        revision=revision,
        hub=environment.HAETAE_MODEL_HUB,
        models=folders[0],
        today=clock.now().date(),
    )


def _facts(got: "Got", environment: "Environment") -> dict[str, Any]:
    """As `haetae models check` sees it: it was loaded on the way, so its card alone may still forbid its use."""
    from haetae.common.shipped_models import found

    one = next(listed for listed in found(environment) if listed.folder == got.folder)
    return {"got": True, "anew": got.anew, "model": row_of(one)}


def _words(facts: dict[str, Any]) -> str:
    row = facts["model"]
    source = row["came_from"] or {}
    came = f", commit {source['commit']} of {source['repository']}" if source else ""
    there = "is now in" if facts["anew"] else "was there already, in"
    return f"{row['name']} {there} {row['folder']}{came}.\n" + (row["refused"] or "It may be used.")
