"""Undercover operations through the pages, by the right cast: the two stories, and everybody who may not."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from haetae.accounts.permissions import Role
from haetae.agencies.investigation.undercover.models import UndercoverAct, UndercoverOperation
from haetae.agencies.investigation.undercover.states import Item
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.law.undercover import Operation
from tests import people
from tests.commission import seat
from tests.investigations import officer
from tests.undercover import SECRETS, application_form, ask, cast, days, first_paper, named, permit
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db
NOW = "2026-11-26T12:00:00+09:00"


@pytest.fixture
def time():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


def page(name: str, *at: Any) -> str:
    return reverse(f"console:{name}", args=at)


def act_form(operation, **other: Any) -> dict[str, Any]:
    items = {str(item): str(named(operation)[item]) for item in Item}
    return {"kind": "observe", "what": SECRETS["what"], "material": "none"} | items | other


def grant_form(operation, **other: Any) -> dict[str, Any]:
    paper = first_paper(operation)
    return {
        "decision": "grant",
        "purpose": SECRETS["purpose"],
        "scope": SECRETS["scope"],
        "acts": paper.acts,
        "items": [str(one) for one in named(operation).values()],
        "until": days(30),
    } | other


def test_a_court_approved_operation(browser_of, time):
    """Police application, prosecutor's petition, court permit; acts within it; an extension; the purpose is reached."""
    by = cast()
    file_id = by.file.investigation.pk
    his, hers, court = (browser_of(one) for one in (by.officer, by.prosecutor, by.judge))
    applied = his.post(page("undercover_new", file_id, "assumed"), application_form(Operation.ASSUMED))
    operation = UndercoverOperation.objects.get()
    at = page("undercover_operation", file_id, operation.pk)
    assert applied.headers["Location"] == at
    paper = first_paper(operation)
    assert "prosecutor decides next" in his.get(at).content.decode()

    inbox = hers.get(page("undercover_petitions")).content.decode()
    assert "your decision is due" in inbox
    assert not any(words in inbox for words in SECRETS.values())
    assert SECRETS["target"] in hers.get(page("undercover_petition", paper.pk)).content.decode()
    assert court.get(page("undercover_permit", paper.pk)).status_code == 404
    hers.post(page("undercover_petition", paper.pk), {"decision": "petition"})
    told = court.get(page("undercover_permit", paper.pk)).content.decode()
    assert SECRETS["support"] in told
    assert by.file.name not in told
    permitted = court.post(
        page("undercover_permit", paper.pk), grant_form(operation, acts=["observe", "buy"])
    )
    assert permitted.status_code == 302

    do = page("undercover_do", file_id, operation.pk, "act")
    assert his.post(do, act_form(operation)).status_code == 302
    refused = his.post(do, act_form(operation, kind="sell", material="nobody"))
    assert refused.status_code == 409
    assert "do not do it" in refused.content.decode()
    assert his.post(do, act_form(operation, kind="buy")).status_code == 409
    offer = act_form(operation, kind="buy", intent_was_there="1", intent=SECRETS["intent"])
    assert his.post(do, offer).status_code == 302
    assert sorted(UndercoverAct.objects.values_list("kind", "code")) == [
        ("buy", ""),
        ("buy", "intent_not_said"),
        ("observe", ""),
        ("sell", "act_not_in_scope"),
    ]

    more = page("undercover_do", file_id, operation.pk, "extend")
    assert his.post(more, {"until": days(90), "why": SECRETS["why"]}).status_code == 302
    extension = operation.applications.get(number=2)
    hers.post(page("undercover_petition", extension.pk), {"decision": "petition"})
    court.post(
        page("undercover_permit", extension.pk),
        grant_form(operation, acts=["observe"], until=days(90)),
    )
    assert operation.permits.count() == 2

    ended = hers.post(page("undercover_petition", paper.pk), {"decision": "end"})
    assert ended.status_code == 302
    assert his.post(do, act_form(operation)).status_code == 409
    report = page("undercover_do", file_id, operation.pk, "report")
    said = {"reason": SECRETS["reason"], "summary": SECRETS["summary"]}
    assert his.post(report, said).status_code == 302
    overseer = browser_of(by.overseer)
    assert overseer.get(page("oversight_report", operation.pk)).status_code == 404


