"""`haetae operator`: make an operator known, so that connectors may reach its exact origin."""

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import available_timezones

import typer

if TYPE_CHECKING:
    from haetae.accounts.models import Operator


_MAILBOX: Final = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


class Kind(StrEnum):
    """The same words as haetae.accounts.models.OperatorKind, likewise."""

    PLATFORM = "platform"
    HOST = "host"
    CDN = "cdn"
    SEARCH = "search"
    ACCESS_PROVIDER = "access_provider"


class WhenDown(StrEnum):
    """The same words as haetae.accounts.models.WhenWeAreDown, which is there only once Django is ready."""

    OPEN = "open"
    CLOSED = "closed"


def operator(  # noqa: PLR0913 - one for each thing that the command line can say of an operator
    name: Annotated[str, typer.Argument(help="What officials call it; the same name again changes it.")],
    origin: Annotated[
        str, typer.Argument(help="Exact public origin, as https://board.example, without a path.")
    ],
    *,
    connector: Annotated[
        str, typer.Option(help="How it is spoken with; an unknown word is answered with all that there are.")
    ],
    token_file: Annotated[
        Path | None, typer.Option(help="File with the operator's token; its content is kept with the keys.")
    ] = None,
    watch_every: Annotated[
        int | None, typer.Option(min=1, help="Look at its public pages every so many seconds.")
    ] = None,
    kind: Annotated[
        Kind | None, typer.Option(help="What it is; a platform when nothing was ever said.")
    ] = None,
    jurisdiction: Annotated[str, typer.Option(help="Id of the law pack of its country, as kr or eu.")] = "",
    zone: Annotated[str, typer.Option(help="Time zone of its desk, as Europe/Berlin.")] = "",
    language: Annotated[str, typer.Option(help="In which it is written to: ko or en.")] = "",
    endpoint: Annotated[str, typer.Option(help="Exact address at which its system takes requests.")] = "",
    mailbox: Annotated[str, typer.Option(help="Its desk's address for mail.")] = "",
    upload_check: Annotated[
        WhenDown | None,
        typer.Option(
            help="It asks us before it publishes, and this is what it does with uploads while we give no answer. "
            "Gives it a new token, which is shown once; an earlier one ends."
        ),
    ] = None,
    token_out: Annotated[
        Path | None,
        typer.Option(help="Write that token into this new file (mode 0600) instead of showing it."),
    ] = None,
    may_block: Annotated[
        str, typer.Option(help="It lets us block for now in its name: number of the agreement, as a code.")
    ] = "",
    may_block_no_more: Annotated[
        bool, typer.Option("--may-block-no-more", help="That agreement ends today.")
    ] = False,
) -> None:
    """Register an operator. From now on its origin is reachable, on whatever address or port it is."""
    standing = _said(
        kind=kind or "",
        jurisdiction=jurisdiction,
        zone=zone,
        language=language,
        endpoint=endpoint,
        mailbox=mailbox,
    )
    _refuse_what_contradicts(upload_check, token_out, may_block=may_block, no_more=may_block_no_more)
    from haetae.common.outbound import Origin, RefusedByRule
    from haetae.running import installation

    try:
        exact = str(Origin.parse(origin))
    except RefusedByRule as refusal:
        raise typer.BadParameter(refusal.words, param_hint="ORIGIN") from refusal
    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.connectors import CONNECTORS
        from haetae.running.registration import OriginTakenError, register

        if connector not in CONNECTORS:
            raise typer.BadParameter(
                f"{connector} is none of {', '.join(CONNECTORS)}.", param_hint="--connector"
            )
        try:
            registered = register(
                name=name,
                origin=exact,
                connector=connector,
                token_file=token_file,
                watch_every_s=watch_every,
                standing=standing,
            )
        except (OriginTakenError, OSError) as problem:
            raise typer.BadParameter(str(problem)) from problem
        typer.echo(f"{name} is registered at {exact}")
        if upload_check is not None:
            _let_it_ask(registered, upload_check, token_out)
        if may_block or may_block_no_more:
            _agree_on_blocks(registered, reference=may_block)


def _said(**standing: str) -> dict[str, str]:
    """What was said of where and as what it stands; what nobody could use is refused."""
    from haetae.law.countries import packs

    fitting = {
        "jurisdiction": not standing["jurisdiction"] or standing["jurisdiction"] in packs(),
        "zone": not standing["zone"] or standing["zone"] in available_timezones(),
        "language": standing["language"] in {"", "ko", "en"},
        "endpoint": not standing["endpoint"] or standing["endpoint"].startswith(("https://", "http://")),
        "mailbox": not standing["mailbox"] or bool(_MAILBOX.fullmatch(standing["mailbox"])),
    }
    for field, fits in fitting.items():
        if not fits:
            raise typer.BadParameter(f"{standing[field]} is none.", param_hint=f"--{field}")
    return {field: value for field, value in standing.items() if value}


def _refuse_what_contradicts(
    upload_check: WhenDown | None, token_out: Path | None, *, may_block: str, no_more: bool
) -> None:
    if token_out is not None and upload_check is None:
        raise typer.BadParameter("There is a token only with --upload-check.", param_hint="--token-out")
    if may_block and no_more:
        raise typer.BadParameter("Give one of the two.", param_hint="--may-block and --may-block-no-more")
    if may_block and not re.fullmatch(r"[A-Za-z0-9_.:+-]{1,80}", may_block):
        words = "A code has 1 to 80 of the characters A-Z a-z 0-9 _ . : + and -."
        raise typer.BadParameter(words, param_hint="--may-block")


def _let_it_ask(operator: "Operator", when_down: WhenDown, token_out: Path | None) -> None:
    from haetae.accounts.models import WhenWeAreDown
    from haetae.running.registration import let_it_ask

    try:
        token = let_it_ask(operator, when_down=WhenWeAreDown(when_down), token_file=token_out)
    except OSError as problem:
        raise typer.BadParameter(str(problem), param_hint="--token-out") from problem
    typer.echo(f"It asks before it publishes; while we give no answer, it stays {when_down}.")
    typer.echo(
        f"Its token, shown this once: {token}" if token_out is None else f"Its token is in {token_out}"
    )


def _agree_on_blocks(operator: "Operator", *, reference: str) -> None:
    from haetae.running.registration import let_us_block, let_us_block_no_more

    if reference:
        fresh = let_us_block(operator, reference=reference)
        typer.echo(
            f"We may block for now in its name under {reference}."
            if fresh
            else "An earlier agreement is in force; end it first with --may-block-no-more."
        )
        return
    ended = let_us_block_no_more(operator)
    typer.echo(
        "From tomorrow on we block no more in its name." if ended else "There was no agreement to end."
    )
