"""The whole chain on one screen: bytes in, finding out."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from haetae.detect.films import film_signals, joined, series_of
from haetae.detect.finding import Finding, Fingerprints, Media, Signal, SignalKind, Verdict
from haetae.detect.hashing.exact import md5_of, sha256_of
from haetae.detect.hashing.fingerprints import fingerprints_of
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.hashing.series import to_keep
from haetae.detect.matching.bank import Bank
from haetae.detect.matching.known import HashMatch
from haetae.detect.media import recognise
from haetae.detect.opening.facts import Undecodable, Why
from haetae.detect.policy import decide
from haetae.detect.pool import OpenerPool
from haetae.detect.provenance import items_of

if TYPE_CHECKING:
    from haetae.detect.classifying.assessing import Models


def examine(
    data: bytes,
    *,
    bank: Bank,
    openers: OpenerPool,
    reported: bool = False,
    kept: bool = True,
    models: "Models | None" = None,
    leads: bool = False,
) -> Finding:
    """Say what the file is, whether it is known and what follows. Whatever the bytes are, there is an answer.

    `reported` says that a person reported the file, so that it is never dropped silently. Of what is not `kept`, to be
    held against hashes that become known later, a digest that nothing is known by now is not computed. `models` are
    asked where hashes did not settle it and an answer can still change something; with `leads` in any other case too.
    """
    sha256 = sha256_of(data)
    try:
        opened = openers.open(data)
    except Undecodable as failure:
        return unopened(
            failure.why, head=data, size_bytes=len(data), sha256=sha256, bank=bank, reported=reported
        )
    md5 = md5_of(data) if kept or bank.asks_for_md5 else None
    fingerprints = fingerprints_of(frames=opened.frames, sha256=sha256, md5=md5)
    media, known = opened.media, known_signals(fingerprints, bank=bank)
    if media.moves and decide(signals=known, reported=False)[0] is not Verdict.REQUEST:
        # A few frames said nothing that acts by itself, so all of them are asked.
        series, frames_examined = series_of(data, opened=opened, openers=openers)
        media = replace(media, frames_examined=frames_examined)
        known = joined(known, film_signals(series.stretches, bank=bank))
        fingerprints = replace(fingerprints, series=tuple(to_keep(series.stretches)))
    signals = (*known, *_too_plain(fingerprints), *_unseen_frames(media))
    if models is not None and not _settled(signals):
        from haetae.detect.classifying.looking import model_signals  # noqa: PLC0415 - a runtime that few need

        said = model_signals(
            data, openers=openers, models=models, reported=reported, leads=leads, size_px=_size(media)
        )
        signals = (*signals, *said)
    return _finding(media, fingerprints, (*signals, *_provenance(data)), reported=reported)


def with_leads(finding: Finding, data: bytes, *, openers: OpenerPool, models: "Models") -> Finding:
    """The finding of examine() without models, and what they say as well: as `leads` there, at a moment of its own.

    Unchanged where hashes have settled it or the file could not be opened.
    """
    unopened_ = any(signal.kind is SignalKind.UNDECODABLE for signal in finding.signals)
    if unopened_ or _settled(finding.signals):
        return finding
    from haetae.detect.classifying.looking import model_signals  # noqa: PLC0415 - a runtime that few need

    said = model_signals(
        data, openers=openers, models=models, reported=False, leads=True, size_px=_size(finding.media)
    )
    return _finding(finding.media, finding.fingerprints, (*finding.signals, *said), reported=False)


def _size(media: Media) -> tuple[int, int] | None:
    return (media.width_px, media.height_px) if media.width_px and media.height_px else None


def _settled(signals: tuple[Signal, ...]) -> bool:
    """Whether hashes alone decide: it is known surely, or known to be harmless."""
    benign = any(signal.kind is SignalKind.KNOWN_BENIGN for signal in signals)
    return benign or decide(signals=signals, reported=False)[0] is Verdict.REQUEST


def unopened(
    why: Why, *, head: bytes, size_bytes: int, sha256: str, bank: Bank, reported: bool = False
) -> Finding:
    """The finding for a file that was not opened; its bytes may still be known.

    `head` is its beginning, at least 1024 bytes where the file has them.
    """
    recognised = recognise(head)
    media = Media(
        kind=recognised.kind,
        format=recognised.format,
        width_px=None,
        height_px=None,
        frames=None,
        size_bytes=size_bytes,
    )
    fingerprints = Fingerprints(sha256=sha256)
    failure = Signal(kind=SignalKind.UNDECODABLE, facts={"why": why, "format": media.format})
    return _finding(
        media, fingerprints, (*known_signals(fingerprints, bank=bank), failure), reported=reported
    )


def _finding(
    media: Media, fingerprints: Fingerprints | None, signals: tuple[Signal, ...], *, reported: bool
) -> Finding:
    verdict, reasons = decide(signals=signals, reported=reported)
    return Finding(media=media, fingerprints=fingerprints, signals=signals, verdict=verdict, reasons=reasons)


def known_signals(fingerprints: Fingerprints, *, bank: Bank) -> tuple[Signal, ...]:
    """What it is known as."""
    return signals_of(bank.match(fingerprints))


def signals_of(matches: Iterable[HashMatch]) -> tuple[Signal, ...]:
    """A list of harmless pictures speaks only where it is sure."""
    return tuple(
        Signal(
            kind=SignalKind.KNOWN_BENIGN if match.entry.benign else SignalKind.KNOWN_HASH, facts=match.facts
        )
        for match in matches
        if match.confirmed or not match.entry.benign
    )


def _provenance(data: bytes) -> tuple[Signal, ...]:
    return tuple(Signal(kind=SignalKind.PROVENANCE, facts=item.facts) for item in items_of(data))


def _too_plain(fingerprints: Fingerprints) -> tuple[Signal, ...]:
    hashes = (*fingerprints.perceptual, *(stretch.whole for stretch in fingerprints.series))
    quality = max(one.pdq_quality for one in hashes)
    if quality >= QUALITY_TO_MATCH:
        return ()
    return (Signal(kind=SignalKind.TOO_PLAIN, facts={"pdq_quality": quality}),)


def _unseen_frames(media: Media) -> tuple[Signal, ...]:
    if media.frames is None or media.frames == media.frames_examined:
        return ()
    if media.kind == "image" and media.frames_examined == 1:
        return (Signal(kind=SignalKind.FIRST_FRAME_ONLY, facts={"frames": media.frames}),)
    facts = {"frames": media.frames, "frames_examined": media.frames_examined or 0}
    return (Signal(kind=SignalKind.FRAMES_SAMPLED, facts=facts),)
