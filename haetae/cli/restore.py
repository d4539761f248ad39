"""`haetae restore`: from a backup back to an installation in which nothing comes back that was taken back."""

from pathlib import Path
from typing import Annotated, Any

import typer


def restore(
    folder: Annotated[Path, typer.Argument(help="A backup, or a shelf: its newest one.")],
    *,
    journal: Annotated[
        Path | None,
        typer.Option(help="A shelf with a newer copy of the log (haetae backup log).", exists=True),
    ] = None,
    identity: Annotated[
        Path | None, typer.Option(help="File with the secret key of age.", dir_okay=False, exists=True)
    ] = None,
    although_keys_differ: Annotated[
        bool,
        typer.Option(
            "--although-keys-differ", help="Some keys are lost for good: what they seal stays shut."
        ),
    ] = False,
) -> None:
    """Put a backup into an empty database; prints RTO and RPO. Nothing else may run in this home meanwhile.

    Exit 0: all is as it was; 1: it is back, and something is wrong; 2: it cannot be done, nothing changed.
    """
    from haetae.running import installation
    from haetae.running.backup import boxes, restoring
    from haetae.settings.keyring import keys_of

    with installation.opened(restores=True) as here, installation.only_one(here):
        asked = restoring.Asked(
            folder=folder,
            journal=journal,
            identity=boxes.identity(identity),
            although_keys_differ=although_keys_differ,
        )
        keys = keys_of(installation.environment(), may_create=False)
        restored = restoring.restore(here, asked, keys=keys, say=lambda words: typer.echo(words, err=True))
    _tell(restored)
    raise typer.Exit(1 if restored.wrong or (restored.replayed and restored.replayed.failed) else 0)


def _tell(restored: Any) -> None:
    for words in restored.wrong:
        typer.echo(f"WRONG  {words}")
    stages = ", ".join(f"{stage} {seconds} s" for stage, seconds in restored.seconds.items())
    typer.echo(f"RTO: {sum(restored.seconds.values()):.1f} s ({stages})")
    cases, reports = (restored.lost.get(name, 0) for name in ("support.opened", "arrival.reported"))
    lost = f"lost: {cases} cases, whose receipts open nothing, and {reports} reported links"
    typer.echo(f"RPO: {restored.rpo_s:.0f} s before the newest row of the log that is known; {lost}")
    typer.echo(
        f"rows: {sum(restored.manifest.counts.values())} in {len(restored.manifest.counts)} tables, as counted"
    )
    typer.echo(f"log: {restored.joined_rows} rows joined again, {restored.lost_rows} lost")
    if restored.lost_rows:
        typer.echo(
            "rows of the log are lost: name a new folder for the backups from now on, and keep the old one too"
        )
    typer.echo(f"evidence: {restored.evidence_checked} files hashed again")
    done = (
        ", ".join(f"{name} {number}" for name, number in sorted(restored.replayed.done.items())) or "nothing"
    )
    typer.echo(f"done again: {done}")
    left = ", ".join(f"{name} {number}" for name, number in sorted(restored.lost.items())) or "nothing"
    typer.echo(f"happened after the backup, and is in no table any more: {left}")
    if restored.replayed.failed:
        typer.echo(
            f"WRONG  {len(restored.replayed.failed)} things could not be done again: see to them before anything runs"
        )
