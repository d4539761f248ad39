"""`haetae backup`: what must be there when the machine of the database has burnt down."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

_KEEP_DAYS = 30


class _MakeUnlessNamed(TyperGroup):
    """`haetae backup DIR` makes one; the other words are commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["make", *args]
        return super().parse_args(ctx, args)


backup = typer.Typer(
    cls=_MakeUnlessNamed, help="Keep database, log and evidence elsewhere.", no_args_is_help=True
)
_Shelf = Annotated[Path, typer.Argument(help="The folder in which backups stand, on another disk.")]
_To = Annotated[str | None, typer.Option(help="Lock database and rows for this recipient of age (age1…).")]


@backup.command()
def make(
    folder: _Shelf,
    *,
    to: _To = None,
    keep_days: Annotated[
        int, typer.Option(min=1, help="How long it may be kept: what is destroyed meanwhile lives on in it.")
    ] = _KEEP_DAYS,
) -> None:
    """Make a backup beside a haetae that runs. Never with the keys: they are kept apart.

    Exit 0: it stands there whole; 2: it could not be made, and nothing that looks like one is left.
    """
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.django_ready(here)
        from django.conf import settings

        from haetae.running.backup import boxes, making
        from haetae.running.loops import HEADS

        wanted = making.Wanted(shelf=folder, keep=timedelta(days=keep_days), to=boxes.recipient(to))
        made = making.make(
            here,
            wanted,
            heads=settings.HAETAE_HOME / HEADS,
            store=settings.EVIDENCE,
            keys=settings.KEYS,
            say=lambda words: typer.echo(words, err=True),
        )
    _tell(made)


@backup.command()
def log(folder: _Shelf, *, to: _To = None) -> None:
    """Copy what the log has gained since: every minute, so that nothing taken back comes back with an older backup."""
    from haetae.running import installation
    from haetae.running.backup import boxes, logcopy

    heads = installation.environment().HAETAE_HOME.resolve() / logcopy.HEADS
    rows = logcopy.copy_log(heads, folder, to=boxes.recipient(to))
    typer.echo(f"{rows} new rows of the log are in {folder}")


@backup.command()
def verify(folder: Annotated[Path, typer.Argument(help="A backup, or a shelf: its newest one.")]) -> None:
    """Hash every file of a backup again. Exit 0: it is what was written; 1: it is not; 2: there is none."""
    from haetae.common.keys import KeysUnavailableError, MissingKeyError
    from haetae.running.backup import checking
    from haetae.running.installation import environment
    from haetae.settings.keyring import keys_of

    try:
        signers = keys_of(environment(), may_create=False).public_keys("event-log")
    except (MissingKeyError, KeysUnavailableError):
        signers = None
    checked = checking.check(folder, signers=signers)
    for words in checked.wrong:
        typer.echo(f"WRONG  {words}")
    if signers is None:
        typer.echo("whose backup it is was not checked: the key of the log is not here")
    typer.echo(f"{checked.folder}: {'is not what was written' if checked.wrong else 'is what was written'}")
    raise typer.Exit(1 if checked.wrong else 0)


@backup.command()
def prune(folder: _Shelf) -> None:
    """Delete backups whose time is over, and what only they needed. The newest stays, and that is said."""
    from haetae.common import clock
    from haetae.running.backup import checking

    pruned = checking.prune(folder, at=clock.now())
    counts = (
        f"{pruned.backups} backups, {pruned.evidence} files of evidence, {pruned.pieces} pieces of the log"
    )
    typer.echo(f"deleted: {counts}")
    if pruned.left is not None:
        typer.echo(
            f"{pruned.left} stays although its time is over: it is the newest. Make another, then prune again."
        )


def _tell(made: Any) -> None:
    manifest = made.manifest
    size = sum(one.bytes for one in manifest.files.values())
    typer.echo(f"backup: {made.folder} ({size >> 10} KiB, {made.seconds:.1f} s)")
    typer.echo(
        f"RPO: everything up to {manifest.newest_at or 'nothing yet'}, {manifest.log_rows} rows of the log"
    )
    typer.echo(f"keep it until {manifest.keep_until}, not longer")
    if not manifest.encrypted:
        typer.echo("not encrypted: keep it like the database itself, or name a recipient of age by --to")
    keys = ", ".join(f"{name} {value}" for name, value in manifest.keys.items())
    typer.echo(f"keys are NOT in it; it needs these, kept apart: {keys}")
