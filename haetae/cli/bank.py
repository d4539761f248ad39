"""`haetae bank ...`: what is known, from the command line. Every command can answer in JSON."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

bank = typer.Typer(help="Known pictures: add, withdraw, match, import, export, count.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Pictures or films; only their hashes are kept.", show_default=False),
]
ListName = Annotated[str, typer.Option("--list", help="Name of the list; made when there is none.")]
Tier = Annotated[
    int,
    typer.Option(
        min=1, max=4, help="1 self-declared, 2 counsellor-checked, 3 operator-confirmed, 4 decided."
    ),
]
CheckedBy = Annotated[
    str, typer.Option(help="User name of the official who has checked it; needed above tier 1.")
]
Hash = Annotated[str, typer.Option(help="Hex digits in lower case, instead of a file.")]


@bank.command()
def add(  # noqa: PLR0913 - one for each thing that can be said of an entry
    files: Files = None,
    *,
    list_name: ListName = "own",
    tier: Tier = 1,
    checked_by: CheckedBy = "",
    benign: Annotated[
        bool, typer.Option("--benign", help="A list of harmless pictures, which protects.")
    ] = False,
    pdq: Hash = "",
    dhash: Hash = "",
    sha256: Hash = "",
    md5: Hash = "",
    as_json: AsJson = False,
) -> None:
    """Make pictures known, by file or by hash. All of them, or none."""
    with _bank_rooms() as banking:
        entries = banking.entries_of(
            files or [], hashes={"pdq": pdq, "dhash": dhash, "sha256": sha256, "md5": md5}, tier=tier
        )
        known = banking.add(entries, list_name=list_name, benign=benign, checked_by=checked_by)
    _say(
        as_json,
        {"list": list_name, "entries": known},
        [f"{entry_id} is known on {list_name}" for entry_id in known],
    )


@bank.command()
def withdraw(
    entry_ids: Annotated[list[str], typer.Argument(help="Ids of entries.")], *, as_json: AsJson = False
) -> None:
    """Match these entries no more, from the next look on. They stay as tombstones."""
    with _bank_rooms() as banking:
        gone = banking.withdraw(entry_ids)
    _say(as_json, {"withdrawn": gone}, [f"{entry_id} is matched no more" for entry_id in gone])


@bank.command()
def match(
    files: Files = None,
    *,
    pdq: Hash = "",
    dhash: Hash = "",
    sha256: Hash = "",
    md5: Hash = "",
    as_json: AsJson = False,
) -> None:
    """Say which entries a file or a hash matches, and what would follow. Exit 0 whether or not there are any."""
    with _bank_rooms() as banking:
        hashes = {"pdq": pdq, "dhash": dhash, "sha256": sha256, "md5": md5}
        found = banking.matches(files or [], hashes=hashes)
    lines = [f"{one['of']}: {one['decision']}; {_in_words(one['matches'])}" for one in found]
    _say(as_json, {"results": found}, lines)


@bank.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="One JSON object per line, as `haetae bank export` writes them.")
    ],
    *,
    list_name: ListName = "own",
    checked_by: CheckedBy = "",
    as_json: AsJson = False,
) -> None:
    """Take in a file of hashes: every line of it, or none."""
    with _bank_rooms() as banking:
        count = banking.take_in(file, list_name=list_name, checked_by=checked_by)
    _say(as_json, {"list": list_name, "imported": count}, [f"{count} entries are known on {list_name}"])


@bank.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="A new file; without one the lines are printed.")
    ] = None,
    *,
    list_name: Annotated[str, typer.Option("--list", help="Only this list.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write what is matched now, one JSON object per line. Keep it like a key: it says what is being looked for."""
    with _bank_rooms() as banking:
        if file is None:
            for line in banking.lines(list_name):
                typer.echo(line)
            return
        count = banking.write(file, list_name=list_name)
    _say(as_json, {"exported": count, "file": str(file)}, [f"{count} entries are in {file}"])


@bank.command()
def stats(*, as_json: AsJson = False) -> None:
    """Count what is known, list by list, and say how far the prepared part has come."""
    with _bank_rooms() as banking:
        facts = banking.stats()
    lines = [f"version {facts['version']}, prepared up to {facts['prepared_version']}, {facts['tail']} newer"]
    lines += [
        f"{one['name']}: {one['matched']} matched, {one['withdrawn']} withdrawn" for one in facts["lists"]
    ]
    _say(as_json, facts, lines)


def _in_words(matches: list[dict[str, Any]]) -> str:
    parts = (f"{one['entry_id']} ({one['list_name']}, {one['distance_bits']} bits)" for one in matches)
    return ", ".join(parts) or "nothing known"


@contextmanager
def _bank_rooms() -> Iterator[Any]:
    """The rooms behind the commands, with Django ready. What cannot be done is one sentence and exit 2."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.running import banking

        try:
            yield banking
        except banking.CannotDoError as problem:
            typer.echo(str(problem), err=True)
            sys.exit(2)


def _say(as_json: bool, facts: dict[str, Any], lines: list[str]) -> None:  # noqa: FBT001 - a flag of the command
    typer.echo(json.dumps(facts, ensure_ascii=False) if as_json else "\n".join(lines))
