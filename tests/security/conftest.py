"""What these tests have in common, and the small table at their end: what was tried, and how often."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.web.conftest import *  # noqa: F403 - the same visitors and officials

Tried = Callable[[str, int], None]
_KEY = "tried"


@pytest.fixture
def tried(record_property: Callable[[str, object], None]) -> Tried:
    """Notes how many of something a test has really tried; the numbers of all tests are added up."""

    def note(what: str, count: int) -> None:
        assert count > 0, f"nothing was tried: {what}"
        record_property(_KEY, (what, count))

    return note


def pytest_terminal_summary(terminalreporter) -> None:
    """Out of the reports of all processes."""
    sums: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == _KEY:
                sums[value[0]] += value[1]
    if sums:
        terminalreporter.write_sep("-", "tried")
        for what, count in sorted(sums.items()):
            terminalreporter.write_line(f"{count:>7,}  {what}")


@pytest.fixture
def behind_a_proxy(settings) -> None:
    settings.CLIENT_ADDRESS_HEADER = "X-Client"
