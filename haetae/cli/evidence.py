"""`haetae evidence ...`: check a bag that was handed out, and make a custodian's key. Neither needs an installation."""

import json
import os
from pathlib import Path
from typing import Annotated, Final

import typer

evidence = typer.Typer(
    help="Evidence: check what was handed out, make a custodian's key.", no_args_is_help=True
)
_NOT_A_BAG: Final = 2


@evidence.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="The folder of the bag, unpacked.")],
    *,
    roots: Annotated[
        Path | None, typer.Option("--roots", help="PEM file with the roots of the authority of time stamps.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a bag of evidence without a database. Exit 0: it is what it was; 1: something is wrong; 2: it is no bag.

    Without --roots the time stamp is held against the manifest alone, and the answer says so.
    """
    from cryptography.x509 import load_pem_x509_certificates

    from haetae.agencies.investigation.evidence.export.verifying import NotABagError, check_bag

    try:
        trusted = None if roots is None else load_pem_x509_certificates(roots.read_bytes())
    except (OSError, ValueError) as problem:
        typer.echo(f"{roots} cannot be read as certificates; give a PEM file.", err=True)
        raise typer.Exit(_NOT_A_BAG) from problem
    try:
        found = check_bag(folder, roots=trusted)
    except NotABagError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(_NOT_A_BAG) from problem
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        for words in found.wrong:
            typer.echo(f"WRONG  {words}")
        typer.echo(f"{found.files} files are what the lists say; {found.proven} events stand in the log.")
        if found.not_yet_provable:
            typer.echo(f"{found.not_yet_provable} events were not sealed yet when it was handed out.")
        typer.echo(
            f"Stamped at {found.stamped_at} by {found.authority}."
            if found.trusted
            else "The authority of the time stamp was not checked: give its roots with --roots."
        )
        typer.echo("It is what it was." if found.ok else "It is not what it was.")
    raise typer.Exit(0 if found.ok else 1)


@evidence.command("make-key")
def make_key(
    file: Annotated[Path, typer.Argument(help="A file that does not exist yet, for the secret half.")],
) -> None:
    """Make a custodian's key on their own machine. Prints the public half, which is registered on the page of evidence.

    Exit 0: made; 2: the file is there already, or cannot be written. Whoever loses the file opens nothing any more.
    """
    from haetae.agencies.investigation.evidence.keeping.boxes import new_identity, public_half

    identity = new_identity()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        typer.echo(f"{file} cannot be written: {problem.strerror}.", err=True)
        raise typer.Exit(_NOT_A_BAG) from problem
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(identity + "\n")
    typer.echo(public_half(identity))
