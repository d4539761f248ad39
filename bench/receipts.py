"""`python -m bench.receipts`: what a receipt costs, whether a wrong one takes as long, and a storm of guesses."""

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from bench import processor
from bench.scratch import database_in_scratch
from haetae.common.keys import KeysBusyError
from haetae.running.installation import Installation
from haetae.running.supervisor import Supervisor

_GUESSERS: Final = 48
# Between the fastest of each kind: medians tell more of what else this machine does.
_DIFFERENCE_AT_MOST_MS: Final = 3.0
_REPORT_AT_MOST_MS: Final = 2_000.0


def measure(
    *,
    tries: Annotated[int, typer.Option(help="Of each kind, one after the other in turn.")] = 100,
    storm_s: Annotated[float, typer.Option(help="How long the storm of guesses lasts.")] = 10.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Exit 0: right, unknown and unreadable receipts take equally long, and reports go on during a storm; 1: not so."""
    with database_in_scratch() as here, _key_service(here):
        takes = _takes(tries)
        storm = _storm(storm_s)
    fastest = [one["fastest_ms"] for one in takes.values()]
    report: dict[str, Any] = {"machine": processor.machine(), "takes": takes, "storm": storm}
    report["difference_ms"] = round(max(fastest) - min(fastest), 2)
    report["ok"] = (
        report["difference_ms"] <= _DIFFERENCE_AT_MOST_MS
        and storm["reports"]["slowest_ms"] <= _REPORT_AT_MOST_MS
        and storm["busy"] > 0
    )
    if as_json:
        typer.echo(json.dumps(report))
    else:
        Console().print_json(data=report)
    raise typer.Exit(0 if report["ok"] else 1)


@contextmanager
def _key_service(here: Installation) -> Iterator[None]:
    """A process of its own, and our own keys are asked of it."""
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now

    from haetae.common.keys import ServedKeys  # noqa: PLC0415
    from haetae.running.whole import KEY_SERVICE_SOCKET, with_keys_served  # noqa: PLC0415

    with Supervisor(logs=here.home / "logs") as supervisor:
        with_keys_served(here, supervisor)
        settings.KEYS = ServedKeys(path=here.home / KEY_SERVICE_SOCKET)
        yield


def _takes(tries: int) -> dict[str, dict[str, float]]:
    """In turn, so that whatever else the machine does meets all of them alike."""
    from haetae.agencies.support import receipt  # noqa: PLC0415
    from haetae.agencies.support.actions import open_case  # noqa: PLC0415
    from haetae.agencies.support.queries import case_of_receipt  # noqa: PLC0415
    from haetae.agencies.support.rules import Told  # noqa: PLC0415
    from haetae.agencies.support.states import Text  # noqa: PLC0415

    right = receipt.draw()
    open_case(receipt=right, told=Told(texts={Text.STORY: "a pattern of stripes"}))
    kinds: dict[str, Callable[[], bytes | None]] = {
        "right": lambda: right,
        "unknown": receipt.draw,
        "unreadable": lambda: None,
    }
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(tries):
        for name, drawn in kinds.items():
            bits = drawn()
            began_s = time.perf_counter()
            assert (case_of_receipt(bits) is not None) == (name == "right")
            times[name].append((time.perf_counter() - began_s) * 1_000)
    return {name: _figures(taken) for name, taken in times.items()}


def _storm(storm_s: float) -> dict[str, Any]:
    """Many guess as fast as they can; beside them somebody reports, again and again."""
    from django.conf import settings  # noqa: PLC0415

    end_s, lock, counted = time.monotonic() + storm_s, threading.Lock(), {"answered": 0, "busy": 0}

    def guess() -> None:
        while time.monotonic() < end_s:
            try:
                settings.KEYS.stretch_receipt(secrets.token_bytes(10), is_guess=True)
                outcome = "answered"
            except KeysBusyError:
                outcome = "busy"
                time.sleep(0.05)  # a page that says so, and another try
            with lock:
                counted[outcome] += 1

    threads = [threading.Thread(target=guess) for _ in range(_GUESSERS)]
    for thread in threads:
        thread.start()
    taken = []
    while time.monotonic() < end_s:
        began_s = time.perf_counter()
        settings.KEYS.stretch_receipt(secrets.token_bytes(10))
        taken.append((time.perf_counter() - began_s) * 1_000)
    for thread in threads:
        thread.join()
    return {
        "guessers": _GUESSERS,
        "guesses_answered_per_s": round(counted["answered"] / storm_s, 1),
        "busy": counted["busy"],
        "reports": _figures(taken),
    }


def _figures(taken_ms: list[float]) -> dict[str, float]:
    ordered = sorted(taken_ms)
    return {
        "tries": len(ordered),
        "fastest_ms": round(ordered[0], 2),
        "median_ms": round(median(ordered), 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 2),
        "slowest_ms": round(ordered[-1], 2),
    }


if __name__ == "__main__":
    typer.run(measure)