@pytest.mark.parametrize("kind", Operation)
def test_an_emergency_that_is_not_approved(browser_of, time, kind):
    """It begins at once, nobody permits it within 48 hours, and at 48 h 00 min 01 s nothing may be done any more."""
    by = cast()
    file_id = by.file.investigation.pk
    his = browser_of(by.officer)
    his.post(page("undercover_new", file_id, kind.value), application_form(kind, urgency=SECRETS["urgency"]))
    operation = UndercoverOperation.objects.get()
    do = page("undercover_do", file_id, operation.pk, "act")
    assert his.post(do, act_form(operation)).status_code == 302
    time.shift(timedelta(hours=48, seconds=1))
    his = browser_of(by.officer)
    his.post(page("investigation_open", file_id), {"reason": "investigate"})
    refused = his.post(do, act_form(operation))
    assert refused.status_code == 409
    assert "stopped by law" in refused.content.decode()
    while deadlines.pass_due(at=clock.now()):
        do_all_jobs()
    shown = his.get(page("undercover_operation", file_id, operation.pk)).content.decode()
    assert "Nobody permitted it in time" in shown
    name, official, decides = {
        Operation.UNDISCLOSED: ("undercover_approval", by.approver, "grant"),
        Operation.ASSUMED: ("undercover_petition", by.prosecutor, "petition"),
    }[kind]
    at = page(name, first_paper(operation).pk)
    late = browser_of(official).post(at, grant_form(operation, decision=decides))
    assert late.status_code == 409
    told = browser_of(by.overseer).get(page("oversight_report", operation.pk))
    assert told.status_code == (200 if kind is Operation.UNDISCLOSED else 404)


def test_the_commission_reads_eight_fields_and_the_assembly_counts(browser_of, time):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    permit(by, first_paper(operation))
    his, overseer = browser_of(by.officer), browser_of(by.overseer)
    file_id = by.file.investigation.pk
    assert overseer.get(page("oversight_report", operation.pk)).status_code == 404
    his.post(page("undercover_do", file_id, operation.pk, "end"), {"why": "purpose_reached"})
    his.post(
        page("undercover_do", file_id, operation.pk, "report"),
        {"reason": SECRETS["reason"], "summary": SECRETS["summary"]},
    )
    told = overseer.get(page("oversight_report", operation.pk)).content.decode()
    for field in ("office", "target", "method", "summary", "why"):
        assert SECRETS[field] in told
    for field in ("purpose", "place", "scope", "reason"):
        assert SECRETS[field] not in told
    assert by.file.name not in told
    assert Event.objects.filter(name="undercover.report_read").count() == 1
    assert overseer.get(page("oversight_half", 2026, 2)).status_code == 404
    letter = overseer.get(page("oversight_report_file", operation.pk, "ko", "html")).content.decode()
    assert "신분비공개수사 종료 보고" in letter
    assert SECRETS["summary"] in letter

    assembly = browser_of(seat(people.STRANGER, Role.OVERSIGHT, agency="assembly"))
    half = assembly.get(page("oversight_half", 2026, 2)).content.decode()
    assert "ended: 1" in half
    assert SECRETS["office"] in half
    for field in ("target", "method", "summary", "why"):
        assert SECRETS[field] not in half
    assert assembly.get(page("oversight_report", operation.pk)).status_code == 404
    assert "ended: 0" in assembly.get(page("oversight_half", 2026, 1)).content.decode()
    file = assembly.get(page("oversight_half_file", 2026, 2, "en", "pdf"))
    assert file.content.startswith(b"%PDF")


