"""Whatever a page, a job or a clock asks of a table that grows, it finds by an index: checked on the plans themselves.

The tables are small here, so sequential scans are made dear: where one is planned all the same, nothing else helps.
What a million rows really cost is measured by `python -m bench.whole`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, models
from work import do_all_jobs

from bench.many import fill
from bench.whole.allowed import GROWING, why_allowed
from bench.whole.pages import FILTERED
from bench.whole.statements import form_of, unindexed
from haetae.accounts.permissions import Role
from haetae.common import clock
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import Review
from haetae.flow.tasks.models import Task
from haetae.flow.timekeeper import Timekeeper
from haetae.operators.outbox import queries as outbox
from tests import people
from tests.web.addresses import every_address

pytestmark = pytest.mark.django_db
Asked = dict[str, tuple[str, object]]


@pytest.fixture
def asked() -> Asked:
    return {}


def _has_rows(cursor, table: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
    return cursor.fetchone()[0]


@contextmanager
def _listening(asked: Asked) -> Iterator[None]:
    def note(execute, sql, params, many, context):
        if not many and sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            asked.setdefault(form_of(sql), (sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def _without_index(asked: Asked) -> list[str]:
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL")
        partial = frozenset(name for (name,) in cursor.fetchall())
        # Where there is no row at all, any way is as good.
        filled = frozenset(table for table in GROWING if _has_rows(cursor, table))
        for form, (sql, params) in asked.items():
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            (told,) = cursor.fetchone()
            plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
            ways = list(unindexed(plan, growing=filled, partial=partial))
            if ways and not why_allowed(form):
                where = ", ".join(f"{way.node} on {way.table} ({way.detail})" for way in ways)
                found.append(f"{where}\n    {form[:700]}")
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found


@pytest.fixture
def filled(board):
    """Some hundred places, of which the planner believes that they are millions, one in forty at the board."""
    fill(400, operators=[board, *[None] * 39])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE haetae_owner")
        cursor.execute("ANALYZE")
        for table in GROWING:
            # One page of an index or a table holds a million rows.
            cursor.execute(
                "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', %s::text,"
                " 'relpages', 1, 'reltuples', 1000000::real)",
                [table],
            )
        cursor.execute("RESET ROLE")
    review, task = Review.objects.first(), Task.objects.first()
    request = DeletionRequest.objects.filter(sighting__operator=board).first()
    assert review
    assert task
    assert request
    return {
        "sighting_id": review.sighting_id,
        "review_id": review.pk,
        "task_id": task.pk,
        "request_id": request.pk,
        "operator_id": board.pk,
    }


def test_every_page_finds_its_rows_by_an_index(everywhere, at_desk, visitor, board, filled, asked):
    desk = at_desk(people.ADMINISTRATOR, Role.OPERATOR_ADMINISTRATOR, board)
    answered = 0
    with _listening(asked):
        for address in every_address():
            browser = desk if address.path.startswith("/operator/") else everywhere
            if "sign-in" not in address.path:
                answered += browser.get(address.about(**filled)).status_code == 200
        for path in FILTERED:
            browser = desk if path.startswith("/operator/") else everywhere
            if not path.startswith("/api/"):  # a machine's key opens those; what they ask is asked below
                assert browser.get(path.format(**filled)).status_code == 200, path
        for only_open in (True, False):
            now = clock.now()
            page = outbox.page_of(board.pk, only_open=only_open, after=None, limit=9, now=now)
            outbox.page_of(board.pk, only_open=only_open, after=page.next, limit=9, now=now)
    assert answered > 100
    assert not (wrong := _without_index(asked)), "\n".join(wrong)


def test_the_clock_and_the_jobs_find_their_rows_by_an_index(filled, asked):
    with _listening(asked):
        Timekeeper().tick()
        do_all_jobs(at=clock.now())
    assert len(asked) > 20
    assert not (wrong := _without_index(asked)), "\n".join(wrong)


def test_a_question_without_an_index_would_be_noticed(filled, asked):
    with _listening(asked):
        list(DeletionRequest.objects.filter(operator_reference="nothing is found by this"))
        list(DeletionRequest.objects.filter(pk=filled["request_id"]))
        DeletionRequest.objects.aggregate(newest=models.Max("changed_at"))
    assert len(_without_index(asked)) == 2
