"""`haetae case ...`: a person's own case without the pages, and proofs that anybody can check."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

case = typer.Typer(
    help="A person's own case: take a copy of it along, or check a proof.", no_args_is_help=True
)
_WRONG: Final = 3


@case.command()
def export(
    receipt: Annotated[
        str, typer.Argument(help="The eight words in quotation marks, or - to read them from the input.")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", help="An empty folder, or one that is to be made.")],
) -> None:
    """Write everything of one case into a folder. With - the words stand in no history of the shell.

    Exit 0: written; 2: the folder is not empty, or cannot be written; 3: the words open nothing.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        typer.echo(f"{out} is not an empty folder. Name one that is, so that nothing is mixed up.", err=True)
        raise typer.Exit(2)
    words = sys.stdin.read() if receipt == "-" else receipt
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from django.utils import translation

        from haetae.agencies.support import queries
        from haetae.agencies.support.receipt import read
        from haetae.web.portal.export import files_of

        opened = queries.case_of_receipt(read(words))
        if opened is None:
            typer.echo("These words open nothing. Look at their number, order and spelling.", err=True)
            raise typer.Exit(_WRONG)
        with translation.override(opened.case.language):
            files = files_of(opened)
    try:
        _write(files, out)
    except OSError as problem:
        typer.echo(f"{out} cannot be written: {problem.strerror}.", err=True)
        raise typer.Exit(2) from problem
    typer.echo(
        f"{len(files)} files are in {out}. To check them: cd {out} && sha256sum -c manifest-sha256.txt"
    )


@case.command("verify-proof")
def verify_proof(
    file: Annotated[Path, typer.Argument(help="The file proof.json.")],
    *,
    key: Annotated[
        Path | None,
        typer.Option("--key", help="Public key as PEM; without it, the key of this installation."),
    ] = None,
) -> None:
    """Check a proof that a report was received. Exit 0: genuine; 1: not; 2: a file cannot be read."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    from haetae.agencies.support.proof import statement

    try:
        text = file.read_bytes()[: 4 * statement.LONGEST].decode("utf-8", errors="replace")
        public = [load_pem_public_key(key.read_bytes())] if key else _own_keys()
    except (OSError, ValueError) as problem:
        typer.echo(f"Cannot be read: {problem}", err=True)
        raise typer.Exit(2) from problem
    try:
        proof = statement.read(text)
    except statement.NotAProofError:
        proof = None
    known = [one for one in public if isinstance(one, Ed25519PublicKey)]
    if proof is None or not any(proof.is_signed_by(one) for one in known):
        typer.echo("Not genuine.")
        raise typer.Exit(1)
    said = proof.statement
    counted = f"links {said.links}, fingerprints {said.fingerprints}"
    typer.echo(f"Genuine. Received in the hour from {said.received} by {said.issuer}; {counted}.")


def _own_keys() -> "Sequence[object]":
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.django_ready(here)
        from haetae.agencies.support.proof.queries import public_keys

        return public_keys()


def _write(files: dict[str, bytes], out: Path) -> None:
    """For its owner alone: it is everything that a person told."""
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    out.chmod(0o700)
    for name, content in files.items():
        path = out / name
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(content)