def test_whoever_is_of_the_file_reads_that_another_decides_and_the_try_is_recorded(browser_of, time):
    by = cast()
    seat(people.OFFICER, Role.POLICE_APPROVER, agency="police")
    operation = ask(by, Operation.UNDISCLOSED)
    his, at = browser_of(by.officer), page("undercover_approval", first_paper(operation).pk)
    assert "somebody else decides" in his.get(page("undercover_approvals")).content.decode()
    assert his.get(at).status_code == 403
    answer = his.post(at, grant_form(operation))
    assert answer.status_code == 409
    assert "somebody else decides" in answer.content.decode()
    assert Event.objects.get(name="undercover.denied").facts == {"code": "same_person_applied"}
    operation.refresh_from_db()
    assert operation.state == "waiting"


def test_a_prosecutor_who_is_a_judge_too_does_not_permit_what_they_petitioned(browser_of, time):
    by = cast()
    seat(people.PROSECUTOR, Role.JUDGE, agency="court")
    operation = ask(by, Operation.ASSUMED)
    paper, hers = first_paper(operation), browser_of(by.prosecutor)
    assert hers.post(page("undercover_petition", paper.pk), {"decision": "petition"}).status_code == 302
    answer = hers.post(page("undercover_permit", paper.pk), grant_form(operation))
    assert answer.status_code == 409
    assert "You petitioned it yourself" in answer.content.decode()
    assert Event.objects.get(name="undercover.denied").facts == {"code": "same_person_petitioned"}
    operation.refresh_from_db()
    assert operation.state == "waiting"


def test_an_officer_of_other_files_sees_no_operation_and_whatever_they_send_is_recorded(browser_of, time):
    by = cast()
    operation, stranger = ask(by, Operation.UNDISCLOSED), browser_of(officer(people.THIRD_OFFICER))
    file_id = by.file.investigation.pk
    assert stranger.get(page("undercover_operation", file_id, operation.pk)).status_code == 404
    do = page("undercover_do", file_id, operation.pk, "act")
    assert stranger.post(do, act_form(operation)).status_code == 404
    assert Event.objects.get(name="investigations.refused").facts == {"code": "file_of_others"}
    assert not UndercoverAct.objects.exists()


def test_a_wrong_role_opens_no_desk(browser_of, time):
    by = cast()
    operation = ask(by, Operation.ASSUMED)
    paper = first_paper(operation)
    for who, names in (
        (by.officer, ("approval", "petition", "permit")),
        (by.approver, ("petition", "permit")),
        (by.prosecutor, ("approval", "permit")),
        (by.judge, ("approval", "petition")),
        (by.overseer, ("approval", "petition", "permit")),
    ):
        for name in names:
            at = page(f"undercover_{name}", paper.pk)
            assert browser_of(who).get(at).status_code == 403
            assert browser_of(who).post(at, grant_form(operation)).status_code == 403


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_missing_is_said_and_nothing_that_was_written_is_lost(browser_of, time, language):
    by = cast()
    his = browser_of(by.officer, language)
    form = application_form(Operation.ASSUMED, method="", until="")
    answer = his.post(page("undercover_new", by.file.investigation.pk, "assumed"), form)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert ("마지막 날을 적으십시오" if language == "ko" else "Give the last day") in text
    assert SECRETS["purpose"] in text
    answer = his.post(page("undercover_new", by.file.investigation.pk, "assumed"), form | {"until": days(40)})
    assert ("방법을 하나 이상" if language == "ko" else "one method") in answer.content.decode()


def test_a_reason_is_needed_to_send_back_and_the_officer_reads_it(browser_of, time):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    at, theirs = page("undercover_approval", first_paper(operation).pk), browser_of(by.approver)
    assert theirs.post(at, {"decision": "return", "note": ""}).status_code == 422
    assert theirs.post(at, {"decision": "return", "note": SECRETS["note"]}).status_code == 302
    his, file_id = browser_of(by.officer), by.file.investigation.pk
    shown = his.get(page("undercover_operation", file_id, operation.pk)).content.decode()
    assert SECRETS["note"] in shown
    again = page("undercover_do", file_id, operation.pk, "again")
    his.post(again, {"application": str(first_paper(operation).pk), "answer": SECRETS["answer"]})
    assert SECRETS["answer"] in theirs.get(at).content.decode()
