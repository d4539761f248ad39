"""A month that is over is counted by the record, read by an official, and frozen: once, and again for a reason."""

import csv
import hashlib
import io
import json
import re

import pytest

from haetae.agencies.statistics import actions as publishing
from haetae.agencies.statistics.actions import CannotPublishError, publish
from haetae.agencies.statistics.dictionary import entries, part_words
from haetae.agencies.statistics.history import GRADES, history
from haetae.agencies.statistics.measures import MEASURES, PARTS
from haetae.agencies.statistics.models import PublishedMonth
from haetae.agencies.statistics.opendata import NAMES, files_of
from haetae.agencies.statistics.queries import draft_of, line_of, months, never_hidden, shown_all_year
from haetae.agencies.statistics.rules import Reason, borders, why_not_publish
from haetae.audit.canonical import canonical
from haetae.audit.inclusion import is_included
from haetae.audit.models import Event
from haetae.audit.sealer import Sealer
from haetae.flow.arrival.models import Sighting
from haetae.flow.overview.figures.tables import figures
from tests.publishing import (
    MONTH,
    SEOUL,
    an_operator,
    gone,
    lead,
    moment,
    only_asked,
    published,
    refused,
    still_there,
)
from tests.web.sightings import found

pytestmark = pytest.mark.django_db
NOON = "2026-09-15T12:00"


def totals(row: PublishedMonth) -> dict[str, int | None]:
    return {name: one["total"] for name, one in row.document["measures"].items()}


def by(row: PublishedMonth, measure: str, what: str) -> dict[str, int | None] | None:
    rows = row.document["measures"][measure]["by"][what]
    return None if rows is None else dict(rows)


def test_what_happened_is_counted_and_a_few_are_hidden_with_what_would_tell_them() -> None:
    with moment(NOON):
        gone("alpha", 9)
        gone("beta", 7)
        gone("gamma", 6)
        gone("delta", 5)
        still_there("alpha", 2, first=20)
        refused("beta", 5, first=20)
    row = published()
    assert {
        name: count
        for name, count in totals(row).items()
        if name in {"requests", "verified", "claimed", "refused", "claim_false"}
    } == {"requests": 34, "verified": 27, "claimed": 29, "refused": 5, "claim_false": None}
    assert by(row, "verified", "operator") == {"others": 0, "alpha": 9, "beta": 7, "gamma": 6, "delta": 5}
    assert by(row, "claim_false", "operator") is None, "two are a few: neither the sum nor any part is shown"
    assert by(row, "found", "source") == {"report": 0, "watch": 34, "upload_check": 0}
    assert row.document["times"]["operator"][0] == ["alpha", 0, None], "a p90 of nine would be one of them"
    assert by(row, "requests", "minor") == {"minor": 0, "nobody_said": 34}


def test_one_small_part_hides_two_more_because_each_operator_knows_its_own() -> None:
    with moment(NOON):
        for name, count in (("alpha", 9), ("beta", 8), ("gamma", 7), ("delta", 5)):
            only_asked(name, count)
        gone("delta", 2, first=20)
        gone("beta", 6, first=20)
        gone("gamma", 6, first=20)
        gone("alpha", 6, first=20)
    shown = by(published(), "verified", "operator")
    assert shown == {"others": 0, "alpha": None, "beta": None, "delta": None, "gamma": 6}


def test_a_month_begins_and_ends_at_midnight_in_seoul() -> None:
    for number, when in enumerate(
        ("2026-08-31T23:59:59", "2026-09-01T00:00", "2026-09-30T23:59:59", "2026-10-01T00:00")
    ):
        with moment(when):
            for more in range(5 + number):
                found(100 * number + more)
    assert totals(published())["found"] == 6 + 7
    assert totals(published("2026-08", when="2026-10-02T10:00"))["found"] == 5
    since, until = borders("2026-12", SEOUL)
    assert (until - since).days == 31
    assert until.isoformat() == "2027-01-01T00:00:00+09:00"


def test_an_empty_month_is_nothing_and_says_so() -> None:
    row = published()
    assert set(totals(row).values()) == {0}
    assert row.document["times"] == {"all": [["all", None, None]], "operator": [], "way": []}


