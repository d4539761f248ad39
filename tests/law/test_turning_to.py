"""Whom to call: by situation, by hour, and honest where the hours are not known."""

from datetime import UTC, datetime
from importlib.resources import files

import pytest

from haetae.law.packs import load_pack, read_pack
from haetae.law.person.elsewhere import load_elsewhere, read_world
from haetae.law.person.facts import HelplineUse, Situation
from haetae.law.person.hours import HoursError, Openness, openness, parse_opening
from haetae.law.table import PackError

# Thursday, 03:00 in Seoul.
AT_NIGHT = datetime(2026, 11, 25, 18, tzinfo=UTC)
KR = {part.name: part.read_text(encoding="utf-8") for part in files("haetae.law").joinpath("kr").iterdir()}
WORLD = files("haetae.law").joinpath("elsewhere", "world.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("situation", "numbers"),
    [
        (Situation.THREATENED, ["112", "1366"]),
        (Situation.MONEY, ["112", "1366"]),
        (Situation.TALK, ["1366", "1388"]),
        (Situation.HOPELESS, ["109", "1366"]),
        (Situation.DELETION, ["1366", "02-735-8994"]),
        (Situation.UNDER_19, ["1388", "1366"]),
        (Situation.SCHOOL, ["117", "1388"]),
        (Situation.REVIEW, ["1377"]),
        (Situation.LAWYER, ["1366", "132"]),
    ],
)
def test_each_situation_has_its_numbers_in_their_order(situation, numbers):
    lines = load_pack("kr").helplines(situation=situation, at=AT_NIGHT)
    assert [line.number for line in lines if line.number] == numbers


def test_at_three_in_the_night_somebody_answers_in_every_situation():
    pack = load_pack("kr")
    for situation in Situation:
        first = pack.helplines(situation=situation, at=AT_NIGHT)[0]
        assert first.openness(at=AT_NIGHT, tz=pack.zone) is Openness.OPEN, situation


def test_the_review_line_names_the_key_to_press_and_the_hours_that_a_source_gives():
    (line,) = load_pack("kr").helplines(situation=Situation.REVIEW, at=AT_NIGHT)
    assert (line.number, line.option) == ("1377", "3")
    assert line.hours
    assert line.hours.always
    assert line.hours.verified


def test_hours_that_nobody_told_us_are_unknown_and_not_always():
    pack = load_pack("kr")
    unknown = {line.number or line.site for line in pack.all_helplines if line.hours is None}
    assert unknown == {"02-735-8994", "ecrm.police.go.kr"}
    for line in pack.all_helplines:
        if line.hours is None:
            assert line.openness(at=AT_NIGHT, tz=pack.zone) is Openness.UNKNOWN


def test_every_use_has_a_number_and_what_was_not_looked_up_says_so():
    lines = load_pack("kr").all_helplines
    assert {line.use for line in lines} == set(HelplineUse)
    unverified = {line.number or line.site for line in lines if not line.verified}
    assert unverified == {"132", "ecrm.police.go.kr"}
    guessed = {line.number for line in lines if line.hours and not line.hours.verified}
    assert guessed == {"112", "117", "132"}
    for line in lines:
        assert line.words_ko != line.words_en


def test_hours_are_counted_where_they_answer_and_end_on_the_minute():
    weekdays = (parse_opening("mon-fri 09:00-18:00"),)
    zone = load_pack("kr").zone
    friday = datetime(2026, 11, 27, tzinfo=zone)
    for hour, minute, is_open in ((8, 59, False), (9, 0, True), (17, 59, True), (18, 0, False)):
        at = friday.replace(hour=hour, minute=minute).astimezone(UTC)
        assert (openness(weekdays, at=at, tz=zone) is Openness.OPEN) == is_open
    assert openness(weekdays, at=friday.replace(day=28, hour=12), tz=zone) is Openness.CLOSED


@pytest.mark.parametrize(
    "text",
    ["always", "mon-fri", "fri-mon 09:00-18:00", "mon 18:00-09:00", "mon 09:00-25:00", "mon 09:75-10:00", ""],
)
def test_hours_that_are_none_are_refused(text):
    with pytest.raises(HoursError):
        parse_opening(text)


def test_whoever_answers_now_stands_before_whoever_does_not():
    text = KR["helplines.toml"].replace(
        'id = "support"\nnumber = "1366"\nuse = "support"\neverywhere = true\n'
        'hours = { weekly = ["mon-sun 00:00-24:00"]',
        'id = "support"\nnumber = "1366"\nuse = "support"\neverywhere = true\n'
        'hours = { weekly = ["mon-fri 09:00-18:00"]',
        1,
    )
    assert text != KR["helplines.toml"]
    pack = read_pack({**KR, "helplines.toml": text}, name="kr")
    lines = pack.helplines(situation=Situation.DELETION, at=AT_NIGHT)
    assert [line.number for line in lines] == ["02-735-8994", "1366"], "unknown comes before closed"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "police"', 'id = "support"', "'support' is there twice"),
        ('helplines = ["review"]', 'helplines = ["reviews"]', "'reviews' is no helpline of this pack"),
        ('id = "lawyer"', 'id = "review"', "'review' is there twice"),
        ('weekly = ["mon-sun 00:00-24:00"]', 'weekly = ["mon-sun"]', "key 'weekly': 'mon-sun' are no hours"),
        ('number = "132"\n', "", "say a number, a site or both"),
        ('helplines = ["review"]', 'helplines = ["review", "review"]', "says one thing twice"),
    ],
)
def test_a_list_of_numbers_with_a_fault_is_refused(old, new, sentence):
    text = KR["helplines.toml"]
    assert old in text
    with pytest.raises(PackError, match=sentence):
        read_pack({**KR, "helplines.toml": text.replace(old, new, 1)}, name="kr")


def test_a_situation_without_anybody_to_call_is_refused():
    text = KR["helplines.toml"]
    start = text.index('[[situations]]\nid = "lawyer"')
    with pytest.raises(PackError, match="nobody to turn to for 'lawyer'"):
        read_pack({**KR, "helplines.toml": text[:start]}, name="kr")


def test_other_countries_are_listed_and_nothing_of_them_counts_as_checked():
    lists = load_elsewhere()
    assert [place.pack_id for place in lists] == ["world", "us", "uk", "eu", "au", "in"]
    for place in lists:
        assert place.all_helplines
        for line in place.helplines(at=AT_NIGHT):
            assert not line.verified, (place.pack_id, line.helpline_id)
            assert line.hours is None or not line.hours.verified


def test_a_list_of_another_country_is_read_as_strictly():
    with pytest.raises(PackError, match=r"world/world\.toml: unknown key 'mood'"):
        read_world('mood = "calm"\n' + WORLD)
    with pytest.raises(PackError, match="add verified = false"):
        read_world(WORLD.replace("verified = false\n", "", 1))
