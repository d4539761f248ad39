"""The numbers of a month through the pages: read, published, corrected; and nobody else may."""

import hashlib
import re
from pathlib import Path

import pytest

from haetae.agencies.statistics import rules
from haetae.agencies.statistics.models import PublishedMonth
from haetae.web import charts
from haetae.web.words.statistics import REASONS, REFUSALS
from tests.publishing import MONTH, an_operator, gone, moment, only_asked, published

pytestmark = pytest.mark.django_db
PAGE = f"/console/statistics/{MONTH}/"
WHEN = "2026-10-02T09:00"


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def seen(answer) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', answer.content.decode())[1]


def test_the_lead_reads_a_month_publishes_it_and_everybody_reads_the_same(policy_lead, visitor) -> None:
    with moment("2026-09-15T12:00"):
        gone("alpha", 12)
    stranger = visitor("en")
    assert "No month has been published yet." in text(stranger.get("/statistics/"))
    with moment(WHEN):
        assert "not published" in text(policy_lead.get("/console/statistics/"))
        draft = policy_lead.get(PAGE)
        assert "Asked: 12. Said removed: 12. Seen gone by us: 12" in text(draft)
        assert policy_lead.post(PAGE, {"seen": seen(draft)}).status_code == 302
        assert "published" in text(policy_lead.get("/console/statistics/"))
    shown = text(stranger.get("/statistics/"))
    assert "September 2026 in numbers" in shown
    assert "Asked: 12. Said removed: 12. Seen gone by us: 12" in shown
    assert PublishedMonth.objects.get().digest in shown
    assert "2026년 9월의 통계" in text(visitor("ko").get(f"/statistics/{MONTH}/"))


def test_a_correction_says_why_and_the_first_stays_to_be_read(policy_lead, visitor) -> None:
    with moment("2026-09-15T12:00"):
        gone("alpha", 12)
    published()
    with moment("2026-09-15T12:00"):
        gone("alpha", 8, first=50)
    with moment(WHEN):
        draft = policy_lead.get(PAGE)
        without = policy_lead.post(PAGE, {"seen": seen(draft)})
        assert (without.status_code, "A correction needs a reason" in text(without)) == (422, True)
        odd = policy_lead.post(PAGE, {"seen": seen(draft), "reason": "because"})
        assert (odd.status_code, "Choose one of the reasons" in text(odd)) == (422, True)
        done = policy_lead.post(PAGE, {"seen": seen(without), "reason": "record_completed"})
        assert done.status_code == 302
    newest, first = (
        text(visitor("en").get("/statistics/")),
        text(visitor("en").get(f"/statistics/{MONTH}/1/")),
    )
    assert "Correction 2." in newest
    assert "Something of that month reached the record later." in newest
    assert "Seen gone by us: 20" in newest
    assert "This was corrected later." in first
    assert "Seen gone by us: 12" in first


def test_what_changed_meanwhile_is_shown_before_it_is_published(policy_lead) -> None:
    with moment(WHEN):
        draft = policy_lead.get(PAGE)
    with moment("2026-09-15T12:00"):
        gone("alpha", 12)
    with moment(WHEN):
        refused = policy_lead.post(PAGE, {"seen": seen(draft)})
        assert (refused.status_code, "has changed since" in text(refused)) == (422, True)
        assert "Seen gone by us: 12" in text(refused)
        assert policy_lead.post(PAGE, {"seen": seen(refused)}).status_code == 302


def test_nobody_else_publishes(auditor, regulator, counsellor, visitor) -> None:
    with moment(WHEN):
        for browser in (auditor, regulator, counsellor):
            assert browser.get(PAGE).status_code == 403
            assert browser.post(PAGE, {"seen": ""}).status_code == 403
        assert visitor("en").post(PAGE, {"seen": ""}).status_code in {302, 403}
    assert not PublishedMonth.objects.exists()


