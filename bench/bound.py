"""What a look costs without anything around it: below this no answer can come on this machine."""

import time
from collections.abc import Callable, Sequence

import simplejpeg

from bench.photographs import Photograph
from bench.pictures import Known
from bench.timing import p50_p95
from haetae.detect import Bank, OpenerPool, examine
from haetae.detect.hashing.exact import sha256_of
from haetae.detect.hashing.fingerprints import fingerprints_of
from haetae.detect.hashing.frame import Frame


def lower_bounds_ms(known: Known, photographs: Sequence[Photograph]) -> dict[str, dict[str, float]]:
    """p50 and p95 in milliseconds, one after the other: bare in this process, and through one isolated opener."""
    bank = Bank([known.in_bank()])
    with OpenerPool(size=1) as openers:
        examine(photographs[0].data, bank=bank, openers=openers)  # starts the opener, which is not measured
        isolated = _timed_ms(lambda data: examine(data, bank=bank, openers=openers), photographs)
    return {
        "decode, hash and match in one process": _timed_ms(lambda data: _bare(data, bank), photographs),
        "the same with the isolated opener": isolated,
    }


def _bare(data: bytes, bank: Bank) -> None:
    luma = simplejpeg.decode_jpeg(data, colorspace="GRAY")[:, :, 0]
    bank.match(fingerprints_of(frames=[Frame(luma=luma)], sha256=sha256_of(data)))


def _timed_ms(work: Callable[[bytes], object], photographs: Sequence[Photograph]) -> dict[str, float]:
    times = []
    for one in photographs:
        began_s = time.perf_counter()
        work(one.data)
        times.append(1000 * (time.perf_counter() - began_s))
    return p50_p95(times, digits=1)
