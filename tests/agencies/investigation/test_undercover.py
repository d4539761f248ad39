"""Undercover operations by their actions: who applies, who decides, how long, and how it stops."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from haetae.agencies.investigation.files.actions import open_for
from haetae.agencies.investigation.files.states import Reason
from haetae.agencies.investigation.undercover import actions, queries
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError
from haetae.agencies.investigation.undercover.authorisation import actions as applying
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.models import UndercoverAct
from haetae.agencies.investigation.undercover.states import Desk, Item, Paper, State, WhyEnded
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Kind
from haetae.law.undercover import ActKind, Operation
from tests.undercover import SECRETS, act, ask, cast, decision, first_paper, named, permit
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db
NOW = "2026-11-26T12:00:00+09:00"


@pytest.fixture
def time():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_undisclosed_is_approved_by_the_higher_office_and_each_act_is_checked(time):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    assert act(by, operation) == "not_permitted"
    permit(by, first_paper(operation))
    assert act(by, operation) == ""
    assert act(by, operation, kind=ActKind.USE_PAPERS) == "act_not_in_law"
    assert sorted(UndercoverAct.objects.values_list("code", flat=True)) == [
        "",
        "act_not_in_law",
        "not_permitted",
    ]
    operation.refresh_from_db()
    assert operation.state == State.RUNNING


def test_a_court_permits_less_and_what_it_left_out_is_refused(time):
    by = cast()
    operation = ask(by, Operation.ASSUMED)
    first, second = named(operation), named(operation, 1)
    permit(by, first_paper(operation), items=frozenset(first.values()), acts=frozenset({ActKind.OBSERVE}))
    assert act(by, operation) == ""
    assert act(by, operation, kind=ActKind.APPROACH) == "act_not_in_scope"
    for item in Item:
        assert act(by, operation, items=first | {item: second[item]}) == f"{item}_not_in_scope"
        assert act(by, operation, items=first | {item: None}) == f"{item}_not_in_scope"
        assert act(by, operation, items=first | {item: uuid4()}) == f"{item}_not_in_scope"


def test_a_court_never_permits_more_than_was_applied_for(time):
    by = cast()
    operation = ask(by, Operation.ASSUMED, acts=frozenset({ActKind.OBSERVE}))
    other = ask(by, Operation.ASSUMED)
    paper = first_paper(operation)
    deciding.petition(application_id=paper.pk, official_id=by.prosecutor.pk)
    for wider in (
        {"acts": frozenset({ActKind.OBSERVE, ActKind.SELL})},
        {"items": frozenset(named(operation).values()) | frozenset(named(other).values())},
    ):
        with pytest.raises(CannotGoUndercoverError, match="wider_than_applied"):
            deciding.grant(
                application_id=paper.pk,
                desk=Desk.COURT,
                decision=decision(paper, **wider),
                official_id=by.judge.pk,
            )


def test_an_urgent_start_that_nobody_permits_stops_to_the_second(time):
    by = cast()
    for kind in Operation:
        time.move_to(NOW)
        operation = ask(by, kind, urgency=SECRETS["urgency"])
        assert act(by, operation) == ""
        began = clock.now()
        time.move_to(began + timedelta(hours=48))
        open_for(investigation_id=by.file.investigation.pk, reason=Reason.CHECK, official_id=by.officer.pk)
        assert act(by, operation) == ""
        time.move_to(began + timedelta(hours=48, seconds=1))
        assert act(by, operation) == "urgent_over"
        paper, desk = first_paper(operation), Desk.APPROVER
        if kind is Operation.ASSUMED:
            with pytest.raises(CannotGoUndercoverError, match="urgent_over"):
                deciding.petition(application_id=paper.pk, official_id=by.prosecutor.pk)
        else:
            with pytest.raises(CannotGoUndercoverError, match="urgent_over"):
                deciding.grant(
                    application_id=paper.pk, desk=desk, decision=decision(paper), official_id=by.approver.pk
                )
        do_all_jobs()
        while deadlines.pass_due(at=clock.now()):
            do_all_jobs()
        operation.refresh_from_db()
        assert (operation.state, operation.why_ended) == (State.ENDED, WhyEnded.NOT_PERMITTED_IN_TIME)
        assert operation.ended_at == began + timedelta(hours=48)
        assert first_paper(operation).state == Paper.LAPSED
        assert act(by, operation) == "operation_over"


def test_an_urgent_start_that_is_permitted_in_time_counts_from_its_beginning(time):
    by = cast()
    operation = ask(by, Operation.ASSUMED, urgency=SECRETS["urgency"])
    began = clock.now()
    time.move_to(began + timedelta(hours=47))
    paper = first_paper(operation)
    deciding.petition(application_id=paper.pk, official_id=by.prosecutor.pk)
    with pytest.raises(CannotGoUndercoverError, match="period_too_long"):
        deciding.grant(
            application_id=paper.pk,
            desk=Desk.COURT,
            decision=decision(paper, until=began + timedelta(days=92, seconds=1)),
            official_id=by.judge.pk,
        )
    deciding.grant(
        application_id=paper.pk, desk=Desk.COURT, decision=decision(paper), official_id=by.judge.pk
    )
    assert not Deadline.objects.filter(subject_id=operation.pk, kind=Kind.URGENT_ENDS, state="set").exists()
    operation.refresh_from_db()
    assert operation.began_at == began


@pytest.mark.parametrize("kind", Operation)
def test_a_refusal_ends_what_began_in_urgency_at_once(time, kind):
    by = cast()
    operation = ask(by, kind, urgency=SECRETS["urgency"])
    desk = Desk.APPROVER if kind is Operation.UNDISCLOSED else Desk.PROSECUTOR
    deciding.refuse(
        application_id=first_paper(operation).pk,
        desk=desk,
        note=SECRETS["note"],
        official_id=by.desk(desk).pk,
    )
    operation.refresh_from_db()
    assert (operation.state, operation.why_ended) == (State.ENDED, WhyEnded.REFUSED)
    assert act(by, operation) == "operation_over"


def test_what_came_back_waits_and_nothing_is_done_meanwhile(time):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED, urgency=SECRETS["urgency"])
    paper = first_paper(operation)
    deciding.send_back(
        application_id=paper.pk, desk=Desk.APPROVER, note=SECRETS["note"], official_id=by.approver.pk
    )
    assert act(by, operation) == "urgent_not_applied"
    applying.send_again(application_id=paper.pk, answer=SECRETS["answer"], official_id=by.officer.pk)
    assert act(by, operation) == ""


def test_what_is_withdrawn_before_it_began_never_begins(time):
    by = cast()
    operation = ask(by, Operation.ASSUMED)
    applying.withdraw(application_id=first_paper(operation).pk, official_id=by.officer.pk)
    operation.refresh_from_db()
    assert operation.state == State.NEVER_BEGUN
    with pytest.raises(CannotGoUndercoverError, match="paper_not_before_you"):
        deciding.petition(application_id=first_paper(operation).pk, official_id=by.prosecutor.pk)


def test_the_court_extends_by_three_months_each_and_a_year_in_all(time):
    by = cast()
    operation = ask(by, Operation.ASSUMED, until=clock.now() + timedelta(days=90))
    permit(by, first_paper(operation))
    operation.refresh_from_db()
    longest, extended = operation.longest_until, 0
    while True:
        until = queries.permitted_until(operation)
        time.move_to(until - timedelta(hours=1))
        open_for(investigation_id=by.file.investigation.pk, reason=Reason.CHECK, official_id=by.officer.pk)
        last = applying.last_of_extension(operation, now=clock.now())
        ask_for = {"operation_id": operation.pk, "why": SECRETS["why"], "official_id": by.officer.pk}
        with pytest.raises(CannotGoUndercoverError, match="period"):
            applying.ask_extension(**ask_for, until=last + timedelta(seconds=1), form_key=uuid4())
        if last <= until:
            break
        applying.ask_extension(**ask_for, until=last, form_key=uuid4())
        extended += 1
        paper = queries.applications_of(operation)[-1]
        permit(by, paper)
        assert act(by, operation) == ""
    assert extended == 4
    assert queries.permitted_until(operation) == longest


def test_undisclosed_is_never_extended(time):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    permit(by, first_paper(operation))
    with pytest.raises(CannotGoUndercoverError, match="no_extension"):
        applying.ask_extension(
            operation_id=operation.pk,
            until=clock.now() + timedelta(days=61),
            why=SECRETS["why"],
            form_key=uuid4(),
            official_id=by.officer.pk,
        )


def test_at_its_end_it_stops_by_itself(time):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    permit(by, first_paper(operation))
    until = queries.permitted_until(operation)
    time.move_to(until + timedelta(seconds=1))
    open_for(investigation_id=by.file.investigation.pk, reason=Reason.CHECK, official_id=by.officer.pk)
    assert act(by, operation) == "permit_over"
    while deadlines.pass_due(at=clock.now()):
        do_all_jobs()
    operation.refresh_from_db()
    assert (operation.state, operation.why_ended, operation.ended_at) == (
        State.ENDED,
        WhyEnded.PERIOD_OVER,
        until,
    )


@pytest.mark.parametrize("who", ["officer", "approver"])
def test_it_ends_when_its_purpose_is_reached(time, who):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    permit(by, first_paper(operation))
    for _ in range(2):
        if who == "officer":
            actions.end(operation_id=operation.pk, why=WhyEnded.PURPOSE_REACHED, official_id=by.officer.pk)
        else:
            actions.end_from_desk(operation_id=operation.pk, desk=Desk.APPROVER, official_id=by.approver.pk)
    assert act(by, operation) == "operation_over"
    assert Event.objects.filter(name="undercover.ended").count() == 1
    assert not Deadline.objects.filter(subject_id=operation.pk, state="set").exists()
