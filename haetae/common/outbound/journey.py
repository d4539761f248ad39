"""What one fetch may use up, and what it has used up so far over all its hops."""

from dataclasses import dataclass
from time import monotonic

from .errors import Failure, NetworkFailure

MEBIBYTE = 1_048_576


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one fetch. The time is total: names, connecting, all hops, the last byte of the body."""

    total_s: float = 20.0
    connect_s: float = 5.0
    head_bytes: int = 64 * 1024
    body_bytes: int = 20 * MEBIBYTE
    redirects: int = 3


@dataclass(slots=True)
class Journey:
    """The one thing that changes during a fetch. Times are monotonic seconds.

    A time limit for each read bounds nothing when a server sends one byte a second; so every single
    wait, for whatever it waits, is given only the time that is left of the whole.
    """

    limits: Limits
    ends_at_s: float
    may_read_bytes: int = 0
    sent: bool = False
    status: int | None = None

    @classmethod
    def start(cls, limits: Limits) -> "Journey":
        return cls(limits=limits, ends_at_s=monotonic() + limits.total_s)

    def left_s(self) -> float:
        """Seconds left, always more than zero; NetworkFailure when there are none."""
        left = self.ends_at_s - monotonic()
        if left <= 0:
            raise self.out_of_time()
        return left

    def count_read(self, size_bytes: int) -> None:
        """Count what came in over the wire, framing included."""
        self.may_read_bytes -= size_bytes
        if self.may_read_bytes < 0:
            raise self.failure(
                Failure.TOO_LARGE, "The answer is larger than we read; it was left unfinished."
            )

    def failure(self, code: Failure, words: str) -> NetworkFailure:
        """A failure that tells what is known at this moment."""
        return NetworkFailure(code, words, self.sent, self.status)

    def out_of_time(self) -> NetworkFailure:
        return self.failure(
            Failure.TIMEOUT,
            f"The exchange did not end within {self.limits.total_s:g} seconds; it was cut off.",
        )
