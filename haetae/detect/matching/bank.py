"""A bank of known hashes: a large part that is mapped, small ones that are newer, and what is hidden of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from haetae.detect.finding import Fingerprints, PerceptualHash, Variant
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.matching.columns import Columns, Flag, words_of_hex
from haetae.detect.matching.known import REACH_BITS, HashMatch, KnownHash
from haetae.detect.matching.segment import Segment

PDQ_REACH_BITS: Final = REACH_BITS
DHASH_REACH_BITS: Final = 40
DHASH_STEPS_LEAST: Final = 48  # bits set; mostly plain pictures set fewer, and then agreeing means nothing
# Of more, the weightiest: whoever floods a list with one picture must not make an answer of a hundred thousand lines.
MATCHES_MOST: Final = 1_000


Part = tuple[Segment, NDArray[np.bool_] | None]


class Bank:
    """Immutable after it is made; safe to ask from many threads."""

    def __init__(self, entries: Iterable[KnownHash] = ()) -> None:
        self._parts: tuple[Part, ...] = ((Segment.of(Columns.of(entries)), None),)

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Self:
        """Of several parts, each with the rows of it that count no more (None: all count)."""
        bank = cls()
        bank._parts = tuple(parts)
        return bank

    def __len__(self) -> int:
        return sum(
            len(part.columns) - (int(hidden.sum()) if hidden is not None else 0)
            for part, hidden in self._parts
        )

    @property
    def entries(self) -> Iterator[KnownHash]:
        """Every row that counts, one by one: for small banks."""
        for part, hidden in self._parts:
            rows = range(len(part.columns)) if hidden is None else np.flatnonzero(~hidden)
            yield from (part.columns.entry(int(row)) for row in rows)

    def match(self, fingerprints: Fingerprints) -> tuple[HashMatch, ...]:
        """Every entry within reach, once, nearest first: the same bytes, then by distance in bits."""
        return self.match_many([fingerprints])[0]

    def match_many(self, asked: Sequence[Fingerprints]) -> list[tuple[HashMatch, ...]]:
        """The same for each of these, with one search for all."""
        queries = [
            (place, one)
            for place, prints in enumerate(asked)
            for one in prints.perceptual
            if one.pdq_quality >= QUALITY_TO_MATCH
        ]
        found = [[*self._same_bytes(prints)] for prints in asked]
        for (place, _), matches in zip(queries, self.near([one for _, one in queries]), strict=True):
            found[place] += matches
        return [_best(matches) for matches in found]

    def near(self, asked: Sequence[PerceptualHash]) -> list[list[HashMatch]]:
        """For each of these every row within PDQ's reach of its list. An empty dhash confirms nothing."""
        matches: list[list[HashMatch]] = [[] for _ in asked]
        if not asked:
            return matches
        pdq = words_of_hex([one.pdq for one in asked], words=4)
        dhash = words_of_hex([one.dhash for one in asked], words=4)
        for part, hidden in self._parts:
            found = part.near(pdq, reach_bits=PDQ_REACH_BITS)
            queries, rows, distances = found.queries, found.rows, found.distances_bits
            counts = distances <= part.columns.reach_bits[rows]
            if hidden is not None:
                counts &= ~hidden[rows]
            queries, rows, distances = queries[counts], rows[counts], distances[counts]
            agree = _second_family_agrees(part.columns, rows, dhash[queries])
            # Films share title cards and plain frames: one frame of a known film is a lead for a person, not a film.
            confirmed = agree & ((part.columns.flags[rows] & Flag.MOMENT) == 0)
            for place in _weightiest(queries, agree, distances):
                one = asked[int(queries[place])]
                matches[int(queries[place])].append(
                    HashMatch(
                        entry=part.columns.entry(int(rows[place])),
                        distance_bits=int(distances[place]),
                        exact=False,
                        confirmed=bool(confirmed[place]),
                        variant=one.variant,
                        at_ms=one.at_ms,
                        recipe=one.recipe,
                        turn=one.turn,
                        both_agree=bool(agree[place]),
                    )
                )
        return matches

    def moments_of(self, entry: KnownHash) -> list[int]:
        """When each frame of this known film is shown, in ms and in order; empty for a picture."""
        moments = {
            int(part.columns.at_ms[row])
            for part, hidden in self._parts
            for row in part.of_entry_named(entry.entry_id)
            if (hidden is None or not hidden[row])
            and part.columns.lists[int(part.columns.lists_by_row[row])] == entry.list_name
            and int(part.columns.flags[row]) & Flag.MOMENT
        }
        return sorted(moments)

    def _same_bytes(self, fingerprints: Fingerprints) -> Iterator[HashMatch]:
        """The same SHA-256 speaks for itself. MD5 does not: two files with one MD5 can be made on purpose."""
        for part, hidden in self._parts:
            same = (
                [(row, True) for row in part.same_sha256(fingerprints.sha256)] if fingerprints.sha256 else []
            )
            if fingerprints.md5:
                same += [(row, False) for row in part.same_md5(fingerprints.md5)]
            for row, sure in same:
                if hidden is None or not hidden[row]:
                    entry = part.columns.entry(row)
                    yield HashMatch(
                        entry=entry, distance_bits=0, exact=sure, confirmed=sure, variant=Variant.FILE
                    )


def _weightiest(
    queries: NDArray[np.int64], confirmed: NDArray[np.bool_], distances: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The places of the first `MATCHES_MOST` of each query: sure ones, then near ones."""
    order = np.lexsort((distances, ~confirmed, queries))
    of_query = queries[order]
    rank = np.arange(len(order)) - np.searchsorted(of_query, of_query)
    return order[rank < MATCHES_MOST]


def _best(found: list[HashMatch]) -> tuple[HashMatch, ...]:
    """Each entry once, by its weightiest match."""
    best: dict[tuple[str, str], HashMatch] = {}
    for match in sorted(found, key=lambda match: (not match.exact, not match.confirmed, match.distance_bits)):
        best.setdefault((match.entry.list_name, match.entry.entry_id), match)
    return tuple(sorted(best.values(), key=lambda match: (not match.exact, match.distance_bits)))


def _second_family_agrees(
    columns: Columns, rows: NDArray[np.int64], asked: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    known = columns.dhash[rows]
    apart = np.bitwise_count(known ^ asked).sum(axis=1, dtype=np.int64)
    fewest = np.minimum(
        np.bitwise_count(known).sum(axis=1, dtype=np.int64),
        np.bitwise_count(asked).sum(axis=1, dtype=np.int64),
    )
    agree: NDArray[np.bool_] = (
        ((columns.flags[rows] & Flag.DHASH) != 0)
        & (apart <= DHASH_REACH_BITS)
        & (fewest >= DHASH_STEPS_LEAST)
    )
    return agree