def test_a_month_that_is_not_over_has_no_page(policy_lead) -> None:
    with moment("2026-09-30T23:59"):
        assert policy_lead.get(PAGE).status_code == 404
        assert policy_lead.post(PAGE, {"seen": "0" * 64}).status_code == 404
    assert policy_lead.get("/console/statistics/2026-13/").status_code == 404


def test_the_files_are_the_ones_that_were_published_and_no_other(visitor) -> None:
    with moment("2026-09-15T12:00"):
        gone("alpha", 12)
    row = published()
    browser = visitor("ko")
    document = browser.get(f"/statistics/{MONTH}/1/document.json")
    assert hashlib.sha256(document.content).hexdigest() == row.digest
    assert browser.get(f"/statistics/{MONTH}/1/figures.csv").content.startswith(b"\xef\xbb\xbf")
    for nothing in (
        f"{MONTH}/1/other.csv",
        f"{MONTH}/2/figures.csv",
        "2026-08/",
        "2026-13/",
        f"{MONTH}/1/..%2f",
    ):
        assert browser.get(f"/statistics/{nothing}").status_code == 404, nothing


def test_a_page_reads_what_was_stored_and_counts_nothing(visitor, django_assert_max_num_queries) -> None:
    with moment("2026-09-15T12:00"):
        gone("alpha", 12)
    published()
    with django_assert_max_num_queries(12) as asked:
        visitor("en").get("/statistics/")
    assert not any("removal_deletionrequest" in one["sql"] for one in asked.captured_queries)


def test_a_hidden_bar_is_hatched_and_never_nothing(visitor) -> None:
    with moment("2026-09-15T12:00"):
        for name, count in (("alpha", 9), ("beta", 8), ("gamma", 7), ("delta", 5)):
            only_asked(name, count)
        gone("delta", 2, first=20)
        for name in ("alpha", "beta", "gamma"):
            gone(name, 6, first=20)
    published()
    shown = text(visitor("en").get("/statistics/"))
    assert 'class="few"' in shown
    assert "delta: fewer than 5, or not shown" in shown
    assert ">2<" not in shown


def test_bars_are_as_long_as_their_numbers_and_long_names_end_in_the_table() -> None:
    long = "긴 이름의 사업자" * 8
    drawn = charts.bars(
        [("half", 50), ("whole", 100), ("nothing", 0), (long, None)], name="x", title="t", unit="u", fewest=5
    )
    half, whole, nothing, hidden = drawn.bars
    assert (half.length * 2, nothing.length) == (whole.length, 0)
    assert whole.length <= charts.WIDTH
    assert hidden.label.endswith("…")
    assert long in drawn.about
    assert charts.bars([], name="x", title="t", unit="u", fewest=5).bars == []
    assert charts.bars([("one", 0)], name="x", title="t", unit="u", fewest=5).longest == "0"


def test_the_board_shows_sums_and_no_few(policy_lead, counsellor) -> None:
    an_operator("alpha")
    gone("alpha", 6)
    only_asked("alpha", 2, first=50)
    shown = text(policy_lead.get("/console/board/"))
    assert "under 5" in shown
    assert re.search(r"seen gone by us</dt><dd>6<", shown)
    assert "alpha" not in shown
    assert "No quorum" in shown
    assert counsellor.get("/console/board/").status_code == 403


def test_every_reason_and_every_refusal_is_worded() -> None:
    assert set(REASONS) == set(rules.Reason)
    codes = set(re.findall(r'"((?:month|nothing)_\w+)"', Path(rules.__file__).read_text(encoding="utf-8")))
    assert codes | {"draft_has_changed", "reason_unknown"} == set(REFUSALS)


def test_what_others_published_stands_beside_ours_and_apart_from_it(visitor) -> None:
    published()
    shown = text(visitor("en").get("/statistics/history/"))
    assert "781" in shown
    assert "Korea Herald, 2024-11-06" in shown
    assert "read in the press" in shown
    assert "People who asked for help <b>0</b> (September 2026)" in shown
