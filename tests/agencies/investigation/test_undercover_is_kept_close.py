"""Not one word of an operation stands in a table, a job, an event or a log line: a whole story is searched."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
import structlog
import time_machine
from django.apps import apps
from django.db import connection

from haetae.agencies.investigation.files.actions import open_for
from haetae.agencies.investigation.files.states import Reason
from haetae.agencies.investigation.undercover import actions
from haetae.agencies.investigation.undercover.authorisation import actions as applying
from haetae.agencies.investigation.undercover.consent import actions as consents
from haetae.agencies.investigation.undercover.consent.rules import Given
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.reports.actions import read_by_commission, write_report
from haetae.agencies.investigation.undercover.states import Desk, WhyEnded
from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.law.undercover import ActKind, Operation
from tests.investigations import SECRET_NAME
from tests.undercover import SECRETS, act, ask, cast, first_paper, permit
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db(transaction=False)
NEEDLES = (*SECRETS.values(), SECRET_NAME)


def test_no_word_of_an_operation_leaves_it(caplog, capfd):
    with (
        time_machine.travel("2026-11-26T12:00:00+09:00", tick=False) as time,
        caplog.at_level(logging.DEBUG),
        structlog.testing.capture_logs() as logged,
    ):
        _whole_story(time)
    jobs = _rows("SELECT task_name, args::text, lock, queueing_lock FROM procrastinate_jobs")
    assert jobs, "jobs were done, and their rows are looked through"
    for place, text in {
        "logs": caplog.text + str(logged) + "".join(capfd.readouterr()),
        "jobs": str(jobs),
        **{model: str(rows) for model, rows in _tables().items()},
    }.items():
        found = [needle for needle in NEEDLES if needle in text]
        assert not found, f"{place} holds {found}"


def test_the_search_finds_a_word_that_lies_open(caplog):
    """Or its silence would say nothing."""
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    operation.rule = SECRETS["target"]
    operation.save(update_fields=["rule"])
    assert SECRETS["target"] in str(_tables()["undercover_undercoveroperation"])


def _whole_story(time) -> None:
    by = cast()
    silent = ask(by, Operation.UNDISCLOSED, urgency=SECRETS["urgency"])
    paper = first_paper(silent)
    deciding.send_back(
        application_id=paper.pk, desk=Desk.APPROVER, note=SECRETS["note"], official_id=by.approver.pk
    )
    applying.send_again(application_id=paper.pk, answer=SECRETS["answer"], official_id=by.officer.pk)
    deciding.read(application_id=paper.pk, desk=Desk.APPROVER, official_id=by.approver.pk)
    permit(by, paper)
    bought = {"kind": ActKind.BUY, "intent_was_there": True, "intent": SECRETS["intent"]}
    assert act(by, silent, **bought) == ""
    assert act(by, silent, kind=ActKind.SELL) != ""
    assumed = ask(by, Operation.ASSUMED)
    permit(by, first_paper(assumed))
    given = Given(
        who=SECRETS["who"],
        of_what=SECRETS["of_what"],
        explained=SECRETS["explained"],
        acts=frozenset({ActKind.SELL}),
        explained_at=clock.now(),
        until=clock.now() + timedelta(days=3),
        is_adult=True,
        can_judge=True,
        is_written=True,
    )
    consent_id = consents.give(
        operation_id=assumed.pk, given=given, form_key=uuid4(), official_id=by.officer.pk
    )
    consents.take_back(consent_id=consent_id, official_id=by.officer.pk)
    actions.denied(operation_id=assumed.pk, code="not_your_desk", official_id=by.judge.pk)
    actions.end(operation_id=silent.pk, why=WhyEnded.PURPOSE_REACHED, official_id=by.officer.pk)
    write_report(
        operation_id=silent.pk,
        reason=SECRETS["reason"],
        summary=SECRETS["summary"],
        official_id=by.officer.pk,
    )
    report = read_by_commission(operation_id=silent.pk, official_id=by.overseer.pk)
    assert report.summary == SECRETS["summary"]
    do_all_jobs()
    time.shift(timedelta(days=100))
    while deadlines.pass_due(at=clock.now()):
        do_all_jobs()
    open_for(investigation_id=by.file.investigation.pk, reason=Reason.CHECK, official_id=by.officer.pk)
    assumed.refresh_from_db()
    assert assumed.why_ended == WhyEnded.PERIOD_OVER


def _tables() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table; bytes as what they would read as."""
    return {
        model._meta.db_table: _rows(f'SELECT * FROM "{model._meta.db_table}"')
        for model in apps.get_models()
        if model._meta.managed
    }


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [
            tuple(
                bytes(one).decode("utf-8", "replace") if isinstance(one, memoryview | bytes) else one
                for one in row
            )
            for row in cursor.fetchall()
        ]
