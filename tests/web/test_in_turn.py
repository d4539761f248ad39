"""The queues say why each row stands where it stands, and are read to their end page by page."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from haetae.common import clock
from haetae.flow.review.actions import weigh as weigh_reviews
from haetae.flow.review.models import Review
from haetae.flow.tasks.actions import open_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind
from haetae.flow.urgency import Risk, Urgency
from haetae.web.words.urgency import RISKS, urgency_words
from tests.web import sightings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TASK, NEXT, PREVIOUS = r'id="t-([0-9a-f-]+)"', r'rel="next" href="([^"]+)"', r'rel="prev" href="([^"]+)"'


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _many_tasks(number: int) -> list[str]:
    """In their order; several were opened in the same moment."""
    rows = [
        Task(
            kind=Kind.JUDGE, subject_id=uuid4(), opened_at=NOW + timedelta(seconds=at // 3), rank=100 + at % 7
        )
        for at in range(number)
    ]
    Task.objects.bulk_create(rows)
    rows.sort(key=lambda row: (row.rank, row.opened_at, row.pk))
    return [str(row.pk) for row in rows]


def _follow(browser, where: str, link: str) -> list[list[str]]:
    """The tasks of each page, as long as there is such a link."""
    found = []
    while True:
        page = browser.get(where).content.decode()
        found.append(re.findall(TASK, page))
        onward = re.search(link, page)
        if onward is None:
            return found
        where = "/console/tasks/" + onward[1].replace("&amp;", "&")


def test_every_task_stands_on_one_page_in_its_order(everywhere):
    order = _many_tasks(120)
    pages = _follow(everywhere, "/console/tasks/", NEXT)
    assert [len(page) for page in pages] == [50, 50, 20]
    assert [task for page in pages for task in page] == order


def test_one_comes_back_the_way_one_went(everywhere):
    order = _many_tasks(170)
    page = everywhere.get("/console/tasks/?kind=judge").content.decode()
    for _ in range(3):
        where = "/console/tasks/" + re.search(NEXT, page)[1].replace("&amp;", "&")
        page = everywhere.get(where).content.decode()
    assert "151–170 of 170" in _page(everywhere.get(where))
    back = _follow(everywhere, where, PREVIOUS)
    assert back == [order[150:170], order[100:150], order[50:100], order[:50]]


def test_what_was_dealt_with_meanwhile_makes_nobody_miss_a_task(everywhere):
    order = _many_tasks(110)
    page = everywhere.get("/console/tasks/").content.decode()
    Task.objects.filter(pk__in=order[:50]).update(state="done")
    onward = "/console/tasks/" + re.search(NEXT, page)[1].replace("&amp;", "&")
    assert re.findall(TASK, everywhere.get(onward).content.decode()) == order[50:100]


@pytest.mark.parametrize(
    "asked",
    [
        "page=3",
        "page=2&after=",
        "page=2&after=1-2-3-4",
        "page=2&after=999999999999999999-1-1-" + "0" * 32,
        "page=2&before=x&after='; DROP TABLE",
        "page=2&after=١-1-1-" + "0" * 32,
    ],
)
def test_what_is_no_place_in_the_queue_is_its_beginning(everywhere, asked):
    order = _many_tasks(60)
    answer = everywhere.get(f"/console/tasks/?{asked}")
    assert answer.status_code == 200
    assert re.findall(TASK, answer.content.decode()) == order[:50]


def test_a_place_behind_the_last_task_is_an_empty_page_that_leads_back(everywhere):
    _many_tasks(60)
    page = _page(everywhere.get("/console/tasks/?page=3&after=253000000000000000-1-1-" + "f" * 32))
    assert "Nothing here." in page


def test_the_queue_of_decisions_says_why_each_stands_where_it_stands(control_room):
    with time_machine.travel(NOW, tick=False):
        ids = [sightings.contested(number) for number in (1, 2, 3)]
        for review_id, urgency in zip(
            ids,
            (
                Urgency(risk=Risk.CONFIRMED),
                Urgency(minor=True, risk=Risk.KNOWN_UNSURE, reported=True),
                Urgency(law_ends_at=NOW + timedelta(days=3), risk=Risk.CONFIRMED),
            ),
            strict=True,
        ):
            weigh_reviews(sighting_id=Review.objects.get(pk=review_id).sighting_id, urgency=urgency)
        page = _page(control_room.get("/console/reviews/"))
        one = _page(control_room.get(f"/console/reviews/{ids[1]}/"))
    assert re.findall(r'id="r-([0-9a-f-]+)"', page) == [str(ids[at]) for at in (2, 1, 0)]
    told = re.findall(r"Why it stands here: ([^<]+)\.<", page)
    assert told == [
        "a term of the law ends in 3 days · a confirmed picture",
        "a minor, by a list or an earlier decision · resembles a known picture, and it is not sure"
        " · reported by a person",
        "a confirmed picture",
    ]
    assert "a minor, by a list or an earlier decision" in one


def test_a_task_says_it_too_until_it_is_over(everywhere):
    task = open_task(kind=Kind.HOOK_DOWN, subject_id=uuid4())
    where = f"/console/tasks/{task.pk}/"
    words = "Why it stands here: it concerns many pictures at once."
    assert words in _page(everywhere.get(where))
    assert words in _page(everywhere.get("/console/tasks/"))
    everywhere.post(where + "finish/", {"outcome": "handled", "note": "told them"})
    assert "Why it stands here" not in _page(everywhere.get(where))


@pytest.mark.usefixtures("in_english")
def test_every_part_of_the_rule_is_worded():
    assert set(RISKS) == set(Risk)
    now = clock.now()
    over = urgency_words(Urgency(law_ends_at=now - timedelta(hours=2)), at=now)
    assert "a term of the law is over, 2 h ago" in over
