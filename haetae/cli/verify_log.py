"""`haetae verify-log`: is the record what it was? In the database, or in an export without any database."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.x509 import Certificate

    from haetae.audit.report import Report


def verify_log(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    export: Annotated[
        Path | None, typer.Option(help="Check this export and ask no database.", dir_okay=False, exists=True)
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(help="With --export: the public key as you know it (PEM).", dir_okay=False, exists=True),
    ] = None,
    heads: Annotated[
        Path | None,
        typer.Option(help="With --export: heads that were kept elsewhere.", dir_okay=False, exists=True),
    ] = None,
) -> None:
    """Recompute the event log and hold it against every signed head. Exit 0: untouched; 1: something is wrong.

    Time stamps are checked by the certificates in HAETAE_TIMESTAMP_ROOTS; without them that is said.
    """
    if export is None and (key or heads):
        raise typer.BadParameter("--key and --heads belong to --export FILE.")
    report = _of_export(export, key=key, heads=heads) if export else _of_database()
    if as_json:
        typer.echo(json.dumps(report.as_json()))
    else:
        _tell(report, key_is_known=export is None or key is not None)
    raise typer.Exit(0 if report.ok else 1)


def _of_database() -> "Report":
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from django.conf import settings

        from haetae.audit.verify import verify_log as verify
        from haetae.running.loops import HEADS

        outside = settings.HAETAE_HOME / HEADS
        return verify(key=settings.KEYS.log_key.public_key(), outside=outside, roots=_roots())


def _of_export(export: Path, *, key: Path | None, heads: Path | None) -> "Report":
    from haetae.audit.exported import LONGEST_LINE, NotAnExportError, verify_export
    from haetae.audit.heads import heads_by_size
    from haetae.running.errors import CannotStartError

    with export.open("rb") as file:
        lines = iter(lambda: file.readline(LONGEST_LINE + 1), b"")
        try:
            return verify_export(
                lines, key=_key_in(key), roots=_roots(), outside=heads_by_size(heads) if heads else ()
            )
        except NotAnExportError as problem:
            raise CannotStartError(f"{export}: {problem}") from None


def _key_in(path: Path | None) -> "Ed25519PublicKey | None":
    if path is None:
        return None
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(path.read_bytes())
    except ValueError:
        raise typer.BadParameter(f"{path} holds no public key in PEM.", param_hint="--key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise typer.BadParameter("the key of the log is one of Ed25519.", param_hint="--key")
    return key


def _roots() -> "list[Certificate] | None":
    from haetae.common.stamp_authority import RootsUnreadableError, roots_in
    from haetae.running.errors import CannotStartError
    from haetae.running.installation import environment

    named = environment().HAETAE_TIMESTAMP_ROOTS
    try:
        return roots_in(Path(named)) if named else None
    except RootsUnreadableError as problem:
        raise CannotStartError(str(problem)) from None


def _tell(report: "Report", *, key_is_known: bool) -> None:
    for finding in report.findings:
        typer.echo(f"WRONG  {finding.words}")
    for restore in report.restores:
        typer.echo(f"RESTORED  {restore}")
    newest = f", the newest of {report.proven_until}" if report.proven_until else ""
    if report.first:
        typer.echo(f"this part begins after the head of size {report.first}")
    typer.echo(f"{report.sealed} rows are sealed under {report.heads} signed heads{newest}")
    typer.echo(f"{report.events} events were read")
    if report.stamping == "none_named":
        typer.echo("time stamps were not checked: no authority is named (HAETAE_TIMESTAMP_ROOTS)")
    elif report.stamps:
        typer.echo(f"{report.stamps} heads carry a time stamp, the newest of {report.stamped_until}")
    else:
        typer.echo("no head carries a time stamp: nobody outside says when this was written")
    if report.not_yet_provable:
        first, last = report.not_yet_provable[0], report.not_yet_provable[-1]
        typer.echo(f"not yet provable: {len(report.not_yet_provable)} events, {first} to {last}")
    if not key_is_known:
        typer.echo("the public key was taken from the file: compare it with the one that you know (--key)")
    typer.echo("The log is untouched." if report.ok else "The log is not what it was.")
