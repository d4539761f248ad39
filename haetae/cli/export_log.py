"""`haetae export-log`: the log as one file that anybody can check without us."""

from pathlib import Path
from typing import Annotated

import typer


def export_log(
    file: Annotated[Path, typer.Argument(help="Written anew; a file that is there is not overwritten.")],
    *,
    reason: Annotated[str, typer.Option(help="Why: audit, court, doubt or kept_outside.")],
    after: Annotated[int, typer.Option(help="Begin after the head of this size.", min=0)] = 0,
    digests_only: Annotated[
        bool,
        typer.Option("--digests-only", help="Leave the events out: their digests prove order and number."),
    ] = False,
) -> None:
    """Write the event log up to its newest signed head. That it was taken is written into the log itself."""
    from haetae.running import installation
    from haetae.running.errors import CannotStartError

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from django.conf import settings

        from haetae.audit import exporting
        from haetae.audit.actions import CannotExportLogError, log_exported
        from haetae.audit.actor import SYSTEM
        from haetae.audit.reasons import ExportReason
        from haetae.common import clock

        try:
            head = exporting.newest_signed_head()
        except exporting.NoSuchHeadError:
            words = "No head is signed yet: there is nothing to hand out. Start `haetae sealer`."
            raise CannotStartError(words) from None
        extent = exporting.Extent(first=after, size=head.size, with_events=not digests_only)
        try:
            exporting.head_of(after) if after else None
            with file.open("xb") as out:
                log_exported(
                    first=after, size=head.size, with_events=not digests_only, reason=reason, actor=SYSTEM
                )
                for line in exporting.lines(extent, key=settings.KEYS.log_key, at=clock.now()):
                    out.write(line)
        except FileExistsError:
            raise CannotStartError(f"{file} is there already; name another file.") from None
        except exporting.NoSuchHeadError:
            words = f"--after: no signed head has the size {after}; the file of the heads outside names them."
            raise CannotStartError(words) from None
        except CannotExportLogError as problem:
            file.unlink()
            if str(problem) == "log_reason":
                raise CannotStartError(f"--reason: one of {', '.join(ExportReason)}.") from None
            raise CannotStartError(f"--after: must be smaller than the newest head, {head.size}.") from None
    typer.echo(f"{head.size - after} rows up to the head of size {head.size} are in {file}")
