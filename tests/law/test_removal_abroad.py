"""What an operator of another country has to do: from which day, within which time, upon which request."""

from datetime import UTC, date, datetime, timedelta

import pytest

from haetae.accounts.models import OperatorKind
from haetae.law.countries import (
    Bound,
    ClockStart,
    Copies,
    DutyName,
    Element,
    NotInForceError,
    PackError,
    country_law,
    packs,
)
from haetae.law.packs import load_pack

TODAY = date(2026, 11, 26)


def test_six_packs_are_shipped_and_each_one_knows_what_an_operator_there_must_do() -> None:
    assert packs() == ("au", "eu", "in", "kr", "uk", "us")
    for pack_id in packs():
        duty = country_law(pack_id).removal_duty(TODAY)
        assert duty.source.kind.is_law
        assert duty.citation.startswith(f"{pack_id} {duty.source.key} ")


@pytest.mark.parametrize(
    ("pack_id", "hours", "started_by", "copies"),
    [
        ("kr", None, ClockStart.KNOWLEDGE, Copies.NONE),
        ("us", 48, ClockStart.VALID_REQUEST, Copies.IDENTICAL),
        ("uk", 48, ClockStart.VALID_REQUEST, Copies.SUBSTANTIALLY_SAME),
        ("eu", None, ClockStart.VALID_REQUEST, Copies.NONE),
        ("au", 24, ClockStart.ORDER, Copies.NONE),
        ("in", 2, ClockStart.VALID_REQUEST, Copies.NONE),
    ],
)
def test_each_country_gives_its_own_time_or_none(pack_id, hours, started_by, copies):
    duty = country_law(pack_id).removal_duty(TODAY)
    given = None if duty.due_after is None else duty.due_after.as_timedelta() / timedelta(hours=1)
    assert (given, duty.starts_with, duty.copies) == (hours, started_by, copies)
    assert duty.as_soon_as_possible or given is not None


@pytest.mark.parametrize(
    ("pack_id", "first"),
    [
        ("us", date(2026, 5, 19)),
        ("uk", date(2024, 1, 10)),
        ("in", date(2021, 2, 25)),
        ("au", date(2022, 1, 23)),
        ("eu", date(2024, 2, 17)),
    ],
)
def test_before_its_first_day_a_duty_is_not_claimed_and_the_way_out_is_named(pack_id, first):
    law = country_law(pack_id)
    assert law.removal_duty(first).valid_from == first
    with pytest.raises(NotInForceError, match=f"the next begins on {first}"):
        law.removal_duty(first - timedelta(days=1))


@pytest.mark.parametrize(
    ("pack_id", "changed", "before", "after"),
    [("uk", date(2026, 6, 29), None, 48), ("in", date(2026, 2, 20), 24, 2)],
)
def test_a_shorter_time_holds_from_its_day_and_never_before(pack_id, changed, before, after):
    for day, hours in ((changed - timedelta(days=1), before), (changed, after)):
        due = country_law(pack_id).removal_duty(day).due_after
        assert (due and due.as_timedelta() / timedelta(hours=1)) == hours


def test_in_australia_only_the_states_notice_starts_the_clock_and_the_time_can_be_longer():
    duty = country_law("au").removal_duty(TODAY)
    assert duty.name is DutyName.ORDER
    assert not duty.starts_with.is_ours
    assert duty.longer_if_allowed
    with pytest.raises(NotInForceError, match="no duty to remove on request in force"):
        country_law("au").removal_duty(TODAY, name=DutyName.REQUEST)


def test_a_valid_request_in_the_united_states_is_signed_and_says_what_the_act_names():
    assert country_law("us").removal_duty(TODAY).checklist == (
        Element.SIGNATURE,
        Element.CONTENT_ID,
        Element.LOCATION,
        Element.GOOD_FAITH_STATEMENT,
        Element.CONTACT,
    )


def test_a_due_date_abroad_is_counted_where_the_operator_is():
    law = country_law("us")
    duty = law.removal_duty(TODAY)
    assert duty.due_after is not None
    start = datetime(2026, 11, 26, 3, tzinfo=UTC)
    assert law.due_at(start=start, duration=duty.due_after) == datetime(2026, 11, 28, 3, tzinfo=UTC)
    assert duty.zone.key == "America/New_York"


def test_the_law_at_home_is_one_and_the_same_in_both_readers():
    assert country_law("kr") is load_pack("kr").country
    assert load_pack("kr").removal.legal_deadline is country_law("kr").removal_duty(TODAY)


def test_whom_a_duty_binds_is_said_in_the_words_of_the_register_of_operators():
    assert {bound.value for bound in Bound} == {kind.value for kind in OperatorKind}


@pytest.mark.parametrize("pack_id", ["xx", "", "../law/us", "/etc", "us/pack.toml", "country", "person"])
def test_an_unknown_pack_is_answered_with_the_known_ones(pack_id):
    with pytest.raises(PackError, match="the packs here are au, eu, in, kr, uk, us"):
        country_law(pack_id)
