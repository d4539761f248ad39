"""`python -m bench.hash`: from JPEG bytes to hashes, beside the decoding alone and beside a peer."""

import io
import json
import time
from collections.abc import Callable
from typing import Annotated, Any, Final

import numpy as np
import simplejpeg
import typer
from PIL import Image
from rich.console import Console
from rich.table import Table

from bench import processor
from bench.peers.ask import MISSING, Peers
from bench.timing import percentile
from haetae.detect.hashing.fingerprints import fingerprints_of
from haetae.detect.hashing.frame import Frame
from haetae.detect.hashing.pdq import pdq
from haetae.detect.hashing.separable import Luma

SIZES_PX: Final = {1: (1152, 864), 4: (2304, 1728), 12: (4000, 3000)}
# JPEG to PDQ over the decoding alone, by megapixels; threatexchange over JPEG to PDQ.
AT_MOST_OF_DECODING: Final = 1.1
AT_LEAST_FASTER: Final = {1: 8.0, 12: 20.0}
_OURS: Final = ("decode", "jpeg_to_pdq", "pdq", "fingerprints")


def measure(
    *,
    rounds: Annotated[int, typer.Option(min=3, help="How often each step is timed.")] = 30,
    seed: Annotated[int, typer.Option(help="Decides the pictures.")] = 1,
    quick: Annotated[bool, typer.Option("--quick", help="1 and 4 megapixels alone, seven rounds.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Time gray decoding, JPEG to PDQ, PDQ alone and all fingerprints of 1, 4 and 12 megapixels, and threatexchange.

    Processor time of one thread; medians. Exit 0: the ratios keep their limits; 1: one does not; 2: it could not start.
    """
    sizes = [size for size in SIZES_PX if not quick or size < 12]
    by_size = {size: _measured(size, rounds=7 if quick else rounds, seed=seed) for size in sizes}
    report: dict[str, Any] = {"machine": processor.machine(), "seed": seed, "by_megapixels": by_size}
    try:
        with Peers() as peers:
            for size in sizes:
                by_size[size] |= _peers(peers, size, ours=by_size[size], rounds=3 if quick else 7, seed=seed)
            report["peers"] = "threatexchange"
    except FileNotFoundError:
        report |= {"peers": None, "sentence": MISSING}
    report["missed"] = [words for size in sizes for words in _missed(size, by_size[size])]
    report["ok"] = not report["missed"]
    if as_json:
        typer.echo(json.dumps(report))
    else:
        _print(report, Console())
    raise typer.Exit(0 if report["ok"] else 1)


def jpeg(megapixels: int, *, seed: int) -> bytes:
    """Waves of many lengths under a little grain in colour, like a landscape; 4:2:0, quality 87."""
    width, height = SIZES_PX[megapixels]
    random = np.random.default_rng(seed)
    down, across = np.linspace(0, 1, height)[:, None], np.linspace(0, 1, width)[None, :]
    picture = np.zeros((height, width, 3), dtype=np.float32)
    for order in range(1, 16):
        turns = random.uniform(-order, order, 2)
        wave = np.sin(2 * np.pi * (turns[0] * down + turns[1] * across + random.uniform()))
        picture += (wave[:, :, None] * random.uniform(0.5, 1, 3) / order).astype(np.float32)
    picture += random.normal(0, 0.05, (height, width, 1)).astype(np.float32)
    picture = 255 * (picture - picture.min()) / (picture.max() - picture.min())
    written = io.BytesIO()
    Image.fromarray(picture.astype(np.uint8)).save(written, "JPEG", quality=87, subsampling="4:2:0")
    return written.getvalue()


def _measured(megapixels: int, *, rounds: int, seed: int) -> dict[str, Any]:
    data = jpeg(megapixels, seed=seed)
    luma = _decoded(data)
    steps: dict[str, Callable[[], object]] = {
        "decode": lambda: _decoded(data),
        "jpeg_to_pdq": lambda: pdq(_decoded(data)),
        "pdq": lambda: pdq(luma),
        "fingerprints": lambda: fingerprints_of(frames=[Frame(luma=luma)], sha256="0" * 64),
    }
    ms = _interleaved_ms(steps, rounds=rounds)
    return {
        "kilobytes": round(len(data) / 1000),
        "jpeg_to_pdq_over_decode": round(ms["jpeg_to_pdq"] / ms["decode"], 3),
        "cpu_ms": {name: round(value, 3) for name, value in ms.items()},
    }


def _decoded(data: bytes) -> Luma:
    luma: Luma = simplejpeg.decode_jpeg(data, colorspace="GRAY")[:, :, 0]
    return luma


def _interleaved_ms(steps: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Medians. All steps in turn in each round, so that whatever else the machine does falls on all of them."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(rounds + 1):
        for name, step in steps.items():
            began_s = time.thread_time()
            step()
            if number:  # the first round fills caches
                times[name].append(1000 * (time.thread_time() - began_s))
    return {name: percentile(values, 50) for name, values in times.items()}


def _peers(peers: Peers, megapixels: int, *, ours: dict[str, Any], rounds: int, seed: int) -> dict[str, Any]:
    """threatexchange on the same bytes in the same run."""
    data = jpeg(megapixels, seed=seed)
    peers.threatexchange(data)  # loads its libraries
    peer_ms = percentile([1000 * peers.threatexchange(data).cpu_s for _ in range(rounds)], 50)
    return {
        "threatexchange_cpu_ms": round(peer_ms, 1),
        "threatexchange_over_jpeg_to_pdq": round(peer_ms / ours["cpu_ms"]["jpeg_to_pdq"], 1),
    }


def _missed(megapixels: int, figures: dict[str, Any]) -> list[str]:
    missed = []
    if figures["jpeg_to_pdq_over_decode"] > AT_MOST_OF_DECODING:
        missed.append(
            f"{megapixels} MP: JPEG to PDQ is {figures['jpeg_to_pdq_over_decode']} times the decoding alone,"
            f" at most {AT_MOST_OF_DECODING} is allowed."
        )
    least = AT_LEAST_FASTER.get(megapixels, 0)
    if figures.get("threatexchange_over_jpeg_to_pdq", least) < least:
        missed.append(
            f"{megapixels} MP: threatexchange takes {figures['threatexchange_over_jpeg_to_pdq']} times as long,"
            f" at least {least} is asked for."
        )
    return missed


def _print(report: dict[str, Any], console: Console) -> None:
    console.print(report["machine"])
    table = Table("MP", "to PDQ / decode", "threatexchange / ours", *(f"{name} ms" for name in _OURS))
    for size, figures in report["by_megapixels"].items():
        ratios = (figures["jpeg_to_pdq_over_decode"], figures.get("threatexchange_over_jpeg_to_pdq", "-"))
        table.add_row(str(size), *map(str, (*ratios, *(figures["cpu_ms"][name] for name in _OURS))))
    console.print(table)
    for sentence in (*report["missed"], *([report["sentence"]] if report["peers"] is None else [])):
        console.print(sentence)


if __name__ == "__main__":
    typer.run(measure)
