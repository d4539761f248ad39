"""The police, the prosecutor and the court in processes of their own: the pages, and one that does the jobs.

A page to be kept and an authority that stamps the time are played on loopback; everything else is real.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.road_stage import Played, opened, play
from tests.stamping import authority_at_work


@dataclass(kw_only=True)
class Inquiry(Played):
    """`places` has the page to be kept, the two halves of the custodian's key, and the roots of the authority."""

    def urgent_time_is_over(self, operation_id: str) -> None:
        """It began 48 hours and a second earlier than it did; no clock has said anything yet."""
        self._does("urgent_time_is_over", operation_id)

    def clocks_tick(self) -> None:
        """What is due passes, and what follows from it happens."""
        self._does("clocks_tick")

    def log_is_sealed(self) -> None:
        """As it is once a minute."""
        self._does("log_is_sealed")

    def everything_lies_ready(self) -> None:
        """Something of each kind on every page, for whoever looks at them all."""
        self.places["file"] = self._does("everything_lies_ready")


@contextmanager
def open_inquiry(home: Path) -> Iterator[Inquiry]:
    with authority_at_work(home / "authority") as authority:
        stamped = {"HAETAE_TIMESTAMP_URL": authority.url, "HAETAE_TIMESTAMP_ROOTS": str(authority.roots_file)}
        where = {"module": "tests.browser.inquiry_stage", "sides": "console"}
        with opened(Inquiry, home, **where, **stamped) as inquiry:
            inquiry.places["roots"] = str(authority.roots_file)
            yield inquiry


if __name__ == "__main__":
    import django

    django.setup()
    from tests.browser import inquiry_hand

    play(inquiry_hand)
