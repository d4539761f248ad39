"""What is fuzzed: a function of bytes, the refusals that it may answer with, and a few honest beginnings.

Anything else that comes out of it (another exception, a hang) is a finding.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Target:
    reads: Callable[[bytes], object]
    refuses: tuple[type[Exception], ...] = ()
    seeds: tuple[bytes, ...] = ()

    def run(self, data: bytes) -> None:
        """Raises a finding."""
        try:
            self.reads(data)
        except self.refuses:
            return


def ready() -> None:
    """Some of what is read belongs to rooms that need Django; none of it asks a database."""
    import django

    django.setup()


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
