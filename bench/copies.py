"""`python -m bench.copies`: how many copies that a viewer takes for the same picture are within 31 bits, by kind."""

import json
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from bench import processor
from bench.copy_kinds import KINDS, original, saved
from bench.peers.ask import MISSING, Peers
from haetae.detect import Bank, KnownHash, OpenerPool, Tier, Undecodable
from haetae.detect.hashing.fingerprints import fingerprints_of
from haetae.detect.matching import HashMatch
from haetae.detect.matching.distance import distance_bits

WITHIN_BITS: Final = 31
PICTURES: Final = 30
Looked = Callable[[bytes], HashMatch | None]


def measure(
    *,
    pictures: Annotated[int, typer.Option(min=3, help="How many pictures are made.")] = PICTURES,
    seed: Annotated[int, typer.Option(help="Decides the pictures.")] = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Six pictures.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Copy made pictures in two dozen ways; ours is the best variant, turn and recipe, theirs hash_from_bytes.

    Exit 0: no kind of copy is found less often than by threatexchange; 1: one is; 2: it could not start.
    """
    count = 6 if quick else pictures
    report: dict[str, Any] = {"machine": processor.machine(), "pictures": count, "seed": seed}
    made = [original(seed + number) for number in range(count)]
    try:
        with OpenerPool(size=1) as openers:
            try:
                with Peers() as peers:
                    report |= {"peers": "threatexchange", "by_kind": _by_kind(made, openers, peers)}
            except FileNotFoundError:
                report |= {"peers": None, "sentence": MISSING, "by_kind": _by_kind(made, openers, None)}
    except Undecodable as problem:
        Console(stderr=True).print(f"An original could not be opened: {problem.why}.")
        raise typer.Exit(2) from None
    report["behind"] = [
        kind for kind, shares in report["by_kind"].items() if shares["ours"] < shares.get("threatexchange", 0)
    ]
    report["ok"] = not report["behind"]
    if as_json:
        typer.echo(json.dumps(report))
    else:
        _print(report, Console())
    raise typer.Exit(0 if report["ok"] else 1)


def _by_kind(made: list[Any], openers: OpenerPool, peers: Peers | None) -> dict[str, dict[str, float]]:
    banks = [_bank(saved(picture), openers) for picture in made]
    theirs = [peers.threatexchange(saved(picture)).pdq if peers else "" for picture in made]
    found = {}
    for kind, copy in KINDS.items():
        copies = [copy(picture) for picture in made]
        matches = [_match(data, bank, openers) for data, bank in zip(copies, banks, strict=True)]
        shares = {
            "ours": _share([match is not None for match in matches]),
            "ours_confirmed": _share([match is not None and match.confirmed for match in matches]),
        }
        if peers is not None:
            hashes = [peers.threatexchange(data).pdq for data in copies]
            near = [
                bool(one and known) and distance_bits(one, known) <= WITHIN_BITS
                for one, known in zip(hashes, theirs, strict=True)
            ]
            shares["threatexchange"] = _share(near)
        found[kind] = shares
    return found


def _bank(data: bytes, openers: OpenerPool) -> Bank:
    """The picture as a list holds it: upright, whole, in both families. No SHA-256: that would find nothing new."""
    opened = openers.open(data)
    whole = fingerprints_of(frames=opened.frames, sha256="0" * 64).perceptual[0]
    return Bank(
        [
            KnownHash(
                entry_id="it", list_name="bench", tier=Tier.SELF_DECLARED, pdq=whole.pdq, dhash=whole.dhash
            )
        ]
    )


def _match(data: bytes, bank: Bank, openers: OpenerPool) -> HashMatch | None:
    """None also where the copy could not be opened, which counts against us."""
    try:
        frames = openers.open(data).frames
    except Undecodable:
        return None
    return next(iter(bank.match(fingerprints_of(frames=frames, sha256="f" * 64))), None)


def _share(found: list[bool]) -> float:
    return round(sum(found) / len(found), 3)


def _print(report: dict[str, Any], console: Console) -> None:
    console.print(report["machine"])
    table = Table("copy", "ours", "ours, both families", "threatexchange")
    for kind, shares in report["by_kind"].items():
        theirs = shares.get("threatexchange", "-")
        table.add_row(kind, str(shares["ours"]), str(shares["ours_confirmed"]), str(theirs))
    console.print(table)
    if report["peers"] is None:
        console.print(report["sentence"])
    if report["behind"]:
        console.print(f"Found less often than by threatexchange: {', '.join(report['behind'])}.")


if __name__ == "__main__":
    typer.run(measure)
