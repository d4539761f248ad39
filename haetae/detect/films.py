"""A film as a whole: every frame is hashed while the next is decoded, and what is known is found with its times."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from haetae.detect.finding import Signal, SignalKind, Stretch
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.hashing.series import Series
from haetae.detect.matching.bank import Bank
from haetae.detect.matching.clips import FrameMatch, clips_of
from haetae.detect.matching.known import HashMatch, KnownHash, Tier
from haetae.detect.opening.facts import OpenedImage, Undecodable
from haetae.detect.pool import OpenerPool

_STRETCHES_AT_ONCE: Final = 64


def series_of(data: bytes, *, opened: OpenedImage, openers: OpenerPool) -> tuple[Series, int]:
    """The frames of a film or an animation as few hashes, and how many frames were looked at.

    One that was opened as a whole, and any where no frames are to be hashed, is not decoded again.
    """
    media, series = opened.media, Series()
    frames, sampled = media.frames or 0, media.frames_examined or 0
    if sampled < frames and openers.limits.film_frames_hashed_most > 0:
        try:
            watched = openers.watch(data, show=series.add)
        except Undecodable:  # there is no opener now; the sample was looked at all the same
            return series, sampled
        return series, max(sampled, min(watched.frames, frames if watched.whole else frames - 1))
    for frame in opened.frames:
        series.add(frame)
    return series, sampled


def film_signals(stretches: Sequence[Stretch], *, bank: Bank) -> tuple[Signal, ...]:
    """What known films and pictures these frames show, from when to when."""
    clips = clips_of(_frame_matches(stretches, bank=bank), moments_of=bank.moments_of)
    return tuple(Signal(kind=SignalKind.KNOWN_HASH, facts=clip.facts) for clip in clips)


def joined(sampled: Iterable[Signal], found: Iterable[Signal]) -> tuple[Signal, ...]:
    """What every frame says about an entry replaces what a few said, unless those few were surer.

    A harmless picture somewhere in the sample says nothing against what is sure of other frames.
    """
    found = tuple(found)
    surely = {_entry(one): bool(one.facts["confirmed"]) for one in reversed(found)}

    def stays(one: Signal) -> bool:
        if one.kind is SignalKind.KNOWN_BENIGN:
            return not any(surely.values())
        return _entry(one) not in surely or (bool(one.facts["confirmed"]) and not surely[_entry(one)])

    return (*filter(stays, sampled), *found)


def known_film(
    stretches: Iterable[Mapping[str, Any]], *, entry_id: str, list_name: str, tier: Tier
) -> tuple[KnownHash, ...]:
    """A film for a bank, from the `series` of Fingerprints as JSON: one row for each stretch that says something."""
    return tuple(
        KnownHash(
            entry_id=entry_id,
            list_name=list_name,
            tier=tier,
            pdq=one["pdq"],
            dhash=one["dhash"],
            at_ms=int(one["at_ms"]),
        )
        for one in stretches
        if int(one["pdq_quality"]) >= QUALITY_TO_MATCH
    )


def _entry(signal: Signal) -> tuple[str, str]:
    return str(signal.facts["list_name"]), str(signal.facts["entry_id"])


def _frame_matches(stretches: Sequence[Stretch], *, bank: Bank) -> Iterator[FrameMatch]:
    for begin in range(0, len(stretches), _STRETCHES_AT_ONCE):
        batch = stretches[begin : begin + _STRETCHES_AT_ONCE]
        asked = [
            (place, one)
            for place, stretch in enumerate(batch)
            for one in stretch.hashes
            if one.pdq_quality >= QUALITY_TO_MATCH
        ]
        near: list[list[HashMatch]] = [[] for _ in batch]
        for (place, _), matches in zip(asked, bank.near([one for _, one in asked]), strict=True):
            near[place] += matches
        for stretch, matches in zip(batch, near, strict=True):
            yield from _of_stretch(stretch, matches)


def _of_stretch(stretch: Stretch, matches: Sequence[HashMatch]) -> Iterator[FrameMatch]:
    """A harmless picture holds back only what is found in the same frames: nobody shields a film with another frame."""
    harmless = [one.distance_bits for one in matches if one.entry.benign and one.both_agree]
    nearest = min(harmless, default=None)
    for match in matches:
        if not match.entry.benign:
            benign_too = nearest is not None and nearest <= match.distance_bits
            yield FrameMatch(from_ms=stretch.from_ms, to_ms=stretch.to_ms, match=match, benign_too=benign_too)
