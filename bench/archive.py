"""`python -m bench.archive`: an archive scanned by plain processes and by Ray, one after the other, on one machine.

It needs the extra haetae[ray]. Processor time and memory are those of the command and all its descendants.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import psutil
import typer
from PIL import Image
from rich.console import Console

_SCAN: Final = "import typer; from haetae.cli.scan import scan; typer.run(scan)"
_GLANCE_S: Final = 0.2


def measure(
    *,
    files: Annotated[int, typer.Option(min=1, help="Pictures, JPEG.")] = 2_000,
    side_px: Annotated[int, typer.Option(min=64, help="Of each, width and height.")] = 1_000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that examine.")] = 2,
    seed: Annotated[int, typer.Option(help="The same seed makes the same pictures.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Exit 0: both wrote the same report; 1: they did not, or one ended badly."""
    with tempfile.TemporaryDirectory(prefix="haetae-bench-") as scratch:
        archive = _archive(Path(scratch) / "archive", files=files, side_px=side_px, seed=seed)
        ways: dict[str, list[str]] = {"processes": [], "ray": ["--ray"]}
        report: dict[str, Any] = {"files": files, "side_px": side_px, "workers": workers}
        for name, options in ways.items():
            out = Path(scratch) / name
            report[name] = _scanned(archive, out, *options, "--workers", str(workers), files=files)
        parts = [_parts(Path(scratch) / name) for name in ways]
        report["same_report"] = bool(parts[0]) and parts[0] == parts[1]
    if as_json:
        typer.echo(json.dumps(report))
    else:
        Console().print_json(data=report)
    raise typer.Exit(0 if report["same_report"] else 1)


def _archive(folder: Path, *, files: int, side_px: int, seed: int) -> Path:
    """Waves of many sizes with a little noise, so that a JPEG of them weighs what one of a photograph does."""
    folder.mkdir()
    draw = np.random.default_rng(seed)
    across = np.arange(side_px, dtype=np.float32)
    for number in range(files):
        steps = draw.uniform(0.01, 0.12, size=4)
        waves = np.sin(across[:, None] * steps[0] + np.sin(across[None, :] * steps[1]) * 3)
        waves = waves + np.sin(across[None, :] * steps[2] + across[:, None] * steps[3])
        noise = draw.normal(0, 4, size=(side_px, side_px))
        grey = np.clip(128 + 55 * waves + noise, 0, 255).astype(np.uint8)
        colours = np.stack([grey, np.roll(grey, 9, 0), 255 - grey], axis=2)
        Image.fromarray(colours).save(folder / f"{number:06}.jpg", quality=88)
    return folder


def _scanned(archive: Path, out: Path, *options: str, files: int) -> dict[str, Any]:
    command = [
        sys.executable,
        "-c",
        _SCAN,
        "--report",
        str(out),
        *options,
        "--files-per-part",
        "100",
        str(archive),
    ]
    began_s = time.perf_counter()
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    watch = _Watch(started.pid)
    first_s = None
    while started.poll() is None:
        if first_s is None and next(out.glob("part-*"), None):
            first_s = time.perf_counter() - began_s
        time.sleep(0.02)
    wall_s = time.perf_counter() - began_s
    watch.stop()
    return {
        "exit": started.returncode,
        "wall_s": round(wall_s, 1),
        "first_part_s": round(first_s or wall_s, 1),
        "files_per_s": round(files / wall_s, 1),
        "files_per_s_after_the_first_part": round((files - 100) / max(wall_s - (first_s or 0), 0.1), 1),
        "cpu_s_per_1000_files": round(watch.cpu_s / files * 1000, 2),
        "memory_mb_most": round(watch.memory_most / 1e6),
        "processes_most": watch.processes_most,
    }


class _Watch:
    """Adds up a command and everything below it, five times a second; shared memory is counted once (PSS)."""

    def __init__(self, process_id: int) -> None:
        self._root = psutil.Process(process_id)
        self._cpu_s: dict[tuple[int, float], float] = {}
        self.memory_most = self.processes_most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on)
        self._thread.start()

    @property
    def cpu_s(self) -> float:
        return sum(self._cpu_s.values())

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _look_on(self) -> None:
        while not self._over.wait(_GLANCE_S):
            memory = processes = 0
            for one in self._family():
                try:
                    spent = one.cpu_times()
                    self._cpu_s[one.pid, one.create_time()] = spent.user + spent.system
                    memory += one.memory_full_info().pss
                    processes += 1
                except psutil.Error:
                    continue
            self.memory_most = max(self.memory_most, memory)
            self.processes_most = max(self.processes_most, processes)

    def _family(self) -> list[psutil.Process]:
        try:
            return [self._root, *self._root.children(recursive=True)]
        except psutil.Error:
            return []


def _parts(report: Path) -> list[bytes]:
    return [part.read_bytes() for part in sorted(report.glob("part-*"))]


if __name__ == "__main__":
    typer.run(measure)
