"""A bank of known hashes, searched from end to end: nothing within reach is missed."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from haetae.detect.finding import Fingerprints, PerceptualHash, Variant
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.matching.distance import bits_set, distance_bits, distances_bits, words_of
from haetae.detect.matching.known import HashMatch, KnownHash

PDQ_REACH_BITS: Final = 31  # Meta's recommended threshold; partners on both sides of an exchange rely on it
DHASH_REACH_BITS: Final = 40
DHASH_STEPS_LEAST: Final = 48  # bits set; mostly plain pictures set fewer, and then agreeing means nothing


class Bank:
    """Immutable after it is made; safe to ask from many threads. About 31 ms a look for a million entries."""

    def __init__(self, entries: Iterable[KnownHash] = ()) -> None:
        self.entries: Final = tuple(entries)
        self._with_pdq: Final = [(entry, entry.pdq) for entry in self.entries if entry.pdq is not None]
        self._pdq_words: Final = words_of([pdq for _, pdq in self._with_pdq])
        self._by_sha256: Final[dict[str, list[KnownHash]]] = {}
        for entry in self.entries:
            if entry.sha256 is not None:
                self._by_sha256.setdefault(entry.sha256, []).append(entry)

    def match(self, fingerprints: Fingerprints) -> tuple[HashMatch, ...]:
        """Every entry within reach, once, nearest first: the same bytes, then by distance in bits."""
        found = [*self._same_bytes(fingerprints.sha256)]
        for perceptual in fingerprints.perceptual:
            found += self._similar(perceptual)
        best: dict[int, HashMatch] = {}
        for match in sorted(
            found, key=lambda match: (not match.exact, not match.confirmed, match.distance_bits)
        ):
            best.setdefault(id(match.entry), match)
        return tuple(sorted(best.values(), key=lambda match: (not match.exact, match.distance_bits)))

    def _same_bytes(self, sha256: str) -> Iterator[HashMatch]:
        for entry in self._by_sha256.get(sha256, ()):
            yield HashMatch(entry=entry, distance_bits=0, exact=True, confirmed=True, variant=Variant.FILE)

    def _similar(self, perceptual: PerceptualHash) -> Iterator[HashMatch]:
        if perceptual.pdq_quality < QUALITY_TO_MATCH:
            return
        distances = distances_bits(perceptual.pdq, many=self._pdq_words)
        for place in np.flatnonzero(distances <= PDQ_REACH_BITS):
            entry, _ = self._with_pdq[place]
            yield HashMatch(
                entry=entry,
                distance_bits=int(distances[place]),
                exact=False,
                confirmed=_second_family_agrees(entry, perceptual),
                variant=perceptual.variant,
                at_ms=perceptual.at_ms,
            )


def _second_family_agrees(entry: KnownHash, perceptual: PerceptualHash) -> bool:
    if entry.dhash is None or min(map(bits_set, (entry.dhash, perceptual.dhash))) < DHASH_STEPS_LEAST:
        return False
    return distance_bits(entry.dhash, perceptual.dhash) <= DHASH_REACH_BITS
