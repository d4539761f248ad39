"""Examining a file of any size and kind on disk, without ever holding more of it than we would open."""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from haetae.detect.examination import examine, unopened
from haetae.detect.finding import Finding, Media, Signal, SignalKind
from haetae.detect.hashing.exact import Readable, sha256_with_rest
from haetae.detect.matching.bank import Bank
from haetae.detect.opening.facts import Why
from haetae.detect.policy import decide
from haetae.detect.pool import OpenerPool

if TYPE_CHECKING:
    from haetae.detect.classifying.assessing import Models


def examine_file(
    path: Path, *, bank: Bank, openers: OpenerPool, reported: bool = False, models: "Models | None" = None
) -> Finding:
    """The finding for one path. Every path gets one: what cannot be read is `undetermined` and says why.

    `models` are asked also where their answer changes nothing: whoever hands them in wants the scores.

    A file beyond the byte limit is hashed from end to end, so that it is still found by its SHA-256.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return unread(Why.NOT_A_FILE, reported=reported)
        # A pipe that takes the file's place in this very moment must not hold us up: hence O_NONBLOCK.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
            return examine_stream(stream, bank=bank, openers=openers, reported=reported, models=models)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        problem = getattr(error, "strerror", None) or str(error)
        return unread(Why.UNREADABLE, problem=problem, reported=reported)


def examine_stream(
    stream: Readable,
    *,
    bank: Bank,
    openers: OpenerPool,
    reported: bool = False,
    models: "Models | None" = None,
) -> Finding:
    """The finding for what is read from here to the end, wherever it lies. Raises what reading raises."""
    head = _read(stream, openers.limits.bytes_most + 1)
    if len(head) <= openers.limits.bytes_most:
        leads = models is not None
        return examine(head, bank=bank, openers=openers, reported=reported, models=models, leads=leads)
    sha256, rest_bytes = sha256_with_rest(head, stream)
    return unopened(
        Why.TOO_MANY_BYTES,
        head=head,
        size_bytes=len(head) + rest_bytes,
        sha256=sha256,
        bank=bank,
        reported=reported,
    )


def _read(stream: Readable, size: int) -> bytes:
    """So many bytes, or all there are: what comes over a network may come in pieces."""
    pieces, missing = [], size
    while missing and (piece := stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def unread(why: Why, *, problem: str = "", reported: bool = False) -> Finding:
    """The finding for something whose bytes nobody has seen: it has no fingerprints."""
    media = Media(kind="unknown", format="unknown", width_px=None, height_px=None, frames=None, size_bytes=0)
    failure = Signal(kind=SignalKind.UNDECODABLE, facts={"why": why, "problem": problem})
    verdict, reasons = decide(signals=(failure,), reported=reported)
    return Finding(media=media, fingerprints=None, signals=(failure,), verdict=verdict, reasons=reasons)


def could_be_read(finding: Finding) -> bool:
    return all(signal.facts.get("why") != Why.UNREADABLE for signal in finding.signals)
