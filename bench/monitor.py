"""`python -m bench.monitor`: a web of many pages is gone over, and what was planted there is to be found."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from bench import processor
from bench.watched.memory import Memory
from bench.watched.web import FEED, SITEMAP, Web

_DEPTH: Final = 12
_AT_ONCE: Final = 16
_STRANGERS_TO_PLANTED: Final = 2


def measure(  # noqa: PLR0913 - each is one option of the command
    *,
    pages: Annotated[int, typer.Option(min=100, help="How many pages the web has.")] = 50_000,
    planted: Annotated[int, typer.Option(min=1, help="How many of them show an edited copy.")] = 500,
    hosts: Annotated[int, typer.Option(min=10, max=2_000, help="Over how many hosts they lie.")] = 500,
    seed: Annotated[int, typer.Option(help="Decides the web, the copies and where they are.")] = 1,
    peer: Annotated[bool, typer.Option(help="Go over the same web with plain Scrapy, too.")] = True,
    posts: Annotated[
        int, typer.Option(min=0, help="New posts on watched pages, timed until a request is sent; 0: none.")
    ] = 20,
    every_s: Annotated[float, typer.Option("--every", help="How often a watched page is visited.")] = 30.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")] = False,
) -> None:
    """Make a web on loopback, go over it with the engine, examine every picture that it names, and count.

    Exit 0: every planted copy's address was found, the canary was asked nothing, and no stranger's picture would be
    removed; 1: not so; 2: it could not start.
    """
    told = Console(stderr=True)
    report: dict[str, Any] = {"machine": processor.machine(), "seed": seed}
    _ready_django()
    with tempfile.TemporaryDirectory(prefix="haetae-bench-") as folder:
        report |= _crawled(
            Web(
                pages=pages,
                hosts=hosts,
                planted=planted,
                strangers=_STRANGERS_TO_PLANTED * planted,
                seed=seed,
                port=0,
                canary_port=0,
            ),
            Path(folder),
            told,
            peer=peer,
        )
    report["ok"] = (
        report["found"]["addresses_of_planted"] == planted
        and report["canary_asked"] == 0
        and report["found"]["strangers_taken_for_known"] == 0
    )
    if posts:
        told.print(f"{posts} new posts on watched pages ...")
        report["new_posts"] = _posts(posts, every_s=every_s, seed=seed)
        report["ok"] = report["ok"] and report["new_posts"]["requested"] == posts
    typer.echo(json.dumps(report) if as_json else json.dumps(report, indent=2))
    raise typer.Exit(0 if report["ok"] else 1)


def _ready_django() -> None:
    """The engine says who we are, which is a setting; no database is needed."""
    import os  # noqa: PLC0415 - before anything of Django's

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    import django  # noqa: PLC0415

    django.setup()


def _crawled(planned: Web, folder: Path, told: Console, *, peer: bool) -> dict[str, Any]:
    from bench.watched import pictures  # noqa: PLC0415 - Django is ready only now

    told.print(f"{planned.planted} copies and {planned.strangers} strangers ...")
    bank, edits = pictures.made(
        folder, planted=planned.planted, strangers=planned.strangers, seed=planned.seed
    )
    with _served(planned, folder) as web:
        told.print(f"going over {web.pages} pages of {web.hosts} hosts ...")
        report, found = _gone_over(web)
        told.print(f"{json.dumps(report)}\nexamining {len(found)} pictures ...")
        report["found"] = _examined(web, found, bank=bank, edits=edits)
        canary = folder / "canary"
        report["canary_asked"] = len(canary.read_bytes().splitlines()) if canary.exists() else 0
        told.print(json.dumps({"found": report["found"], "canary_asked": report["canary_asked"]}))
        if peer:
            told.print("the same with plain Scrapy ...")
            report["peer"] = {"name": "Scrapy with its own handler and selectors"} | _peer(web)
    return report


@contextmanager
def _served(web: Web, folder: Path) -> Iterator[Web]:
    """The web in a process of its own, with the ports that it got."""
    process = subprocess.Popen(  # noqa: S603 - every argument is our own
        [sys.executable, "-m", "bench.watched.server", json.dumps(asdict(web)), str(folder)],
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield replace(web, **json.loads(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()


def _gone_over(web: Web) -> tuple[dict[str, Any], dict[str, str]]:
    from bench.watched.frontier import InMemory  # noqa: PLC0415
    from haetae.common.outbound import Origin  # noqa: PLC0415
    from haetae.connectors.crawling.base import PlaceKind, Politeness  # noqa: PLC0415
    from haetae.connectors.crawling.engine import crawl  # noqa: PLC0415

    kinds = {FEED: PlaceKind.FEED, SITEMAP: PlaceKind.SITEMAP}
    origins = frozenset(Origin.parse(web.origin(host)) for host in range(web.hosts))
    frontier = InMemory(follow_depth=_DEPTH)
    for host in range(web.hosts):
        frontier.add(web.first_page(host), kind=kinds.get(host % 10, PlaceKind.PAGE))
    used_s, started_at_s, busy_s = _used_s(), time.monotonic(), processor.busy_s()
    with Memory(pages=lambda: frontier.pages) as memory:
        totals = crawl(
            frontier, politeness=Politeness(pause_s=0.0, at_once=_AT_ONCE), origins=lambda: origins
        )
    wall_s, spent_s = time.monotonic() - started_at_s, _used_s() - used_s
    wanted = sum(web.pages_of(host) for host in range(web.hosts))
    report = {
        "web": {"pages": wanted, "hosts": web.hosts, "planted": web.planted, "strangers": web.strangers},
        "crawl": {
            "seen": totals.seen,
            "missed": dict(totals.by_reason),
            "mib_read": round(totals.bytes_read / 2**20, 1),
            "wall_s": round(wall_s, 1),
            "processor_s": round(spent_s, 1),
            "pages_per_s_of_wall": round(totals.seen / wall_s, 1),
            "pages_per_s_per_core": round(totals.seen / spent_s, 1),
            "cores_busy_with_others": round((processor.busy_s() - busy_s - spent_s) / wall_s, 2),
        },
        "memory": memory.report(),
    }
    return report, frontier.pictures


def _used_s() -> float:
    """Processor seconds of this process and of its children that have ended: the readers are among them."""
    own, ended = (resource.getrusage(which) for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def _examined(web: Web, found: dict[str, str], *, bank: Any, edits: list[str]) -> dict[str, Any]:
    """Fetch every address that was found as a picture through the door, and examine it as the house does."""
    from bench.watched import pictures  # noqa: PLC0415
    from haetae.common.outbound import NetworkFailure, Origin, RefusedByRule, fetch  # noqa: PLC0415
    from haetae.detect import OpenerPool  # noqa: PLC0415

    origins = frozenset(Origin.parse(web.origin(host)) for host in range(web.hosts))
    number_at = {web.picture_url(number): number for number in range(web.planted + web.strangers)}
    planted = {url for url, number in number_at.items() if number < web.planted}
    hits: set[int] = set()
    with OpenerPool(size=1) as openers:
        for url in found:
            try:
                data = fetch(url, allowed_origins=origins).body
            except (NetworkFailure, RefusedByRule):
                continue
            if url in number_at and pictures.asks_for_removal(data, bank=bank, openers=openers):
                hits.add(number_at[url])
    missed = Counter(edit for number, edit in enumerate(edits) if number not in hits)
    named = len(planted & found.keys())
    asked = sum(1 for number in hits if number < web.planted)
    return {
        "addresses_of_planted": named,
        "recall_of_addresses": round(named / web.planted, 4),
        "would_be_requested": asked,
        "recall_until_the_request": round(asked / web.planted, 4),
        "not_requested_by_edit": dict(missed),
        "strangers_taken_for_known": len(hits) - asked,
        "edits": list(pictures.EDITS),
    }


def _peer(web: Web) -> dict[str, Any]:
    starts = [web.first_page(host) for host in range(web.hosts)]
    done = subprocess.run(  # noqa: S603 - every argument is our own
        [sys.executable, "-m", "bench.watched.peer", str(_AT_ONCE), str(_DEPTH)],
        input=json.dumps(starts).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    facts: dict[str, Any] = json.loads(done.stdout)
    facts["pages_per_s_per_core"] = round(facts["pages"] / facts["processor_s"], 1)
    return facts


def _posts(count: int, *, every_s: float, seed: int) -> dict[str, Any]:
    """In a process of its own, because a whole house runs there with settings of its own."""
    done = subprocess.run(  # noqa: S603 - every argument is our own
        [sys.executable, "-m", "bench.watched.posts", str(count), str(every_s), str(seed)],
        stdout=subprocess.PIPE,
        check=True,
    )
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


if __name__ == "__main__":
    typer.run(measure)
