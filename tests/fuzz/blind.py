"""A fuzzer without eyes, for where atheris is not installed: it bends seeds by chance and counts what it tried."""

import math
import random
import time
from collections.abc import Callable, Sequence

_TOKENS = (
    b"\0",
    b"\xff",
    b"<",
    b">",
    b"&",
    b'"',
    b"'",
    b"{",
    b"[",
    b"]",
    b"}",
    b"\xed\xa0\x80",
    b"%00",
    b"-1",
    b"1e999",
    b"NaN",
)
_LONGEST_BYTES = 8_192


def bend(data: bytes, *, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """One to six changes: bits, bytes, pieces doubled, cut, moved or taken from another seed."""
    bent = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(bent) + 1)
        end = min(len(bent), place + chance.choice((1, 1, 2, 4, 16, 64)))
        match chance.randrange(7):
            case 0 if place < len(bent):
                bent[place] ^= 1 << chance.randrange(8)
            case 1:
                bent[place:end] = chance.randbytes(end - place)
            case 2:
                bent[place:place] = bent[place:end] * chance.choice((1, 2, 50))
            case 3:
                del bent[place:end]
            case 4:
                bent[place:place] = chance.choice(_TOKENS) * chance.choice((1, 1, 3, 200))
            case 5 if others:
                other = chance.choice(others)
                bent[place:end] = other[: chance.randrange(len(other) + 1)]
            case _:
                del bent[place:]
    return bytes(bent[:_LONGEST_BYTES])


def tried(
    reads: Callable[[bytes], object],
    seeds: Sequence[bytes],
    *,
    seed: int,
    slow_s: float,
    seconds: float = math.inf,
    runs_most: float = math.inf,
) -> tuple[int, bytes | None, str]:
    """How many it tried, and the one that it fell over with what happened, if it did."""
    chance, ends = random.Random(seed), time.monotonic() + seconds
    queue = [*seeds, b""]
    runs = 0
    while time.monotonic() < ends and runs < runs_most:
        data = queue[runs] if runs < len(queue) else bend(chance.choice(queue), chance=chance, others=queue)
        began = time.process_time()
        try:
            reads(data)
        except Exception as finding:
            return runs, data, f"{type(finding).__name__}: {finding}"
        runs += 1
        if time.process_time() - began > slow_s:
            return runs, data, f"It took {time.process_time() - began:.1f} s of the processor."
    return runs, None, ""
