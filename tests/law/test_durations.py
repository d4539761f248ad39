"""Adding time the way a calendar on a wall in Seoul does."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haetae.law.duration import Duration, DurationError, due_at, parse_duration

SEOUL = ZoneInfo("Asia/Seoul")
# Korea has kept one offset since 1988-10-09, so a fixed one is an oracle that knows no time zone database.
NINE_HOURS_EAST = timezone(timedelta(hours=9))
FIRST = datetime(1990, 1, 1)  # noqa: DTZ001 hypothesis adds the zone
LAST = datetime(2200, 1, 1)  # noqa: DTZ001 hypothesis adds the zone
moments = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(NINE_HOURS_EAST))


def last_matching_day(*, start: date, months: int) -> date:
    """Walk day by day to the target month; keep its last day that is not later than the start's day."""
    day, crossed, kept = start, 0, start
    while crossed <= months:
        if crossed == months and day.day <= start.day:
            kept = day
        tomorrow = day + timedelta(days=1)
        crossed += tomorrow.month != day.month
        day = tomorrow
    return kept


@settings(deadline=None)  # a busy machine is no fault
@given(start=moments, months=st.integers(min_value=0, max_value=30))
def test_months_end_where_a_walk_through_the_days_ends(start: datetime, months: int) -> None:
    due = due_at(start=start, duration=Duration(months=months), tz=SEOUL)
    expected = datetime.combine(
        last_matching_day(start=start.date(), months=months), start.time(), tzinfo=NINE_HOURS_EAST
    )
    assert due == expected
    assert due.tzinfo is UTC


@given(start=moments, length=st.timedeltas(min_value=timedelta(), max_value=timedelta(days=4000)))
def test_an_exact_length_passes_as_elapsed_time(start: datetime, length: timedelta) -> None:
    assert due_at(start=start, duration=Duration(exact=length), tz=SEOUL) - start == length


@given(
    months=st.integers(min_value=0, max_value=5000),
    seconds=st.integers(min_value=0, max_value=10**9),
)
def test_a_duration_that_is_written_down_reads_the_same(months: int, seconds: int) -> None:
    duration = Duration(months=months, exact=timedelta(seconds=seconds))
    assert parse_duration(str(duration)) == duration


def test_the_end_of_january_and_one_month_is_the_end_of_february() -> None:
    for start, expected in (
        (datetime(2027, 1, 31, 9, tzinfo=SEOUL), datetime(2027, 2, 28, 9, tzinfo=SEOUL)),
        (datetime(2028, 1, 31, 9, tzinfo=SEOUL), datetime(2028, 2, 29, 9, tzinfo=SEOUL)),
        (datetime(2028, 2, 29, 9, tzinfo=SEOUL), datetime(2029, 2, 28, 9, tzinfo=SEOUL)),
    ):
        length = "P1Y" if start.month == 2 else "P1M"
        assert due_at(start=start, duration=parse_duration(length), tz=SEOUL) == expected


def test_a_month_is_counted_on_the_calendar_in_seoul_and_not_in_utc() -> None:
    already_the_31st_in_seoul = datetime(2027, 1, 30, 16, tzinfo=UTC)
    due = due_at(start=already_the_31st_in_seoul, duration=parse_duration("P1M"), tz=SEOUL)
    assert due == datetime(2027, 2, 27, 16, tzinfo=UTC)


def test_months_come_first_and_the_exact_rest_follows() -> None:
    start = datetime(2027, 1, 31, 12, tzinfo=SEOUL)
    due = due_at(start=start, duration=parse_duration("P1M1DT1H"), tz=SEOUL)
    assert due == datetime(2027, 3, 1, 13, tzinfo=SEOUL)


def test_an_hour_that_the_clocks_skip_falls_an_hour_later() -> None:
    london = ZoneInfo("Europe/London")
    start = datetime(2027, 2, 28, 1, 30, tzinfo=london)
    due = due_at(start=start, duration=parse_duration("P1M"), tz=london)
    assert due == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert due.astimezone(london).hour == 2


@pytest.mark.parametrize(
    ("text", "months", "exact"),
    [
        ("P1D", 0, timedelta(days=1)),
        ("PT4H", 0, timedelta(hours=4)),
        ("PT24H", 0, timedelta(days=1)),
        ("PT1S", 0, timedelta(seconds=1)),
        ("PT0S", 0, timedelta()),
        ("P2W", 0, timedelta(days=14)),
        ("P3M", 3, timedelta()),
        ("PT3M", 0, timedelta(minutes=3)),
        ("P1Y6M", 18, timedelta()),
        ("P1Y2M3DT4H5M6S", 14, timedelta(days=3, hours=4, minutes=5, seconds=6)),
    ],
)
def test_the_spellings_of_the_standard_are_understood(text: str, months: int, exact: timedelta) -> None:
    assert parse_duration(text) == Duration(months=months, exact=exact)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "1D",
        "P-1D",
        "P1.5D",
        "P1H",
        "PT1D",
        "P1D ",
        "p1d",
        "P1D1Y",
        "24",
        "P१D",
        "P9999999D",
    ],
)
def test_anything_else_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(DurationError, match="write it like P30D"):
        parse_duration(text)


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(DurationError, match="aware datetime"):
        due_at(start=datetime(2027, 1, 1), duration=parse_duration("P1D"), tz=SEOUL)  # noqa: DTZ001 the fault


@pytest.mark.parametrize("text", ["P9999Y", "P999999D"])
def test_a_due_date_beyond_the_calendar_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(DurationError, match="outside the calendar"):
        due_at(start=datetime(9000, 1, 1, tzinfo=UTC), duration=parse_duration(text), tz=SEOUL)


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(DurationError, match="negative"):
        Duration(months=-1)
    with pytest.raises(DurationError, match="negative"):
        Duration(exact=timedelta(seconds=-1))


def test_a_month_has_no_fixed_length() -> None:
    assert parse_duration("PT24H").as_timedelta() == timedelta(hours=24)
    with pytest.raises(DurationError, match="no fixed length"):
        parse_duration("P1M").as_timedelta()
