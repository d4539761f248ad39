"""`haetae operator-serves`: which host, CDN, search engine or access provider stands before which place."""

from typing import Annotated

import typer

_WHY_NOT = {
    "a_platform_is_asked_itself": "A platform is asked as the operator of its own place, and stands before no other.",
    "needs_an_origin": "A host or a CDN serves certain origins: name one.",
}


def operator_serves(
    name: Annotated[str, typer.Argument(help="A registered host, CDN, search engine or access provider.")],
    origin: Annotated[
        str, typer.Argument(help="Exact origin before which it stands; left out: before every place.")
    ] = "",
    *,
    no_more: Annotated[bool, typer.Option("--no-more", help="It stands there until today.")] = False,
) -> None:
    """Say who is to be asked where the operator of a place cannot be, or does not follow."""
    from haetae.common.outbound import Origin, RefusedByRule
    from haetae.running import installation

    try:
        exact = str(Origin.parse(origin)) if origin else ""
    except RefusedByRule as refusal:
        raise typer.BadParameter(refusal.words, param_hint="ORIGIN") from refusal
    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.accounts.models import Operator
        from haetae.flow.remedies.actions import CannotServeError
        from haetae.running.registration import let_it_serve, let_it_serve_no_more

        place = exact or "every place"
        try:
            if no_more:
                ended = let_it_serve_no_more(name, origin=exact)
                typer.echo(
                    f"From tomorrow on {name} stands before {place} no more."
                    if ended
                    else f"Nobody had said that {name} stands before {place}."
                )
                return
            let_it_serve(name, origin=exact)
        except Operator.DoesNotExist as problem:
            words = f"Nobody is registered as {name}: register it first with haetae operator."
            raise typer.BadParameter(words, param_hint="NAME") from problem
        except CannotServeError as problem:
            raise typer.BadParameter(_WHY_NOT[problem.code], param_hint="ORIGIN") from problem
        typer.echo(f"{name} stands before {place}: what waits there in vain is asked of it.")
