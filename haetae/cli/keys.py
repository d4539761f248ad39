"""`haetae keys`: the key service."""

from typing import Annotated

import typer


def keys(
    *,
    make: Annotated[
        bool, typer.Option("--make", help="Only make the keys that are missing; needs no database.")
    ] = False,
) -> None:
    """Serve the keys at the socket HAETAE_KEY_SERVICE: the one process that reads the key folder."""
    from haetae.running.installation import environment

    told = environment()
    if make:
        from haetae.common.keys import make_missing_keys

        make_missing_keys(told.keys_folder)
        typer.echo(f"keys: in {told.keys_folder}; keep a copy where nobody else can read it")
        return
    from haetae.running.key_service import serve_keys

    serve_keys(told)
