"""`haetae law`: what the law of a country held on a day, with its sources and what nobody could check."""

import json
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from haetae.law.countries import CountryLaw
    from haetae.law.packs import Pack

law = typer.Typer(help="The law of each country whose pack is here, by date.", no_args_is_help=True)
FAULTY = 1


@law.command("on")
def on(
    day: Annotated[str, typer.Argument(metavar="DATE", help="A day such as 2026-11-26.")],
    *,
    pack: Annotated[
        str, typer.Option(help="us, uk, eu, au, in or kr; the installation's own unless told otherwise.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Everything that held on a day, each with its source. Exit 2: there is no such day or pack."""
    from haetae.law.telling import held_on

    the_day, found, home = _day(day), *_pack(pack)
    if as_json:
        typer.echo(json.dumps(held_on(found, the_day, home=home), ensure_ascii=False))
    else:
        _print_table(found, the_day, home=home)


@law.command("penalties")
def penalties(
    *,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day of the deed, such as 2026-11-26.")],
    pack: Annotated[
        str, typer.Option(help="us, uk, eu, au, in or kr; the installation's own unless told otherwise.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """What a deed of that day is punished with: the least and the most apart. Exit 2: no such day or pack."""
    from haetae.law.person.penalties import offences_on
    from haetae.law.telling import penalties_on

    the_day, found, home = _day(on), *_pack(pack)
    if as_json:
        typer.echo(json.dumps(penalties_on(found, the_day, home=home), ensure_ascii=False))
        return
    _print_table(found, the_day, home=home, only={"Offences", "What was announced, beside what the law says"})
    if not offences_on(found.offences, the_day):
        typer.echo("Nothing that was read held on that day. A deed of that time is not free for it.")


def _pack(asked: str) -> "tuple[CountryLaw, Pack | None]":
    """The law of a country, and what is only read at home. Ends the command for a pack that is not there or faulty."""
    from haetae.law.countries import PackError, country_law, packs
    from haetae.law.packs import load_pack
    from haetae.law.shipped import home_packs
    from haetae.settings.environment import Environment

    pack_id = asked or Environment().HAETAE_JURISDICTION
    if pack_id not in packs():
        raise typer.BadParameter(
            f"There is no pack '{pack_id}'; the packs here are {', '.join(packs())}.", param_hint="--pack"
        )
    try:
        return country_law(pack_id), load_pack(pack_id) if pack_id in home_packs() else None
    except PackError as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(FAULTY) from fault


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        words = f"{text!r} is no day of the calendar; write it like 2026-11-26."
        raise typer.BadParameter(words, param_hint="DATE") from error


def _print_table(found: "CountryLaw", day: date, *, home: "Pack | None", only: Collection[str] = ()) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Column, Table

    from haetae.law.outline import outline

    console = Console()
    console.print(f"{found.name_en} on {day}. Read up to {found.version}; days are counted in {found.zone}.")
    for section in outline(found, on=day, home=home):
        if only and section.title not in only:
            continue
        table = Table(
            Column("What", ratio=4, overflow="fold"),
            Column("How much, by when", ratio=3, overflow="fold"),
            Column("Where it stands", ratio=3, overflow="fold"),
            title=section.title,
            title_justify="left",
            expand=True,
            show_lines=True,
        )
        for row in section.rows:
            where = [row.article_en or row.fact.source.title_en, row.days]
            where += [] if row.fact.verified else ["NOT CHECKED"]
            said = (row.what_en, row.much, "\n".join(line for line in where if line))
            table.add_row(*(escape(text) for text in said))
        console.print(table)
    for gap in () if only else found.gaps:
        console.print(f"Missing ({gap.about}): {escape(gap.words_en)}")
