"""What a person can read on the portal: there in both languages, reachable, calm, and true to the pack."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from haetae.law.packs import load_pack
from haetae.law.person.facts import RetentionClass
from haetae.law.person.penalties import offences_on
from tests.web.reading_pages import PAGES, path_of, paths, penalty_rows, texts

AT_NIGHT = datetime(2026, 11, 25, 18, tzinfo=UTC)  # Thursday, 03:00 in Seoul
AT_NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
CHANGED = "2024-10-16"
LANGUAGES = ("ko", "en")


def read(visitor, page: str, language: str = "en", **query: str) -> str:
    answer = visitor(language).get(path_of(page), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages_without_a_database_and_keeps_nothing(visitor, page, language):
    answer = visitor(language).get(path_of(page))
    shown = answer.content.decode()
    title = re.search(r"<title>(.*?)</title>", shown)
    assert answer.status_code == 200
    assert title
    assert title[1] == {"ko": "안내", "en": "Information"}[language]
    assert f'lang="{language}"' in shown
    assert 'href="tel:112"' in shown, "the line for danger stands on every page"
    assert len(re.findall("<h1", shown)) == 1
    assert "<input" not in re.sub(r'<input type="hidden"[^>]*>', "", shown), "nothing is asked here"


def test_every_page_is_reached_from_the_index_and_the_index_from_everywhere(visitor):
    index = read(visitor, "help")
    for page in PAGES:
        assert f'href="{path_of(page)}"' in index, page
    for where in ("/", "/hash/", *paths()):
        assert f'href="{path_of("help")}"' in visitor().get(where).content.decode(), where


def test_a_link_to_another_site_says_so_and_tells_it_nothing(visitor):
    found = 0
    for where in paths():
        page = visitor().get(where).content.decode()
        for link in re.findall(r'<a [^>]*href="https://[^>]*>', page):
            assert 'rel="noreferrer noopener"' in link, where
            found += "leave" not in link
        main = page[page.index("<main") : page.index("</main>")]
        assert main.count("(another site)") == len(re.findall('href="https://', main)), where
    assert found >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lower_bound_never_stands_or_sounds_like_an_upper_one(visitor, language):
    least, most = {"ko": ("이상", "이하"), "en": ("or more", "up to")}[language]
    pack = load_pack()
    rows = penalty_rows(read(visitor, "help_law", language))
    offences = offences_on(pack.all_offences, pack.version)
    assert len(rows) == len(offences) >= 14
    for row, offence in zip(rows, offences, strict=True):
        _deed, at_least, at_most, fine = row
        assert (least in at_least) == (offence.min_years is not None), row
        assert most not in at_least, row
        assert least not in at_most, row
        assert (most in at_most) == (offence.max_years is not None and not offence.life), row
        if offence.min_years is None:
            assert at_least == "—", row
        else:
            assert re.findall("[0-9]+", at_least) == [str(offence.min_years)], row
        if offence.max_years is not None:
            assert re.findall("[0-9]+", at_most) == [str(offence.max_years)], row
        assert bool(re.search("[0-9]", fine)) == (offence.max_fine_won is not None), row


def test_the_case_that_press_turned_round_is_told_the_right_way(visitor):
    """Article 11-2: threatening somebody under 19 is at least three years, forcing at least five."""
    rows = penalty_rows(read(visitor, "help_law", "ko"))
    assert ["그것으로 협박한 사람", "3년 이상", "—", "벌금형 없음"] in rows
    assert ["그렇게 협박해서 억지로 무엇을 하게 한 사람", "5년 이상", "—", "벌금형 없음"] in rows
    assert ["합성물을 퍼뜨린 사람", "—", "7년 이하", "5천만 원"] in rows
    assert ["만든 사람", "5년 이상", "무기징역", "벌금형 없음"] in rows


def test_the_law_is_told_by_the_day_of_the_deed(visitor):
    earlier = read(visitor, "help_law", on="2021-01-21")
    assert "only if meant to be spread" in earlier
    assert "We could not check this row fully." in earlier
    assert "Money made with it is taken away" not in earlier
    assert "21 January 2021 to 23 September 2021" in earlier
    later = read(visitor, "help_law", on=CHANGED)
    assert "only if meant to be spread" not in later
    assert "Money made with it is taken away" not in later
    assert "Money made with it is taken away" in read(visitor, "help_law", on="2025-06-21")


@pytest.mark.parametrize("on", ["", "2024-10-15", "yesterday", "9999-99-99", "<script>", "2025-06-21'"])
def test_a_day_that_is_none_of_the_listed_ones_shows_the_newest(visitor, on):
    page = read(visitor, "help_law", on=on)
    assert "<b>Since 21 June 2025</b>" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert not on or on not in main.replace("<b>Since", "")


def test_what_was_not_checked_is_marked_and_what_was_is_not(visitor):
    pack = load_pack()
    page = read(visitor, "help_law")
    unchecked = [row for row in offences_on(pack.all_offences, pack.version) if not row.verified]
    assert page.count("We could not check this row fully.") == len(unchecked) > 0


def test_numbers_are_sorted_by_who_answers_at_that_hour(visitor):
    with time_machine.travel(AT_NIGHT, tick=False):
        page = read(visitor, "help_numbers")
    assert "Time in Korea: Thursday, 03:00." in page
    lawyer = page[page.index('<section id="lawyer"') :]
    assert lawyer.index("tel:1366") < lawyer.index("tel:132")
    assert "Closed now, as far as we know: Monday to Friday 09:00–18:00" in lawyer
    deletion = page[page.index('<section id="deletion"') :]
    assert deletion.index("tel:1366") < deletion.index("tel:027358994")
    assert "We don&#x27;t know the hours" in deletion
    with time_machine.travel(AT_NOON, tick=False):
        assert "Answers now, as far as we know: Monday to Friday 09:00–18:00" in read(visitor, "help_numbers")


def test_whoever_is_threatened_reads_what_to_do_in_the_order_in_which_to_do_it(visitor):
    page = " ".join(texts(read(visitor, "help_now")))
    steps = ["Do not pay", "Do not delete the messages", "screenshots", "Call 112.", "Then call 1366."]
    places = [page.index(step) for step in steps]
    assert places == sorted(places)
    assert "Leave out the picture itself." in page, "keeping it can be a crime, for a child's friends too"


def test_whoever_reads_only_this_page_can_tell_what_happens_to_their_data(visitor):
    page = " ".join(texts(read(visitor, "help_data")))
    for said in (
        "Nothing is saved. Close the page and it is gone.",
        "stays on your device",
        "Your eight words open it",
        "A second lock is for the counsellors.",
        "Locked with a key of this service",
        "Not locked",
        "every opening is written down",
        "Your internet address.",
        "after 30 minutes",
        "destroy everything",
        "legal hold",
        "two counsellors together",
    ):
        assert said in page, said


def test_how_long_it_is_kept_comes_from_the_pack(visitor):
    page = texts(read(visitor, "help_data"))
    pack = load_pack()
    for kind in RetentionClass:
        kept = pack.retention(kind, on=pack.version).keep_for
        words = "for good" if kept is None else f"{kept.months // 12} years"
        assert any(text.startswith(f"{words}:") for text in page), kind


def test_an_aim_is_not_told_as_law(visitor):
    page = " ".join(texts(read(visitor, "help_next")))
    hours = load_pack().removal.target_removal.as_timedelta().total_seconds() / 3600
    assert "The law says “without delay” and names no hours." in page
    assert f"Our own aim is {hours:g} hours. An aim is not a promise" in page


def test_somebody_under_19_is_promised_nothing_that_the_law_does_not_keep(visitor):
    page = " ".join(texts(read(visitor, "help_under_19")))
    assert "You did nothing wrong." in page
    assert "A counsellor first asks you whether that is safe." in page
    assert "the law has them explain it to you and to your guardian" in page
    assert "Is somebody at home the one who did it, or is home not safe? Say so first" in page
    assert "have to tell the police at once" in page


def test_a_teacher_reads_first_that_the_duty_is_at_once(visitor):
    page = texts(read(visitor, "help_teachers", "ko"))
    assert page[1].startswith("학생이 19세 미만이면 즉시 경찰에 신고해야 해요.")
    assert "알게 되면 즉시 신고해야 해요" in page


def test_rights_of_everybody_and_of_those_under_19_stand_apart(visitor):
    page = read(visitor, "help_rights")
    everybody, under_19 = page.split('<section id="under-19"')
    assert "The state must give you a lawyer" not in everybody
    assert "The state must give you a lawyer" in under_19
    assert "since 1 July 2026" in under_19, "since when missed days can count"
