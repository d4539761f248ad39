"""From frames that match to a known film inside an upload, and from when to when. Pure.

A film is known by frames in an order. Its copy shows them in that order and at about their pace, wherever it begins,
however it was cut. So frames that match are strung together as far as order and pace allow.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from haetae.detect.finding import Facts
from haetae.detect.matching.known import HashMatch, KnownHash
from haetae.detect.matching.sureness import sure_strands

# A copy may run at half or twice the pace; and sampling once a second moves a frame by as much.
FASTEST = 2.0
SLACK_MS = 1_500
# Longer without a frame of it, and it is another showing: an advertisement lasts less.
GAP_MOST_MS = 30_000
# Of one entry, its best, and strands side by side: whoever floods a list must not make us count for hours.
MATCHES_MOST = 20_000
OPEN_MOST = 100
# Told of one entry, the best ones: a film that repeats itself a thousand times is told well enough by these.
CLIPS_MOST = 20


@dataclass(frozen=True, kw_only=True)
class FrameMatch:
    """What a stretch of like frames of an upload matches.

    `benign_too`: it matches a picture known to be harmless too, as near or nearer.
    """

    from_ms: int
    to_ms: int
    match: HashMatch
    benign_too: bool = False

    @property
    def counts(self) -> bool:
        """Whether both families agree, and no list of harmless pictures says otherwise."""
        return self.match.both_agree and not self.benign_too


@dataclass(frozen=True, kw_only=True)
class Clip:
    """A stretch of the upload that is a known film or shows a known picture.

    `share_percent` says how much of the film it is; of a picture always 100.
    """

    from_ms: int
    to_ms: int
    best: HashMatch
    share_percent: int
    confirmed: bool

    @property
    def facts(self) -> Facts:
        """As those of its nearest frame, with the stretch."""
        return {
            **self.best.facts,
            "confirmed": self.confirmed,
            "from_ms": self.from_ms,
            "to_ms": self.to_ms,
            "share_percent": self.share_percent,
            "film": self.best.entry.at_ms is not None,
        }


@dataclass(kw_only=True, eq=False)
class _Strand:
    matches: list[FrameMatch] = field(default_factory=list)


def clips_of(
    matches: Iterable[FrameMatch], *, moments_of: Callable[[KnownHash], Sequence[int]]
) -> list[Clip]:
    """Every known film and picture that the upload shows, sure ones first, the longer share before the shorter.

    `moments_of` gives all moments of the film that an entry belongs to, in ms and in order.
    """
    found: list[Clip] = []
    ordered = sorted(matches, key=_film_and_turn)
    for _, group in groupby(ordered, key=_film_and_turn):
        held = sorted(group, key=lambda one: (not one.counts, one.match.distance_bits))[:MATCHES_MOST]
        entry = held[0].match.entry
        if entry.at_ms is None:
            found += _showings(held)
        else:
            moments = moments_of(entry)
            found += _pieces(_strands(held, moments=moments), moments=moments)
    found.sort(key=lambda clip: (not clip.confirmed, -clip.share_percent, clip.best.distance_bits))
    return _few_of_each(found)


def _film_and_turn(one: FrameMatch) -> tuple[str, str, str, bool]:
    entry = one.match.entry
    return entry.list_name, entry.entry_id, one.match.turn, entry.at_ms is None


def _end_ms(run: Sequence[FrameMatch]) -> int:
    return max(one.to_ms for one in run)


def _showings(matches: Sequence[FrameMatch]) -> list[Clip]:
    """A known picture in stretches that follow each other; one stretch in which both families agree is enough."""
    runs: list[list[FrameMatch]] = []
    for one in sorted(matches, key=lambda one: one.from_ms):
        if runs and one.from_ms - _end_ms(runs[-1]) <= SLACK_MS:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [_clip(run, share_percent=100, confirmed=any(one.counts for one in run)) for run in runs]


def _strands(matches: Sequence[FrameMatch], *, moments: Sequence[int]) -> list[list[FrameMatch]]:
    """Each match goes with the strand that it continues best. One that another outdoes everywhere is dropped."""
    ends = dict(zip(moments, [*moments[1:], moments[-1]], strict=True)) if moments else {}
    open_: list[_Strand] = []
    done: list[_Strand] = []
    for one in sorted(matches, key=lambda one: (one.from_ms, one.match.entry.at_ms or 0)):
        if len(open_) == OPEN_MOST:
            done.append(open_.pop(0))
        fitting = [strand for strand in open_ if _follows(one, strand.matches[-1], ends=ends)]
        if fitting:
            min(fitting, key=lambda strand: _jump_ms(one, strand)).matches.append(one)
        else:
            open_.append(_Strand(matches=[one]))
    strands = sorted((strand.matches for strand in [*done, *open_]), key=len, reverse=True)
    kept: list[list[FrameMatch]] = []
    for strand in strands:
        begin_ms, end_ms = strand[0].from_ms, _end_ms(strand)
        if not any(other[0].from_ms <= begin_ms and end_ms <= _end_ms(other) for other in kept):
            kept.append(strand)
        if len(kept) == CLIPS_MOST:
            break
    return kept


def _jump_ms(one: FrameMatch, strand: _Strand) -> tuple[int, int]:
    """By how much the upload would leap ahead of the known film or behind it; where equal, the longer strand."""
    last = strand.matches[-1]
    shown_ms = one.from_ms - last.from_ms
    return abs(shown_ms - (one.match.entry.at_ms or 0) + (last.match.entry.at_ms or 0)), -len(strand.matches)


def _follows(later: FrameMatch, earlier: FrameMatch, *, ends: dict[int, int]) -> bool:
    """Whether some moment of the one can come after some moment of the other in both films, at a possible pace."""
    later_known, earlier_known = later.match.entry.at_ms or 0, earlier.match.entry.at_ms or 0
    if later_known < earlier_known:
        return False
    least_ms = max(0, later.from_ms - earlier.to_ms)
    most_ms = later.to_ms - earlier.from_ms
    known_least_ms = max(0, later_known - ends.get(earlier_known, earlier_known))
    known_most_ms = ends.get(later_known, later_known) - earlier_known
    return (
        least_ms <= GAP_MOST_MS
        and known_least_ms <= FASTEST * most_ms + SLACK_MS
        and least_ms <= FASTEST * known_most_ms + SLACK_MS
    )


def _pieces(strands: Sequence[Sequence[FrameMatch]], *, moments: Sequence[int]) -> list[Clip]:
    """A known film that is there in pieces is judged by all of them together."""
    sure = sure_strands(strands, moments=moments)
    known = [{one.match.entry.at_ms for one in strand} for strand in strands]
    return [
        _clip(strand, share_percent=100 * len(seen) // max(len(moments), len(seen)), confirmed=is_sure)
        for strand, seen, is_sure in zip(strands, known, sure, strict=True)
    ]


def _clip(run: Sequence[FrameMatch], *, share_percent: int, confirmed: bool) -> Clip:
    best = min(run, key=lambda one: (not one.counts, one.match.distance_bits)).match
    return Clip(
        from_ms=run[0].from_ms,
        to_ms=_end_ms(run),
        best=best,
        share_percent=share_percent,
        confirmed=confirmed,
    )


def _few_of_each(clips: Sequence[Clip]) -> list[Clip]:
    """Per entry the best ones, and only sure ones where there are such."""
    kept: dict[tuple[str, str], list[Clip]] = {}
    for clip in clips:
        held = kept.setdefault((clip.best.entry.list_name, clip.best.entry.entry_id), [])
        if not held or (clip.confirmed and len(held) < CLIPS_MOST):
            held.append(clip)
    return [clip for held in kept.values() for clip in held]