@pytest.mark.parametrize(
    ("month", "when", "code"),
    [
        ("2026-09", "2026-09-30T23:59:59", "month_not_over"),
        ("2026-13", "2026-10-02T09:00", "month_unreadable"),
        ("september", "2026-10-02T09:00", "month_unreadable"),
        ("1999-01", "2026-10-02T09:00", "month_unreadable"),
    ],
)
def test_what_is_not_over_or_no_month_is_refused(month, when, code) -> None:
    official = lead()
    with moment(when), pytest.raises(CannotPublishError) as refusal:
        publish(month=month, seen="", official_id=official.pk)
    assert refusal.value.code == code
    assert not PublishedMonth.objects.exists()


def test_what_changed_since_it_was_read_is_not_published() -> None:
    official = lead()
    with moment("2026-10-02T09:00"):
        seen = draft_of(MONTH).digest
    with moment(NOON):
        gone("alpha", 5)
    with moment("2026-10-02T09:01"), pytest.raises(CannotPublishError, match="draft_has_changed"):
        publish(month=MONTH, seen=seen, official_id=official.pk)


def test_twice_is_refused_and_a_correction_needs_a_reason_and_a_difference() -> None:
    with moment(NOON):
        gone("alpha", 6)
    first = published()
    with pytest.raises(CannotPublishError, match="month_published_already"):
        published()
    with pytest.raises(CannotPublishError, match="nothing_changed"):
        published(reason=Reason.COUNTED_WRONG)
    with pytest.raises(CannotPublishError, match="month_not_published_yet"):
        published("2026-08", reason=Reason.COUNTED_WRONG)
    with moment(NOON):
        gone("alpha", 6, first=50)
    second = published(reason=Reason.RECORD_COMPLETED, when="2026-10-05T09:00")
    assert (second.revision, totals(second)["verified"]) == (2, 12)
    assert totals(PublishedMonth.objects.get(pk=first.pk))["verified"] == 6, (
        "what was published stays as it was"
    )
    assert [row.pk for row in months()] == [second.pk]
    assert line_of(months(), "verified") == [(MONTH, 12)]


def test_a_correction_by_a_few_hides_what_the_difference_would_tell() -> None:
    with moment(NOON):
        gone("alpha", 10)
        gone("beta", 10)
        gone("gamma", 10)
        gone("delta", 10)
    published()
    with moment(NOON):
        gone("alpha", 2, first=50)
        gone("beta", 8, first=50)
    second = published(reason=Reason.RECORD_COMPLETED, when="2026-10-05T09:00")
    assert totals(second)["verified"] == 50
    assert by(second, "verified", "operator") == {
        "others": 0,
        "alpha": None,
        "beta": None,
        "delta": None,
        "gamma": 10,
    }
    with moment(NOON):
        gone("beta", 1, first=80)
    third = published(reason=Reason.RECORD_COMPLETED, when="2026-10-06T09:00")
    assert totals(third)["verified"] is None, "one more than before would be told"
    assert by(third, "verified", "operator") is None
    with moment(NOON):
        gone("alpha", 40, first=100)
    with pytest.raises(CannotPublishError, match="nothing_changed"):  # of what may be read
        published(reason=Reason.RECORD_COMPLETED, when="2026-10-07T09:00")


def test_an_operator_that_is_renamed_keeps_its_old_name_in_what_was_published() -> None:
    with moment(NOON):
        gone("alpha", 6)
    first = published()
    operator = an_operator("alpha")
    operator.name = "omega"
    operator.save(update_fields=["name"])
    with moment(NOON):
        gone("alpha", 6, first=50)
    second = published(reason=Reason.RECORD_COMPLETED, when="2026-10-05T09:00")
    assert by(first, "verified", "operator") == {"others": 0, "alpha": 6}
    assert by(second, "verified", "operator") == {"others": 0, "omega": 12}
    assert by(PublishedMonth.objects.get(pk=first.pk), "verified", "operator") == {"others": 0, "alpha": 6}


def test_an_operator_with_little_is_not_named() -> None:
    with moment(NOON):
        gone("alpha", 12)
        gone("tiny", 3)
    row = published()
    assert "tiny" not in json.dumps(row.document)
    assert by(row, "verified", "operator") is None, "its three would be the rest"
    assert totals(row)["verified"] == 15


