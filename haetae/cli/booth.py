"""`haetae booth`: writes the folder of a booth, which any browser opens without a network."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

_FEWEST_S: Final = 30
_MOST_S: Final = 600


def booth(
    *,
    out: Annotated[
        Path, typer.Option("--out", help="A folder that is empty, not there yet, or an earlier booth.")
    ],
    portal: Annotated[
        str,
        typer.Option(
            help="Where the QR code leads; the installation's public address unless told otherwise."
        ),
    ] = "",
    reset_after: Annotated[
        int,
        typer.Option(
            "--reset-after", help=f"Seconds without a touch until all is cleared, {_FEWEST_S} to {_MOST_S}."
        ),
    ] = 60,
    language: Annotated[str, typer.Option(help="ko or en: the language in which it opens.")] = "ko",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day whose law is shown; today.")] = "",
) -> None:
    """Write the booth. The folder is complete or not there.

    Exit 0: written; 2: a bad option, a folder that holds something else, or one that cannot be written.
    """
    from haetae.agencies.education.lessons.filling import LessonError
    from haetae.booth import writing
    from haetae.booth.kiosk import Kiosk, Language, PortalError, portal_address
    from haetae.common import clock
    from haetae.law.packs import load_pack
    from haetae.law.table import PackError
    from haetae.settings.environment import Environment

    if not _FEWEST_S <= reset_after <= _MOST_S:
        words = f"{reset_after} seconds cannot be used; choose {_FEWEST_S} to {_MOST_S}."
        raise typer.BadParameter(words, param_hint="--reset-after")
    if language not in list(Language):
        raise typer.BadParameter(
            f"'{language}' is not spoken here; choose ko or en.", param_hint="--language"
        )
    surroundings = Environment()
    try:
        pack = load_pack(surroundings.HAETAE_JURISDICTION)
        address = portal or surroundings.HAETAE_PUBLIC_ORIGIN
        kiosk = Kiosk(
            pack=pack,
            on=_day(on) if on else clock.now().astimezone(pack.zone).date(),
            first=Language(language),
            portal=portal_address(address) if address else "",
            reset_after_s=reset_after,
        )
        files = writing.files_of(kiosk)
        writing.write(files, out)
    except (PortalError, LessonError, PackError, writing.NotOursError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from problem
    except OSError as problem:
        typer.echo(f"{out} cannot be written: {problem.strerror}. What was there is as it was.", err=True)
        raise typer.Exit(2) from problem
    size = sum(map(len, files.values()))
    typer.echo(
        f"{len(files)} files, {size / 1000:.0f} kB, with the law of {kiosk.on}: open {out / 'index.html'}."
    )
    typer.echo(f"To check them: cd {out} && sha256sum -c {writing.MANIFEST}")
    if not kiosk.portal:
        typer.echo(
            "No address of the portal is known, so there is no QR code. Name one with --portal https://…"
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        words = f"{text!r} is no day of the calendar; write it like 2026-11-26."
        raise typer.BadParameter(words, param_hint="--on") from error
