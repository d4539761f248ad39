"""What operators file, through the pages: both sides, two officials, and what everybody may read."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.designation import rules as designation_rules
from haetae.agencies.enforcement.designation.models import Designation, HotlineQuestion, OpenChannel
from haetae.agencies.enforcement.filings import actions as filing_actions
from haetae.agencies.enforcement.filings import rules as filing_rules
from haetae.agencies.enforcement.filings.actions import accept, enter_letter, expect_report, publish
from haetae.agencies.enforcement.filings.facts import rules as fact_rules
from haetae.agencies.enforcement.filings.models import ExpectedReport, OperatorFact, TransparencyReport
from haetae.audit.models import Event
from haetae.common import clock
from haetae.web.words import designation as designation_words
from haetae.web.words import filings as filing_words
from tests import people
from tests.agencies.filing import WHOLE

pytestmark = pytest.mark.django_db
WHAT_IT_SAYS = {
    "received": "1,200",
    "removed": "1,150",
    **WHOLE.texts,
}


def who(person: people.Person) -> Official:
    return Official.objects.get(username=person.name)


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def desk(at_desk, board):
    return at_desk(people.ADMINISTRATOR, Role.OPERATOR_ADMINISTRATOR, board)


def at(board, rest: str) -> str:
    return f"/console/enforcement/{board.pk}/{rest}"


def test_a_report_goes_from_the_operators_desk_through_two_officials_to_everybody(
    desk, regulator, second_regulator, visitor, board
):
    assert regulator.post(at(board, "filings/expect/"), {"year": 2025}).status_code == 302
    assert "by law" in text(desk.get("/operator/reports/"))
    kept = desk.post("/operator/reports/2025/", {**WHAT_IT_SAYS, "training": "", "keep": "1"})
    assert "Kept as a draft" in text(kept)
    refused = desk.post("/operator/reports/2025/", {**WHAT_IT_SAYS, "training": "", "send": "1"})
    assert (refused.status_code, "five things" in text(refused)) == (422, True)
    assert WHOLE.efforts in text(refused), "what was written is not lost"
    assert desk.post("/operator/reports/2025/", {**WHAT_IT_SAYS, "send": "1"}).status_code == 302
    assert ExpectedReport.objects.get().state == "filed"
    report = TransparencyReport.objects.get()
    where = at(board, f"filings/{report.pk}/")
    assert "handed in; to be read" in text(regulator.get("/console/enforcement/filings/"))
    assert "+1,200" in text(regulator.get(where))
    assert regulator.post(f"{where}accept/").status_code == 302
    again = regulator.post(f"{where}publish/")
    assert (again.status_code, "You accepted it yourself" in text(again)) == (409, True)
    codes = [event.facts["code"] for event in Event.objects.filter(name="filings.refused").order_by("pk")]
    assert codes == ["report_incomplete", "report_same_official"]
    assert "It is being checked." in text(visitor("en").get("/transparency/"))
    assert second_regulator.post(f"{where}publish/").status_code == 302
    page = text(visitor("en").get("/transparency/2025/"))
    for said in ("1,200", "1,150", "96 %", "fewer than 5"):
        assert said in page
    assert WHOLE.efforts not in page
    table = visitor("en").get("/transparency/2025/numbers.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(table)))[1] == [
        "Board", "The report is here.", "1200", "1150", "fewer than 5, or not shown", "fewer than 5, or not shown",
    ]  # fmt: skip


def test_a_report_that_comes_back_tells_the_operator_what_to_put_right(desk, regulator, board):
    desk.post("/operator/reports/2025/", {**WHAT_IT_SAYS, "send": "1"})
    where = at(board, f"filings/{TransparencyReport.objects.get().pk}/return/")
    assert "Choose why." in text(regulator.post(where, {"note": "Say how you count."}))
    assert regulator.post(where, {"why": "numbers_unclear", "note": "Say how you count."}).status_code == 302
    for page in (desk.get("/operator/reports/"), desk.get("/operator/reports/2025/")):
        assert "Say how you count." in text(page)
    assert desk.post("/operator/reports/2025/", {**WHAT_IT_SAYS, "send": "1"}).status_code == 302
    assert TransparencyReport.objects.filter(state="sent").get().version == 2


def test_officials_type_what_came_by_letter_and_a_number_that_is_none_is_refused(regulator, board):
    where = at(board, "filings/letter/")
    wrong = regulator.post(where, {**WHAT_IT_SAYS, "year": "2025", "received": "many"})
    assert (wrong.status_code, "Write whole numbers" in text(wrong)) == (422, True)
    assert regulator.post(where, {**WHAT_IT_SAYS, "year": "2025"}).status_code == 302
    assert TransparencyReport.objects.get().way == "letter"


def test_facts_of_both_sides_stand_apart_and_say_which_duties_follow(desk, regulator, board):
    own = {"kind": "daily_users", "value": "120,000", "since": "2026-10-01", "source": "our own count"}
    assert desk.post("/operator/duties/tell/", {**own, "verified": "on"}).status_code == 302
    assert OperatorFact.objects.get().verified is False, "its own word is nobody's finding"
    assert "Its users a day reach the size." in text(desk.get("/operator/duties/"))
    found = {"kind": "service", "service": "web_hard", "since": "2026-10-01", "source": "its own pages"}
    assert regulator.post(at(board, "filings/facts/"), {**found, "verified": "on"}).status_code == 302
    page = text(regulator.get(at(board, "filings/")))
    for said in (
        "A service of this kind has it at any size.",
        "Logs of it are kept for 3 years.",
        "official&#x27;s finding",
        "operator&#x27;s own word",
        "From which size on stands in a text that was not read.",
    ):
        assert said in page, said
    wrong = regulator.post(at(board, "filings/facts/"), {**found, "service": ""})
    assert (wrong.status_code, "Choose the kind of service." in text(wrong)) == (422, True)
    assert Event.objects.get(name="filings.refused").facts["code"] == "fact_service_missing"
    fact = OperatorFact.objects.get(kind="service")
    assert regulator.post(at(board, f"filings/facts/{fact.pk}/withdraw/")).status_code == 302
    assert regulator.post(at(board, f"filings/facts/{board.pk}/withdraw/")).status_code == 404


def test_one_person_cannot_designate_alone_also_when_it_is_posted_directly(
    regulator, second_regulator, desk, board
):
    def post(browser, rest, **sent):
        return browser.post(at(board, f"designation/{rest}"), sent)

    assert "Nobody knows how many users" in text(post(regulator, "propose/", reason="Open to minors."))
    fact = {"kind": "daily_users", "value": "848000", "since": "2026-10-01", "source": "press of 2024"}
    regulator.post(at(board, "filings/facts/"), fact)
    link = {
        "link": "https://board.example/open/1",
        "seen_on": "web_page",
        "source": "a list",
        "day": "2026-11-01",
    }
    assert "never a chat" in text(post(regulator, "channel/", **link))
    assert post(regulator, "channel/", **link, is_public="on").status_code == 302
    assert OpenChannel.objects.get().times_seen == 1
    assert post(regulator, "propose/", reason="Open channels that minors enter.").status_code == 302
    one = Designation.objects.get()
    assert post(regulator, f"{one.pk}/hearing/").status_code == 302
    exception = {"party": "operator", "code": "unnecessary", "text": "It said all of it in October."}
    left_out = regulator.post(f"/console/hearings/designation/{one.pk}/leave-out/", exception)
    assert left_out.headers["Location"].startswith(at(board, "designation/"))
    same = post(regulator, f"{one.pk}/sign/")
    assert (same.status_code, "You proposed it yourself" in text(same)) == (409, True)
    assert (
        Event.objects.filter(name="designation.refused").last().facts["code"] == "designation_same_official"
    )
    assert "Sign the designation" in text(second_regulator.get(at(board, "designation/")))
    where = at(board, f"designation/{one.pk}/letter/en/")
    assert "Draft" in text(regulator.get(where))
    assert post(second_regulator, f"{one.pk}/sign/").status_code == 302
    assert "Draft" not in text(regulator.get(where))
    assert "You are designated" in text(desk.get("/operator/duties/"))
    assert "848,000" in text(desk.get("/operator/duties/designation/ko/html/"))
    assert desk.get("/operator/duties/designation/ko/page/").status_code == 404
    assert "Note its address first" not in text(post(regulator, f"{one.pk}/complied/"))
    asked = clock.now().strftime("%Y-%m-%dT00:00")
    assert post(regulator, f"{one.pk}/question/", asked_at=asked).status_code == 302
    question = HotlineQuestion.objects.get()
    answer = post(regulator, f"{one.pk}/questions/{question.pk}/answer/", answered_at=asked)
    assert answer.status_code == 302
    assert "1 of 1 questions were answered" in text(regulator.get(at(board, "designation/")))
    assert post(regulator, f"{one.pk}/not-complied/").status_code == 302
    assert post(regulator, f"{one.pk}/end/", why="below_size").status_code == 302
    assert "It has become smaller" in text(regulator.get(at(board, "designation/")))


def test_a_missing_report_is_named_on_the_public_page_and_a_formula_in_a_name_stays_text(
    regulator, visitor, other_board
):
    other_board.name = "=SUM(1)"
    other_board.save()
    official = who(people.REGULATOR)
    expected = expect_report(operator_id=other_board.pk, year=2025, official_id=official.pk)
    filing_actions.missing(expected_id=expected)
    assert "No report came by 31 January 2026." in text(visitor("en").get("/transparency/"))
    assert "2026년 1월 31일까지 보고서가 오지 않았어요." in text(visitor("ko").get("/transparency/"))
    assert "'=SUM(1)" in text(visitor("en").get("/transparency/2025/numbers.csv"))
    assert visitor("en").get("/transparency/2024/").status_code == 404
    assert regulator.get("/console/enforcement/filings/").status_code == 200


def test_an_operator_sees_its_own_reports_and_nobody_elses(desk, regulator, other_board):
    official = who(people.REGULATOR)
    report = enter_letter(operator_id=other_board.pk, year=2025, contents=WHOLE, official_id=official.pk)
    accept(report_id=report, official_id=official.pk)
    assert WHOLE.efforts not in text(desk.get("/operator/reports/2025/"))
    assert "No report is expected from you." in text(desk.get("/operator/reports/"))


def test_every_code_of_these_rooms_is_worded():
    for module, words in (
        (filing_rules, filing_words),
        (filing_actions, filing_words),
        (fact_rules, filing_words),
        (designation_rules, designation_words),
    ):
        source = Path(module.__file__).read_text(encoding="utf-8")
        codes = set(re.findall(r'(?:return|else|Error\(|=)\s*"([a-z]+_[a-z_]+)"', source))
        assert codes
        for code in codes - {"designation_"}:
            assert words.problem_words(code) != code, code
    for code in ("designation_not_heard", "designation_hearing_runs"):
        assert designation_words.problem_words(code) != code


def test_the_public_page_is_frozen_at_acceptance(regulator, second_regulator, visitor, board):
    first, second = who(people.REGULATOR), who(people.SECOND_REGULATOR)
    report = enter_letter(operator_id=board.pk, year=2025, contents=WHOLE, official_id=first.pk)
    accept(report_id=report, official_id=first.pk)
    TransparencyReport.objects.filter(pk=report).update(our_asked=40, our_verified=30)
    publish(report_id=report, official_id=second.pk)
    page = text(visitor("en").get("/transparency/"))
    assert ">40<" in page
    assert "75 %" in page
    assert date(2026, 1, 31).isoformat() not in page
