"""When a stretch of matching frames is a known film, and no longer a lead for a person. Pure.

The numbers are our choice, made so that what different films share does not make one the other: black frames, a
title card, the moving sign of a studio, the opening titles of a series. No collection of films was measured.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from haetae.detect.matching.clips import FrameMatch

# Two known frames are two looks when they are further apart than saving again moves a hash (up to some ten bits).
LOOK_APART_BITS: Final = 16
# Nearly the whole film is there. A film that never changes is one look, and then a picture, not a film.
SHARE_OF_NEARLY_ALL: Final = 0.8
LOOKS_OF_NEARLY_ALL: Final = 3
# Short animations have two. All that is known of one is then there, in its order: what makes it known is too.
LOOKS_OF_ALL: Final = 2
# Half of it, or a minute: signs of studios last some seconds, opening titles seldom more than a minute.
LOOKS_LEAST: Final = 5
SHARE_LEAST: Final = 0.5
EXTENT_LEAST_MS: Final = 60_000
# A few frames may fall between two cuts or under a caption; most must convince both families.
AGREEING_LEAST: Final = 2 / 3
# Of the known frames between the first and the last that are seen: a few here and there are chance, not a film.
CLOSENESS_LEAST: Final = 0.5

Strand = Sequence["FrameMatch"]


def sure_strands(strands: Sequence[Strand], *, moments: Sequence[int]) -> list[bool]:
    """For each strand of one known film whether it is that film, by itself or with the others of a film in pieces.

    `moments` are those of all its frames.
    """
    solid = [_is_solid(strand, moments=moments) for strand in strands]
    together = [one for strand, is_solid in zip(strands, solid, strict=True) if is_solid for one in strand]
    in_pieces = _share(together, moments=moments) >= SHARE_LEAST
    return [
        _is_nearly_all(strand, moments=moments)
        or (is_solid and (in_pieces or _extent_ms(strand) >= EXTENT_LEAST_MS))
        for strand, is_solid in zip(strands, solid, strict=True)
    ]


def _is_nearly_all(strand: Strand, *, moments: Sequence[int]) -> bool:
    share = _share(strand, moments=moments)
    least = LOOKS_OF_ALL if share == 1 else LOOKS_OF_NEARLY_ALL
    return _mostly_agree(strand) and share >= SHARE_OF_NEARLY_ALL and _looks(strand) >= least


def _is_solid(strand: Strand, *, moments: Sequence[int]) -> bool:
    """Whether it is more than chance or a title card."""
    seen = _seen(strand)
    if not seen or not _mostly_agree(strand) or _looks(strand) < LOOKS_LEAST:
        return False
    between = [moment for moment in moments if min(seen) <= moment <= max(seen)]
    return len(seen) >= CLOSENESS_LEAST * len(between)


def _mostly_agree(strand: Strand) -> bool:
    return len(_seen(strand)) >= AGREEING_LEAST * len({one.match.entry.at_ms for one in strand})


def _share(strand: Strand, *, moments: Sequence[int]) -> float:
    return len(_seen(strand)) / max(1, len(moments))


def _seen(strand: Strand) -> set[int]:
    """The moments of the known film that both families see."""
    return {one.match.entry.at_ms or 0 for one in strand if one.counts}


def _looks(strand: Strand) -> int:
    """How many known frames differ from all others; counted no further than is asked for."""
    looks: list[int] = []
    for one in strand:
        if not one.counts:
            continue
        bits = int(one.match.entry.pdq or "0", 16)
        if all((bits ^ look).bit_count() > LOOK_APART_BITS for look in looks):
            looks.append(bits)
        if len(looks) == max(LOOKS_LEAST, LOOKS_OF_NEARLY_ALL):
            break
    return len(looks)


def _extent_ms(strand: Strand) -> int:
    """In the upload or in the known film, whichever is shorter: a frame that stands still fills no minute."""
    agreeing = [one for one in strand if one.counts]
    shown_ms = max(one.to_ms for one in agreeing) - min(one.from_ms for one in agreeing)
    return min(shown_ms, max(_seen(strand)) - min(_seen(strand)))
