"""`python -m bench.service`: the scan service over real HTTP, its processes on one core, the asker on another."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, count
from typing import Annotated, Any, Final

import psutil
import typer
from rich.console import Console

from bench import processor
from bench.hash import jpeg
from bench.scratch import database_in_scratch
from bench.timing import percentile

AT_LEAST: Final = {"media_1mp_a_second": 200, "lookup_over_empty_page": 0.6, "hashes_a_second": 10_000}
_BATCH: Final = 1_000
_JSON: Final = {"Content-Type": "application/json"}
EMPTY_PAGE: Final = "/empty"
Ask = Callable[..., bytes]
Step = Callable[[Ask, int], bytes]


def measure(
    *,
    known: Annotated[int, typer.Option(min=1, help="How many hashes are known.")] = 100_000,
    seconds: Annotated[float, typer.Option(min=0.5, help="How long each is asked.")] = 8.0,
    connections: Annotated[int, typer.Option(min=1, help="How many ask at the same time.")] = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Ten thousand hashes, two seconds each.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask one web process on one core over connections that stay: an empty page, hashes, batches, files.

    Exit 0: the aims hold; 1: one does not; 2: it could not start.
    """
    known, seconds = (10_000, 2.0) if quick else (known, seconds)
    with database_in_scratch() as here, _service(here.environment(), known=known) as (port, process, key):
        figures = _measured(port, process, key, seconds=seconds, connections=connections)
    # By processor time, as the peer's figures are; the clock also counts what else the machine does.
    of_a_core = {name: one["a_cpu_second"] for name, one in figures.items()}
    figures["lookup_over_empty_page"] = round(of_a_core["lookup"] / of_a_core["empty_page"], 2)
    figures["hashes_a_second"] = round(of_a_core["batch"] * _BATCH)
    figures["media_1mp_a_second"] = of_a_core["media_1mp"]
    report = {"machine": processor.machine(), "known": known, "connections": connections, **figures}
    report["missed"] = [
        f"{name}: {figures[name]} of {least}" for name, least in AT_LEAST.items() if figures[name] < least
    ]
    report["ok"] = not report["missed"]
    if as_json:
        typer.echo(json.dumps(report))
    else:
        Console().print_json(data=report)
    raise typer.Exit(0 if report["ok"] else 1)


@contextmanager
def _service(environment: dict[str, str], *, known: int) -> Iterator[tuple[int, psutil.Process, str]]:
    from bench.many_hashes import fill  # noqa: PLC0415 - Django is ready now
    from haetae.accounts import actions  # noqa: PLC0415
    from haetae.accounts.models import KeyScope  # noqa: PLC0415
    from haetae.audit.actor import SYSTEM  # noqa: PLC0415
    from haetae.hashbank import bases  # noqa: PLC0415

    fill(known)
    bases.make(bases.folder())
    board = actions.register_operator(
        name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM
    )
    key = actions.issue_api_key(holder=board, scope=KeyScope.SCAN, per_minute=2_000_000_000, actor=SYSTEM)
    cores = sorted(os.sched_getaffinity(0))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    granian = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command = [
        sys.executable,
        *granian,
        "--blocking-threads",
        "8",
        "--log-level",
        "error",
        "bench.empty_page:application",
    ]
    os.sched_setaffinity(0, {cores[0]})  # what is started now stays there
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - ours
    os.sched_setaffinity(0, {cores[-1]})
    try:
        _wait_for(port)
        yield port, psutil.Process(server.pid), key
    finally:
        os.sched_setaffinity(0, set(cores))
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(2)


def _measured(
    port: int, process: psutil.Process, key: str, *, seconds: float, connections: int
) -> dict[str, Any]:
    from bench.many_hashes import drawn  # noqa: PLC0415

    numbers = iter(range(10**9))

    def batch() -> bytes:
        hashes = [{"pdq": drawn(next(numbers)), "dhash": drawn(next(numbers))} for _ in range(_BATCH)]
        return json.dumps({"hashes": hashes}).encode()

    batches = [batch() for _ in range(20)]
    files = {size: jpeg(size, seed=1) for size in (1, 12)}
    as_jpeg = {"Content-Type": "image/jpeg"}
    steps: dict[str, Step] = {
        "empty_page": lambda ask, _: ask("GET", EMPTY_PAGE),
        "lookup": lambda ask, n: ask("GET", f"/api/v1/hash/pdq/{drawn(n)}"),
        "batch": lambda ask, n: ask("POST", "/api/v1/hashes", batches[n % len(batches)], **_JSON),
        "media_1mp": lambda ask, _: ask("POST", "/api/v1/media", files[1], **as_jpeg),
        "media_12mp": lambda ask, _: ask("POST", "/api/v1/media", files[12], **as_jpeg),
    }
    asking = [_connected(port, key) for _ in range(connections)]
    return {name: _asked(step, asking, process, seconds=seconds) for name, step in steps.items()}


def _connected(port: int, key: str) -> Ask:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    authorised = {"Authorization": f"Bearer {key}"}

    def ask(method: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
        connection.request(method, path, body=body, headers={**authorised, **headers})
        answer = connection.getresponse()
        read = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {read[:200]!r}")
        return read

    return ask


def _asked(step: Step, asking: list[Ask], process: psutil.Process, *, seconds: float) -> dict[str, Any]:
    """Ask over every connection at once, each as soon as it has its answer."""
    _ask_for(0.3, step, asking)
    used_s, began_s = _used_s(process), time.monotonic()
    times_ms = _ask_for(seconds, step, asking)
    spent_s, used_s = time.monotonic() - began_s, _used_s(process) - used_s
    return {
        "a_second": round(len(times_ms) / spent_s, 1),
        "cpu_ms": round(1000 * used_s / len(times_ms), 2),
        "a_cpu_second": round(len(times_ms) / used_s, 1),
        "p50_ms": round(percentile(times_ms, 50), 2),
        "p99_ms": round(percentile(times_ms, 99), 2),
    }


def _ask_for(seconds: float, step: Step, asking: list[Ask]) -> list[float]:
    """How long each question took, in ms."""
    end_s, numbers = time.monotonic() + seconds, count()

    def ask_on(ask: Ask) -> list[float]:
        times_ms = []
        while time.monotonic() < end_s:
            one_s = time.perf_counter()
            step(ask, next(numbers))
            times_ms.append(1000 * (time.perf_counter() - one_s))
        return times_ms

    with ThreadPoolExecutor(len(asking)) as threads:
        return list(chain.from_iterable(threads.map(ask_on, asking)))


def _used_s(process: psutil.Process) -> float:
    """Processor seconds of the web process and of everything that it has started, openers that ended included."""
    times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    return float(sum(sum(one[:4]) for one in times))  # its own, and those of children it has buried


if __name__ == "__main__":
    typer.run(measure)
