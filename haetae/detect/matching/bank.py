"""A bank of known hashes: a large part that is mapped, small ones that are newer, and what is hidden of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from haetae.detect.finding import Fingerprints, PerceptualHash, Variant
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.matching.columns import Columns, Flag, words_of_hex
from haetae.detect.matching.known import REACH_BITS, HashMatch, KnownHash, Tier
from haetae.detect.matching.order import Numbers, Words
from haetae.detect.matching.segment import Segment
from haetae.detect.matching.weightiest import weightiest

PDQ_REACH_BITS: Final = REACH_BITS
DHASH_REACH_BITS: Final = 40
DHASH_STEPS_LEAST: Final = 48  # bits set; mostly plain pictures set fewer, and then agreeing means nothing
_NOTHING_HIDDEN: Final = np.zeros(0, dtype=bool)


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
    def asks_for_md5(self) -> bool:
        """Whether anything is known by that digest."""
        return any(len(part.by_md5.rows) for part, _ in self._parts)

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
            queries, rows, distances, agree = _what_counts(part, hidden, pdq=pdq, dhash=dhash)
            if not len(rows):
                continue
            # Films share title cards and plain frames: one frame of a known film is a lead for a person, not a film.
            confirmed = agree & ((part.columns.flags[rows] & Flag.MOMENT) == 0)
            for place in weightiest(queries, _weights(agree, distances), _classes(part.columns, rows)):
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
            same = [(part.same_sha256(fingerprints.sha256), True)] if fingerprints.sha256 else []
            if fingerprints.md5:
                same.append((part.same_md5(fingerprints.md5), False))
            for rows, sure in same:
                if not len(rows):
                    continue
                counts = rows if hidden is None else rows[~hidden[rows]]
                alike = np.zeros(len(counts), dtype=np.int64)
                for place in weightiest(alike, alike, _classes(part.columns, counts)):
                    yield HashMatch(
                        entry=part.columns.entry(int(counts[place])),
                        distance_bits=0,
                        exact=sure,
                        confirmed=sure,
                        variant=Variant.FILE,
                    )


def _what_counts(
    part: Segment, hidden: NDArray[np.bool_] | None, *, pdq: Words, dhash: Words
) -> tuple[NDArray[np.int64], Numbers, NDArray[np.int64], NDArray[np.bool_]]:
    """Queries, rows, distances in bits, and whether both families agree."""
    found = part.near(pdq, reach_bits=PDQ_REACH_BITS)
    queries, rows, distances = found.queries, found.rows, found.distances_bits
    agree, columns = np.empty(len(rows), dtype=bool), part.columns
    if not len(rows):
        return queries, rows, distances, agree
    from haetae.detect.matching.kernels import judge_kernel

    kept = judge_kernel(
        queries, rows, distances, agree, columns.reach_bits, columns.flags, int(Flag.DHASH),
        _NOTHING_HIDDEN if hidden is None else hidden, columns.dhash, dhash, DHASH_REACH_BITS, DHASH_STEPS_LEAST,
    )  # fmt: skip
    return queries[:kept], rows[:kept], distances[:kept], agree[:kept]


def _weights(agree: NDArray[np.bool_], distances: NDArray[np.int64]) -> NDArray[np.int64]:
    """The weightier, the smaller: sure ones, then near ones."""
    weights: NDArray[np.int64] = distances + 256 * ~agree
    return weights


def _classes(columns: Columns, rows: Numbers) -> NDArray[np.int64]:
    """By what kind of list and at which tier something is known."""
    benign = (columns.flags[rows] & Flag.BENIGN) != 0
    classes: NDArray[np.int64] = columns.tiers[rows].astype(np.int64) + len(Tier) * benign
    return classes


def _best(found: list[HashMatch]) -> tuple[HashMatch, ...]:
    """Each entry once, by its weightiest match."""
    best: dict[tuple[str, str], HashMatch] = {}
    for match in sorted(found, key=lambda match: (not match.exact, not match.confirmed, match.distance_bits)):
        best.setdefault((match.entry.list_name, match.entry.entry_id), match)
    return tuple(sorted(best.values(), key=lambda match: (not match.exact, match.distance_bits)))
