"""One face over several frames of a film, and what its frames say together. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from haetae.detect.classifying.boxes import FoundFace, overlap
from haetae.detect.classifying.calibration import Knots, pooled

OVERLAP_LEAST: Final = 0.3  # of the union, from one sampled frame to the next


@dataclass(kw_only=True)
class Track:
    """`frames` are places in the sample, `scores` what was said of the face in each of them, in log-odds."""

    frames: list[int] = field(default_factory=list)
    faces: list[FoundFace] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)

    def score(self, knots: Knots | None) -> float:
        """All of its frames as one look."""
        return pooled(self.scores, knots)


def tracks_of(frames: Sequence[Sequence[tuple[FoundFace, float]]]) -> list[Track]:
    """Each face goes on as the one in the frame before that it covers most; what covers none begins anew."""
    every: list[Track] = []
    living: list[Track] = []
    for number, faces in enumerate(frames):
        free = list(living)
        living = []
        for face, score in faces:
            before = max(free, key=lambda track: overlap(track.faces[-1], face), default=None)
            if before is None or overlap(before.faces[-1], face) < OVERLAP_LEAST:
                before = Track()
                every.append(before)
            else:
                free.remove(before)
            before.frames.append(number)
            before.faces.append(face)
            before.scores.append(score)
            living.append(before)
    return every


def most_suspect(tracks: Sequence[Track], knots: Knots | None) -> Track | None:
    """The highest score among faces that were seen in at least two frames, where there is one; else among all.

    Of many faces seen once the highest is high by chance alone.
    """
    lasting = [track for track in tracks if len(track.frames) > 1] or list(tracks)
    return max(lasting, key=lambda track: track.score(knots), default=None)
