"""Who plays: the pictures, and what a scenario is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from haetae.audit.models import Event
from haetae.story.pictures import KnownOriginal, in_other_bytes, photo
from haetae.story.stage import Stage


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The pictures that play: two originals that are known, and one that nobody minds."""

    known: KnownOriginal
    known_too: KnownOriginal
    benign: bytes = field(default_factory=lambda: photo("rocket"))

    def benign_copy(self) -> bytes:
        """The harmless picture in other bytes."""
        return in_other_bytes(self.benign)


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """`play` returns the events of the picture it was about; it raises StoryError where the story goes wrong."""

    name: str
    title: str
    play: Callable[[Stage, Cast], list[Event]]
