"""A year of one operator, less the months that everybody can read, would be the month that is hidden."""

import pytest

from haetae.agencies.statistics.queries import never_hidden, shown_all_year
from haetae.common import clock
from haetae.flow.overview.figures.tables import figures
from tests.publishing import an_operator, moment, only_asked, published

pytestmark = pytest.mark.django_db


def test_the_figures_inside_the_house_do_not_tell_what_a_month_hides() -> None:
    """Sums over a year, less the months that are shown, would be the one that is not."""
    with moment("2026-09-15T12:00"):
        for name, count in (("alpha", 9), ("beta", 9), ("gamma", 9), ("delta", 5)):
            only_asked(name, count)
    with moment("2026-08-15T12:00"):
        for name, count in (("alpha", 9), ("beta", 9), ("gamma", 9), ("delta", 2), ("eta", 9)):
            only_asked(name, count, first=50)
    with moment("2026-10-03T09:00"):
        before = figures(at=clock.now()).by_operator
        assert before is not None
        assert {"alpha", "beta", "gamma", "delta"} <= set(before.rows)
    published("2026-08", when="2026-10-02T10:00")
    published()
    with moment("2026-10-03T09:00"):
        after = figures(at=clock.now()).by_operator
    assert after is not None
    assert "delta" not in after.rows
    assert never_hidden(["2026-08", "2026-09"]) == {"gamma"}
    assert not shown_all_year(str(an_operator("gamma").pk), 2026), "not every month is published"
    assert shown_all_year(str(an_operator("omega").pk), 2026)
