"""The whole system as a story: its chapters in order, each scene in words."""

from collections.abc import Sequence
from typing import Final

from haetae.web.words.story import consequences, people, removal
from haetae.web.words.story.telling import Chapter, Told

CHAPTERS: Final[Sequence[Chapter]] = (*removal.CHAPTERS, *consequences.CHAPTERS, *people.CHAPTERS)
SCENES: Final[Sequence[Told]] = tuple(scene for chapter in CHAPTERS for scene in chapter.scenes)


def chapter_of(name: str) -> Chapter:
    """The chapter in which this scene stands. Raises StopIteration for one that there is none of."""
    return next(chapter for chapter in CHAPTERS if any(scene.name == name for scene in chapter.scenes))
