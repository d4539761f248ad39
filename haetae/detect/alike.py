"""Which of many examined files show the same? By their fingerprints alone, as an examination kept them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from haetae.detect.films import film_signals, known_film
from haetae.detect.finding import Fingerprints, PerceptualHash, Stretch, Variant
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.matching import Bank, KnownHash, Tier

Kept = Mapping[str, Any]  # Fingerprints as JSON
_EXAMINED: Final = "examined"


def alike(fingerprints: Kept, *, among: Iterable[tuple[str, Kept]]) -> list[str]:
    """The names of those that are this one: the same bytes, or both hash families agree.

    Two films or animations must agree on nearly all that they show: a title card that they share makes them no copies
    of each other. For the same reason a picture is never the film that shows it.
    """
    asked = as_asked(fingerprints)
    if asked is None:
        return []
    others = list(among)
    same_bytes = [name for name, kept in others if kept.get("sha256") == asked.sha256]
    comparable = [(name, kept) for name, kept in others if _moves(kept) == _moves(fingerprints)]
    look = _same_films if _moves(fingerprints) else _same_pictures
    return list(dict.fromkeys([*same_bytes, *look(fingerprints, comparable)]))


def as_asked(kept: Kept) -> Fingerprints | None:
    """What an examination kept, frames of a film too, to be matched once more; None where it kept nothing."""
    if not kept.get("sha256"):
        return None
    rows = [*(kept.get("perceptual") or ()), *(kept.get("series") or ())]
    hashes = [
        PerceptualHash(
            variant=Variant(one.get("variant", Variant.WHOLE)),
            pdq=one["pdq"],
            pdq_quality=int(one["pdq_quality"]),
            dhash=one["dhash"],
            at_ms=one.get("at_ms"),
        )
        for one in rows
    ]
    return Fingerprints(sha256=kept["sha256"], perceptual=tuple(hashes))


def frames_kept(kept: Kept) -> list[Mapping[str, Any]]:
    """The frames that were kept, whole and upright, that say something: those of the series where there is one."""
    rows = kept.get("series") or kept.get("perceptual") or ()
    return [
        row
        for row in rows
        if int(row.get("pdq_quality", QUALITY_TO_MATCH)) >= QUALITY_TO_MATCH
        and row.get("variant", "whole") == "whole"
        and row.get("recipe", "full") == "full"
    ]


def _moves(kept: Kept) -> bool:
    if kept.get("series"):
        return True
    return any(one.get("at_ms") is not None for one in kept.get("perceptual") or ())


def _same_pictures(fingerprints: Kept, others: Iterable[tuple[str, Kept]]) -> Iterator[str]:
    bank = Bank(
        KnownHash(
            entry_id=name, list_name=_EXAMINED, tier=Tier.SELF_DECLARED, pdq=one["pdq"], dhash=one["dhash"]
        )
        for name, kept in others
        for one in kept.get("perceptual") or ()
    )
    asked = as_asked(fingerprints)
    matches = bank.match(asked) if asked else ()
    yield from (match.entry.entry_id for match in matches if match.confirmed)


def _same_films(fingerprints: Kept, others: Iterable[tuple[str, Kept]]) -> Iterator[str]:
    bank = Bank(
        one
        for name, kept in others
        for one in known_film(frames_kept(kept), entry_id=name, list_name=_EXAMINED, tier=Tier.SELF_DECLARED)
    )
    signals = film_signals([_stretch(row) for row in frames_kept(fingerprints)], bank=bank)
    yield from (str(signal.facts["entry_id"]) for signal in signals if signal.facts["confirmed"])


def _stretch(row: Mapping[str, Any]) -> Stretch:
    at_ms = int(row.get("at_ms") or 0)
    whole = PerceptualHash(
        variant=Variant.WHOLE,
        pdq=row["pdq"],
        pdq_quality=int(row["pdq_quality"]),
        dhash=row["dhash"],
        at_ms=at_ms,
    )
    return Stretch(from_ms=at_ms, to_ms=int(row.get("to_ms") or at_ms), hashes=(whole,))
