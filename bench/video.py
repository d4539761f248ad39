"""`python -m bench.video`: what it costs to hash every frame of a film, beside decoding it and doing nothing else."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import av
import psutil
import typer
from rich.console import Console
from rich.table import Table

from bench import moving, processor
from haetae.detect import Limits, OpenerPool
from haetae.detect.hashing.series import Series
from haetae.detect.opening.every_frame import Watching
from haetae.detect.opening.facts import Undecodable
from haetae.detect.opening.film import opened, picture_stream

TARGET_SHARE = 0.95
_LIMITS = Limits()
_NO_PEER = "vpdq is not in the environment of the peers, so nothing is measured beside it."


@dataclass(frozen=True, kw_only=True)
class Film:
    name: str
    data: bytes
    frames: int


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Seconds of processor and of the clock, and how many frames were had for them."""

    cpu_s: float
    wall_s: float
    frames: int


def measure(
    *,
    quick: Annotated[bool, typer.Option(help="Short films and few rounds: a check, no figures.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Decode made films alone, with every frame hashed in one process, and through the isolated opener, in turns.

    Exit 0: every frame was hashed each time; 1: one was not; 2: it could not start.
    """
    told = Console(stderr=True)
    try:
        report = _measured(told, frames=90 if quick else 600, rounds=2 if quick else 5)
    except (Undecodable, av.error.FFmpegError) as problem:
        told.print(f"It could not start: {problem}")
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(report))
    else:
        _print(report, Console())
    raise typer.Exit(0 if report["ok"] else 1)


def _measured(told: Console, *, frames: int, rounds: int) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    with OpenerPool() as openers:
        for film in _films(frames):
            told.print(f"{film.name}: {rounds} rounds of {film.frames} frames ...")
            _each_way(film, openers=openers)  # so that every kernel and every opener is warm
            figures[film.name] = _figures(film, [_each_way(film, openers=openers) for _ in range(rounds)])
    return {
        "ok": all(one["every_frame_hashed"] for one in figures.values()),
        "what": "frames a second: of processor time of all processes together, and of the clock",
        "machine": processor.machine(),
        "target_share_of_decoding": TARGET_SHARE,
        "films": figures,
        "peers": None,
        "peers_said": _NO_PEER,
    }


def _films(frames: int) -> Iterator[Film]:
    for name, width, height, bit_rate in (
        ("480x720", 480, 720, 1_500_000),
        ("1920x1080", 1920, 1080, 5_000_000),
    ):
        data = moving.panned("coffee", width=width, height=height, frames=frames, bit_rate=bit_rate)
        yield Film(name=name, data=data, frames=frames)


def _each_way(film: Film, *, openers: OpenerPool) -> dict[str, Cost]:
    """One after the other within a second or so, so that whatever else the machine does hits all alike."""
    return {
        "decoding_alone": _cost(lambda: _decoded(film.data)),
        "hashed_in_one_process": _cost(lambda: _hashed(film.data)),
        "hashed_through_the_opener": _cost(lambda: _watched(film.data, openers=openers), openers=openers),
        "keyframes_of_the_sample": _cost(lambda: _sampled(film, openers=openers), openers=openers),
    }


def _cost(work: Callable[[], int], *, openers: OpenerPool | None = None) -> Cost:
    wall_s, cpu_s = time.perf_counter(), _cpu_s(openers)
    frames = work()
    return Cost(cpu_s=_cpu_s(openers) - cpu_s, wall_s=time.perf_counter() - wall_s, frames=frames)


def _cpu_s(openers: OpenerPool | None) -> float:
    """Of this process, and of the openers, whose clock ticks in hundredths of a second."""
    children = [psutil.Process(number).cpu_times() for number in (openers.process_ids() if openers else ())]
    return time.process_time() + sum(float(one.user + one.system) for one in children)


def _decoded(data: bytes) -> int:
    """As the opener decodes: one thread, every frame, and nothing done with it."""
    with opened(data, container="mov", limits=_LIMITS) as container:
        return sum(1 for _ in container.decode(picture_stream(container)))


def _hashed(data: bytes) -> int:
    series = Series()
    for frame in Watching(limits=_LIMITS).frames(data):
        series.add(frame)
    return series.frames


def _watched(data: bytes, *, openers: OpenerPool) -> int:
    series = Series()
    openers.watch(data, show=series.add)
    return series.frames


def _sampled(film: Film, *, openers: OpenerPool) -> int:
    """Opened, not hashed; the frames are those that the sample stands for."""
    openers.open(film.data)
    return film.frames


def _figures(film: Film, rounds: list[dict[str, Cost]]) -> dict[str, Any]:
    ways = {
        way: {
            "frames_per_cpu_s": round(statistics.median(one[way].frames / one[way].cpu_s for one in rounds)),
            "frames_per_s": round(statistics.median(one[way].frames / one[way].wall_s for one in rounds)),
        }
        for way in rounds[0]
    }
    shares = {
        way: {
            "of_processor_time": _share(rounds, way, lambda cost: cost.cpu_s),
            "of_the_clock": _share(rounds, way, lambda cost: cost.wall_s),
        }
        for way in ("hashed_in_one_process", "hashed_through_the_opener")
    }
    series = Series()
    for frame in Watching(limits=_LIMITS).frames(film.data):
        series.add(frame)
    return {
        "frames": film.frames,
        "megabytes": round(len(film.data) / 1e6, 2),
        "every_frame_hashed": all(cost.frames == film.frames for one in rounds for cost in one.values()),
        "stretches": len(series.stretches),
        "ways": ways,
        "share_of_the_speed_of_decoding": shares,
    }


def _share(rounds: list[dict[str, Cost]], way: str, of: Callable[[Cost], float]) -> float:
    """Within each round, then the median: 0.95 means that hashing makes it 5 % slower."""
    return round(statistics.median(of(one["decoding_alone"]) / of(one[way]) for one in rounds), 3)


def _print(report: dict[str, Any], console: Console) -> None:
    machine = report["machine"]
    console.print(f"{machine['cores']} cores, {machine['processor']}, Python {machine['python']}")
    for name, film in report["films"].items():
        console.print(f"\n{name}: {film['frames']} frames, {film['stretches']} stretches kept")
        table = Table("way", "frames / CPU s", "frames / s", "share by CPU", "share by clock")
        for way, speed in film["ways"].items():
            share = film["share_of_the_speed_of_decoding"].get(way, {})
            row = (*speed.values(), share.get("of_processor_time", ""), share.get("of_the_clock", ""))
            table.add_row(way.replace("_", " "), *(str(value) for value in row))
        console.print(table)
    console.print(report["peers_said"])


if __name__ == "__main__":
    typer.run(measure)
