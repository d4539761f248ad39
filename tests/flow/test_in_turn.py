"""In which order people are asked: the law's term, minors, risk, what people reported, what waits longest."""

from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from doubt import REVIEWER
from gallery import known, media, open_gallery, page
from steps import wait
from work import do_all_jobs

from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.detect.finding import ReasonCode, Signal
from haetae.flow.arrival.actions import receive_report, register_sighting
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.states import Depicted, Source
from haetae.flow.in_turn import in_turn, turn_of
from haetae.flow.review.models import Review
from haetae.flow.review.queries import undecided
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.tasks.actions import finish_task, open_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.queries import waiting
from haetae.flow.tasks.states import Kind, Outcome
from haetae.flow.urgency import NO_TERM, Risk, Urgency, risk_of, urgency_of
from haetae.hashbank.actions import keep_list
from haetae.hashbank.states import Purpose
from tests.commission import commission_decides
from tests.detect.test_acting import said, unassessed

pytestmark = pytest.mark.django_db
LEAD, REST = said("face_manipulated", "review"), said("face_manipulated", "rest")
AGREE = (said("explicit", "review"), LEAD)


@pytest.fixture
def shows(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Signal, ...]]:
    """What is seen in the picture at each address."""
    return open_gallery(monkeypatch)


def report(number: int, depicted: Depicted = Depicted.UNSAID) -> None:
    receive_report(link=page(number), form_key=uuid4(), depicted=depicted)
    do_all_jobs()


def sight(number: int) -> None:
    register_sighting(page_url=page(number), media_url=media(page(number)), source=Source.WATCH)
    do_all_jobs()


def tasks_in_turn() -> list[int]:
    return [_number(task.sighting_id) for task in in_turn(waiting(), most=100) if task.sighting_id]


def reviews_in_turn() -> list[int]:
    return [_number(review.sighting_id) for review in in_turn(undecided(), most=100)]


def _number(sighting_id: UUID) -> int:
    return int(Sighting.objects.get(pk=sighting_id).page_url.rsplit("/", 1)[1])


def test_models_that_agree_come_before_one_before_what_nothing_assessed_before_what_models_let_rest(
    shows: dict[str, tuple[Signal, ...]],
) -> None:
    nobody = unassessed("explicit", "no_model")
    shows |= {
        media(page(1)): (nobody, REST),
        media(page(2)): (nobody,),
        media(page(3)): (nobody, LEAD),
        media(page(4)): (known(tier=1),),
        media(page(5)): AGREE,
        media(page(6)): (unassessed("explicit", "model_failed"),),
    }
    for number in range(1, 7):
        report(number)
    assert tasks_in_turn() == [5, 4, 3, 2, 6, 1]


def test_of_two_that_are_alike_the_one_that_waits_longer_comes_first(
    shows: dict[str, tuple[Signal, ...]],
) -> None:
    for number in (3, 1, 2):
        report(number)
    assert tasks_in_turn() == [3, 1, 2]


def test_what_people_reported_comes_before_what_is_as_risky_and_a_later_report_counts_at_once(
    shows: dict[str, tuple[Signal, ...]],
) -> None:
    shows |= {media(page(number)): (known(tier=1),) for number in (1, 2, 3)}
    sight(1)
    sight(2)
    report(3)
    assert tasks_in_turn() == [3, 1, 2]
    report(2)
    assert tasks_in_turn() == [2, 3, 1], (
        "reported as well, and it waits longer: examined anew, it keeps its turn"
    )


def test_what_a_reporter_says_of_the_person_shown_moves_nothing(
    shows: dict[str, tuple[Signal, ...]],
) -> None:
    report(1, Depicted.UNSAID)
    report(2, Depicted.IN_MY_CARE)
    report(3, Depicted.ME)
    assert tasks_in_turn() == [1, 2, 3]
    assert {task.rank for task in Task.objects.all()} == {Urgency(reported=True).rank}


def test_a_hash_on_a_list_against_the_abuse_of_children_comes_before_every_risk(
    shows: dict[str, tuple[Signal, ...]],
) -> None:
    keep_list(name="children", issuer="partner", purpose=Purpose.CSAM, actor=SYSTEM)
    shows |= {media(page(1)): AGREE, media(page(2)): (known(tier=1, list_name="children"),)}
    report(1)
    sight(2)
    assert tasks_in_turn() == [2, 1]


def test_what_was_decided_to_show_a_minor_is_urgent_wherever_else_it_waits(
    shows: dict[str, tuple[Signal, ...]],
) -> None:
    """101 and 201 are copies of one picture."""
    shows |= {media(page(101)): (known(),), media(page(5)): AGREE}
    sight(101)
    report(5)
    report(201)
    assert tasks_in_turn() == [5, 201]
    commission_decides(Review.objects.get().pk, decision=State.REMOVE, reason=Reason.MINOR)
    do_all_jobs()
    assert tasks_in_turn()[0] == 201
    assert Task.objects.filter(state="waiting").order_by("rank")[0].urgency.minor


