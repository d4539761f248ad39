"""Who decides about an undercover operation, and who never does; and what an application must say."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.accounts.permissions import Role
from haetae.agencies.investigation.files.actions import add_member
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.files.states import Victim
from haetae.agencies.investigation.undercover import queries
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError
from haetae.agencies.investigation.undercover.authorisation import actions as applying
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.models import UndercoverOperation
from haetae.agencies.investigation.undercover.states import Desk, Item, State, WhyEnded
from haetae.common import clock
from haetae.law.undercover import Operation, Shown
from tests import people
from tests.commission import seat
from tests.investigations import officer
from tests.undercover import SECRETS, applied, ask, cast, decision, first_paper, permit

pytestmark = pytest.mark.django_db
NOW = "2026-11-26T12:00:00+09:00"


@pytest.fixture
def time():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_nobody_decides_about_a_file_of_their_own_with_whatever_seats(time):
    by = cast()
    seat(people.OFFICER, Role.POLICE_APPROVER, agency="police")
    seat(people.OFFICER, Role.JUDGE, agency="court")
    paper = first_paper(ask(by, Operation.UNDISCLOSED))
    with pytest.raises(CannotGoUndercoverError, match="same_person_applied"):
        deciding.grant(
            application_id=paper.pk,
            desk=Desk.APPROVER,
            decision=decision(paper),
            official_id=by.officer.pk,
        )
    with pytest.raises(NotYoursError, match="same_person_applied"):
        queries.laid_before(paper.pk, desk=Desk.APPROVER, official_id=by.officer.pk)


def test_a_colleague_who_works_on_the_file_does_not_decide_although_another_applied(time):
    by = cast()
    shin = officer(people.SECOND_OFFICER)
    seat(people.SECOND_OFFICER, Role.POLICE_APPROVER, agency="police")
    add_member(investigation_id=by.file.investigation.pk, colleague_id=shin.pk, official_id=by.officer.pk)
    paper = first_paper(ask(by, Operation.UNDISCLOSED))
    with pytest.raises(CannotGoUndercoverError, match="same_person_applied"):
        deciding.grant(
            application_id=paper.pk, desk=Desk.APPROVER, decision=decision(paper), official_id=shin.pk
        )


def test_a_prosecutor_who_petitioned_does_not_permit(time):
    by = cast()
    seat(people.PROSECUTOR, Role.JUDGE, agency="court")
    paper = first_paper(ask(by, Operation.ASSUMED))
    deciding.petition(application_id=paper.pk, official_id=by.prosecutor.pk)
    with pytest.raises(CannotGoUndercoverError, match="same_person_petitioned"):
        deciding.grant(
            application_id=paper.pk,
            desk=Desk.COURT,
            decision=decision(paper),
            official_id=by.prosecutor.pk,
        )


def test_who_petitioned_before_the_court_sent_it_back_does_not_permit_it_later(time):
    by = cast()
    seat(people.PROSECUTOR, Role.JUDGE, agency="court")
    other = seat(people.THIRD_OFFICER, Role.PROSECUTOR, agency="prosecutor")
    paper = first_paper(ask(by, Operation.ASSUMED))
    deciding.petition(application_id=paper.pk, official_id=by.prosecutor.pk)
    deciding.send_back(
        application_id=paper.pk, desk=Desk.COURT, note=SECRETS["note"], official_id=by.judge.pk
    )
    applying.send_again(application_id=paper.pk, answer=SECRETS["answer"], official_id=by.officer.pk)
    deciding.petition(application_id=paper.pk, official_id=other.pk)
    with pytest.raises(CannotGoUndercoverError, match="same_person_petitioned"):
        deciding.grant(
            application_id=paper.pk,
            desk=Desk.COURT,
            decision=decision(paper),
            official_id=by.prosecutor.pk,
        )


@pytest.mark.parametrize("desk", Desk)
def test_whoever_has_no_seat_at_a_desk_decides_nothing_there(time, desk):
    by = cast()
    kind = Operation.UNDISCLOSED if desk is Desk.APPROVER else Operation.ASSUMED
    paper = first_paper(ask(by, kind))
    if desk is Desk.COURT:
        deciding.petition(application_id=paper.pk, official_id=by.prosecutor.pk)
    for who in {by.approver, by.prosecutor, by.judge, by.overseer} - {by.desk(desk)}:
        with pytest.raises(CannotGoUndercoverError, match="not_your_desk"):
            deciding.refuse(application_id=paper.pk, desk=desk, note=SECRETS["note"], official_id=who.pk)


def test_the_approver_never_approves_an_assumed_identity(time):
    by = cast()
    paper = first_paper(ask(by, Operation.ASSUMED))
    with pytest.raises(CannotGoUndercoverError, match="paper_not_before_you"):
        deciding.grant(
            application_id=paper.pk,
            desk=Desk.APPROVER,
            decision=decision(paper),
            official_id=by.approver.pk,
        )
    with pytest.raises(CannotGoUndercoverError):
        deciding.grant(
            application_id=paper.pk,
            desk=Desk.PROSECUTOR,
            decision=decision(paper),
            official_id=by.prosecutor.pk,
        )


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"purpose": ""}, "purpose_missing"),
        ({"support": "short"}, "support_missing"),
        ({"thresholds": {}}, "threshold_missing"),
        ({"items": {Item.TARGET: ("one",), Item.PLACE: ("one",)}}, "method_missing"),
        ({"acts": frozenset()}, "acts_missing"),
        ({"until": None}, "period_too_long"),
    ],
)
def test_an_application_says_everything_that_the_law_asks(time, other, code):
    by = cast()
    if "until" in other:
        other = {"until": clock.now() + timedelta(days=93)}
    with pytest.raises(CannotGoUndercoverError, match=code):
        ask(by, Operation.ASSUMED, **other)
    assert not UndercoverOperation.objects.exists()


def test_an_offence_that_the_law_does_not_name_allows_nothing(time):
    by = cast(victim=Victim.UNKNOWN)  # counts as under 19, and so the offences of that act
    with pytest.raises(CannotGoUndercoverError, match="offence_not_covered"):
        ask(by, Operation.UNDISCLOSED, victim=Shown.UNDER_19)


def test_the_same_forms_twice_are_one_operation_and_one_act(time):
    by, key = cast(), uuid4()
    for _ in range(2):
        operation_id = applying.apply(
            investigation_id=by.file.investigation.pk,
            kind=Operation.UNDISCLOSED,
            applied=applied(Operation.UNDISCLOSED),
            form_key=key,
            official_id=by.officer.pk,
        )
    assert UndercoverOperation.objects.get().pk == operation_id


def test_the_database_refuses_that_who_applied_decides(time):
    by = cast()
    paper = first_paper(ask(by, Operation.UNDISCLOSED))
    paper.decided_by = by.officer
    with pytest.raises(IntegrityError, match="who_applied_does_not_decide"), transaction.atomic():
        paper.save()


def test_the_database_refuses_an_operation_beyond_its_longest(time):
    by = cast()
    operation = ask(by, Operation.UNDISCLOSED)
    permit(by, first_paper(operation))
    operation.refresh_from_db()
    operation.state, operation.why_ended = State.ENDED, WhyEnded.PERIOD_OVER
    operation.ended_at = operation.longest_until + timedelta(seconds=1)
    with pytest.raises(IntegrityError, match="never_beyond_its_longest"), transaction.atomic():
        operation.save()