def test_what_is_published_is_proven_by_the_log_and_holds_nothing_of_a_case(settings, tmp_path) -> None:
    with moment(NOON):
        gone("alpha", 6)
    row = published()
    Sealer(key=settings.KEYS.log_key, outside=tmp_path / "heads").seal()
    files = files_of(row)
    assert set(files) <= NAMES
    assert hashlib.sha256(files["document.json"]).hexdigest() == row.digest
    proof = json.loads(files["proof.json"])
    event = Event.objects.get(name="statistics.published")
    assert proof["event"]["facts"]["digest"] == row.digest
    assert is_included(
        canonical(event),
        index=proof["leaf"],
        size=proof["head"]["size"],
        path=[bytes.fromhex(step) for step in proof["path"]],
        root=bytes.fromhex(proof["head"]["root"]),
    )
    for name, digest in (line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines()):
        assert hashlib.sha256(files[name]).hexdigest() == digest
    told = b"".join(
        content for name, content in files.items() if name not in {"proof.json", "SHA256SUMS"}
    ).decode()
    for sighting in Sighting.objects.all():
        for secret in (str(sighting.pk), sighting.page_url, sighting.media_url, sighting.locator_digest):
            assert secret not in told
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{40}|alpha\.example|posts/", told)


def test_the_table_says_hidden_and_never_nothing_and_no_name_is_a_formula() -> None:
    an_operator("alpha")
    operator = an_operator("beta")
    operator.name = '=HYPERLINK("x")'
    operator.save(update_fields=["name"])
    with moment(NOON):
        for name, count in (("alpha", 6), ("beta", 6), ("gamma", 6), ("delta", 2)):
            only_asked(name, count)
    rows = list(csv.DictReader(io.StringIO(files_of(published())["figures.csv"].decode("utf-8-sig"))))
    assert {row["shown"] for row in rows if row["value"] == ""} == {"hidden"}
    assert all(int(row["value"]) == 0 or int(row["value"]) >= 5 for row in rows if row["shown"] == "shown")
    assert any(row["part"].startswith("'=HYPERLINK") for row in rows)
    assert not any(row["part"].startswith("=") for row in rows)


def test_the_figures_inside_the_house_do_not_tell_what_a_month_hides() -> None:
    """Sums over a year, less the months that are shown, would be the one that is not."""
    with moment(NOON):
        for name, count in (("alpha", 9), ("beta", 9), ("gamma", 9), ("delta", 5)):
            only_asked(name, count)
    with moment("2026-08-15T12:00"):
        for name, count in (("alpha", 9), ("beta", 9), ("gamma", 9), ("delta", 2), ("eta", 9)):
            only_asked(name, count, first=50)
    with moment("2026-10-03T09:00"):
        before = figures(at=publishing.clock.now()).by_operator
        assert before is not None
        assert {"alpha", "beta", "gamma", "delta"} <= set(before.rows)
    published("2026-08", when="2026-10-02T10:00")
    published()
    with moment("2026-10-03T09:00"):
        after = figures(at=publishing.clock.now()).by_operator
    assert after is not None
    assert "delta" not in after.rows
    assert never_hidden(["2026-08", "2026-09"]) == {"gamma"}
    assert not shown_all_year(str(an_operator("gamma").pk), 2026), "not every month is published"
    assert shown_all_year(str(an_operator("omega").pk), 2026)


def test_every_part_and_every_measure_is_worded_in_both_languages() -> None:
    for language in ("ko", "en"):
        told = {one.name: one for one in entries(language)}
        assert set(told) == {one.name for one in MEASURES} | {"time_to_verified"}
        assert all(one.title and one.meaning and one.unit for one in told.values())
        for parts in PARTS.values():
            assert all(part_words(part, language) != part or part == "report" for part in parts)


def test_what_others_published_is_dated_graded_and_beside_a_measure_of_ours() -> None:
    for figure in history("ko"):
        assert figure.grade in GRADES
        assert re.fullmatch(r"\d{4}(-\d\d)?(-\d\d)?(/\d{4}-\d\d)?", figure.period)
        assert figure.source
        assert figure.beside in {"", *(one.name for one in MEASURES)}
    values = {figure.id: figure.value for figure in history("en")}
    assert (values["victims_asked_2024_8"], values["minors_2024_8"]) == (781, 288)
    assert (values["victims_2024"], values["deletions_2024"], values["synthetic_2024"]) == (
        10_305,
        300_237,
        1_384,
    )
    assert (values["operators_received_2024"], values["operators_removed_2024"]) == (231_261, 181_204)


def test_a_month_reads_only_as_a_month() -> None:
    with moment("2026-10-02T09:00"):
        for odd in ("2026-9", "2026-09-01", "2026-00", "", "20\uff12\uff16-09"):
            problem = why_not_publish(
                odd, now=publishing.clock.now(), zone=SEOUL, revisions=0, reason=None, is_changed=True
            )
            assert problem == "month_unreadable", odd