def test_a_term_of_the_law_that_is_nearly_over_comes_before_minors_until_the_block_is_ended(
    shows: dict[str, tuple[Signal, ...]], moving_clock: time_machine.Traveller
) -> None:
    keep_list(name="children", issuer="partner", purpose=Purpose.CSAM, actor=SYSTEM)
    shows |= {media(page(1)): (known(),), media(page(2)): (known(list_name="children"),)}
    sight(1)
    wait(moving_clock, days=20)
    sight(2)
    assert reviews_in_turn() == [2, 1], "a term that is far away presses nobody"
    wait(moving_clock, days=3, minutes=1)
    assert reviews_in_turn() == [1, 2], "seven days before its end it does"
    assert tasks_in_turn()[0] == 1
    assert Review.objects.get(law_ends_at__lt=NO_TERM).urgency.law_ends_at is not None
    ends = Task.objects.filter(kind=Kind.BLOCK_ENDS, state="waiting").order_by("law_ends_at")[0]
    finish_task(task_id=ends.pk, outcome=Outcome.RESTORE, note="shown again", official_id=REVIEWER)
    do_all_jobs()
    assert reviews_in_turn() == [2, 1]
    assert not Task.objects.filter(
        state="waiting", sighting_id=ends.sighting_id, law_ends_at__lt=NO_TERM
    ).exists()


def test_what_is_about_no_single_picture_comes_before_every_picture(
    shows: dict[str, tuple[Signal, ...]],
) -> None:
    report(1)
    open_task(kind=Kind.HOOK_DOWN, subject_id=uuid4())
    first = in_turn(waiting(), most=1)[0]
    assert (first.kind, first.urgency.risk) == (Kind.HOOK_DOWN, Risk.MANY)


def test_pages_go_on_where_the_last_row_stood_also_when_that_has_been_dealt_with(
    shows: dict[str, tuple[Signal, ...]],
) -> None:
    for number in range(1, 7):
        report(number)
    first = in_turn(waiting(), most=2)
    here = turn_of(first[-1])
    Task.objects.filter(pk=first[-1].pk).update(state="done")
    second = in_turn(waiting(), most=2, after=here)
    assert [_number(task.sighting_id or uuid4()) for task in second] == [3, 4]
    back = in_turn(waiting(), most=2, before=turn_of(second[0]))
    assert [_number(task.sighting_id or uuid4()) for task in back] == [1]


def test_of_many_thousand_one_page_is_one_question_read_from_the_index_and_nothing_is_sorted() -> None:
    opened_at = clock.now()
    rows = [
        Task(kind=Kind.JUDGE, subject_id=uuid4(), opened_at=opened_at, rank=100 + number % 70)
        for number in range(20_000)
    ]
    Task.objects.bulk_create(rows, batch_size=5_000)
    _count_rows_for_the_planner("tasks_task")
    middle = turn_of(next(iter(waiting()[9_999:10_000])))
    for asked in ({}, {"after": middle}, {"before": middle}):
        with CaptureQueriesContext(connection) as questions:
            found = in_turn(waiting(), most=51, **asked)
        assert (len(found), len(questions)) == (51, 1), asked
        plan = _plan_of(questions[0]["sql"])
        assert "task_waiting_in_turn" in plan, plan
        assert "Sort" not in plan, plan
        assert ("Index Cond" in plan) == bool(asked), plan


def _count_rows_for_the_planner(table: str) -> None:
    """As the database does by itself after a while; only the owner of a table may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(f"ANALYZE {table}")
        cursor.execute(f"SET LOCAL ROLE {settings.APPLICATION_ROLE}")


def _plan_of(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {question}")
        return "\n".join(line for (line,) in cursor.fetchall())


def test_a_rank_tells_all_that_went_into_it() -> None:
    every = [
        Urgency(minor=minor, risk=risk, reported=reported)
        for minor in (True, False)
        for risk in Risk
        for reported in (True, False)
    ]
    assert [one.rank for one in every] == sorted(one.rank for one in every), "declared in their order"
    assert len({one.rank for one in every}) == len(every)
    for one in every:
        assert urgency_of(law_ends_at=NO_TERM, rank=one.rank) == one


def test_the_highest_risk_of_all_reasons_counts_and_strange_codes_count_for_nothing() -> None:
    assert risk_of([]) is Risk.NOT_ASSESSED
    assert risk_of(["http_404", ReasonCode.REPORTED]) is Risk.NOT_ASSESSED
    assert risk_of([ReasonCode.MODEL_RESTS, ReasonCode.MODEL_FAILED]) is Risk.NOT_ASSESSED
    assert risk_of([ReasonCode.MODEL_LEAD, ReasonCode.KNOWN_UNCONFIRMED]) is Risk.KNOWN_UNSURE


def test_a_review_of_a_confirmed_picture_says_so(shows: dict[str, tuple[Signal, ...]]) -> None:
    shows[media(page(1))] = (known(),)
    sight(1)
    assert Review.objects.get().urgency == Urgency(risk=Risk.CONFIRMED)
