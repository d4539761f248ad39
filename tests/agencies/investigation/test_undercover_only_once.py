"""What an operation leaves to be done, and what it leaves no second time: hours of urgency, and a file to be closed."""

from datetime import timedelta

import pytest
import time_machine

from haetae.agencies.investigation.files.actions import CannotInvestigateError, open_for
from haetae.agencies.investigation.files.states import Reason
from haetae.agencies.investigation.undercover import actions
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError
from haetae.agencies.investigation.undercover.authorisation import actions as applying
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.reports.actions import write_report
from haetae.agencies.investigation.undercover.states import Desk, WhyEnded
from haetae.flow.steps.closing import close_file
from haetae.law.undercover import Operation
from tests.undercover import SECRETS, act, ask, cast, first_paper, permit

pytestmark = pytest.mark.django_db
NOW = "2026-11-26T12:00:00+09:00"


@pytest.fixture
def time():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_a_file_is_not_closed_over_an_operation_that_somebody_has_to_end_and_report(time):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    form = {"investigation_id": by.file.investigation.pk, "official_id": by.officer.pk}

    def is_refused() -> bool:
        with pytest.raises(CannotInvestigateError, match="file_undercover"):
            close_file(**form)
        return True

    assert is_refused(), "it waits"
    permit(by, first_paper(operation))
    assert is_refused(), "it runs"
    actions.end(operation_id=operation.pk, why=WhyEnded.PURPOSE_REACHED, official_id=by.officer.pk)
    assert is_refused(), "its report is missing"
    write_report(
        operation_id=operation.pk,
        reason=SECRETS["reason"],
        summary=SECRETS["summary"],
        official_id=by.officer.pk,
    )
    close_file(**form)
    by.file.investigation.refresh_from_db()
    assert by.file.investigation.state == "closed"


@pytest.mark.parametrize("ends", ["by itself", "by a word", "not at all"])
def test_hours_that_were_not_permitted_do_not_begin_anew(time, ends):
    by = cast()
    first = ask(by, Operation.UNDISCLOSED, urgency=SECRETS["urgency"])
    if ends == "by itself":
        time.shift(timedelta(hours=49))
        open_for(investigation_id=by.file.investigation.pk, reason=Reason.CHECK, official_id=by.officer.pk)
        actions.time_is_over(operation_id=first.pk)
    elif ends == "by a word":
        actions.end(operation_id=first.pk, why=WhyEnded.GIVEN_UP, official_id=by.officer.pk)
    with pytest.raises(CannotGoUndercoverError, match="urgent_before"):
        ask(by, Operation.UNDISCLOSED, urgency=SECRETS["urgency"])
    second = ask(by, Operation.UNDISCLOSED)
    with pytest.raises(CannotGoUndercoverError, match="urgent_before"):
        applying.begin_urgently(operation_id=second.pk, urgency=SECRETS["urgency"], official_id=by.officer.pk)
    assert act(by, second) == "not_permitted"
    permit(by, first_paper(second))
    assert act(by, second) == ""


def test_what_was_refused_does_not_begin_in_urgency_instead(time):
    by = cast()
    refused = ask(by, Operation.UNDISCLOSED)
    deciding.refuse(
        application_id=first_paper(refused).pk,
        desk=Desk.APPROVER,
        note=SECRETS["note"],
        official_id=by.approver.pk,
    )
    with pytest.raises(CannotGoUndercoverError, match="urgent_before"):
        ask(by, Operation.UNDISCLOSED, urgency=SECRETS["urgency"])
