"""Who judges again sees the pages of what is judged for the first time, byte for byte, but for ids."""

import re
from uuid import UUID

import pytest
import time_machine

from haetae.accounts.permissions import Role
from haetae.agencies.second_looks import actions
from haetae.agencies.second_looks.models import Draw, SecondLook
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.next_step import next_step
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from tests import people
from tests.commission import seat
from tests.web import sightings

_LEAD = sightings.LEAD


@pytest.fixture(autouse=True)
def still(db: None):
    with time_machine.travel("2026-11-23T10:00:00+09:00", tick=False) as moving:
        yield moving


def _follow(event: str, subject: UUID) -> None:
    next_step(Event.objects.filter(name=event, subject_id=subject).latest("pk").pk)


def waits(number: int, *signals) -> Task:
    examined = sightings.examined(
        sightings.found(number), *signals, reported=True, picture="3fc0a5"[2 * number - 2 :][:2]
    )
    _follow("assessment.review", examined)
    task = Task.objects.get(subject_id=examined)
    _follow("tasks.opened", task.pk)
    return task


def second_look_at(event: Event, *, assessment_id: UUID, of: str, first_by: UUID | None) -> Task:
    """Drawn, whatever the lots say, and put before somebody else."""
    draw = Draw.objects.create(first=event.pk, until=event.pk + 1, share_ppm=1_000_000, closed_at=clock.now())
    look = SecondLook.objects.create(
        draw=draw, event_id=event.pk, of=of, assessment_id=assessment_id, first="ask", first_by=first_by,
        changed_at=clock.now(),
    )  # fmt: skip
    actions.record(event="second_looks.drawn", subject=look, actor=actions.SYSTEM)
    _follow("second_looks.drawn", look.pk)
    return Task.objects.get(second=True)


def judged_before(number: int, *signals) -> Task:
    """Another counsellor has had it asked for, and the operator has answered since."""
    task = waits(number, *signals)
    other = seat(people.SECOND_COUNSELLOR, Role.COUNSELLOR, agency="support_centre").pk
    finish_task(task_id=task.pk, outcome=Outcome.ASK, note="Seen as reported.", official_id=other)
    event = Event.objects.get(name="tasks.done")
    next_step(event.pk)
    return second_look_at(event, assessment_id=task.subject_id, of="judged", first_by=other)


def without_ids(page: str, number: int) -> str:
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", page)
    page = re.sub(r'<span class="number( small)?">[0-9a-f]{8}</span>', "NUMBER", page)
    page = re.sub(r"[0-9a-f]{12}…", "HASH", page)
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "TOKEN", page)
    return page.replace(f"/posts/{number}<", "/posts/N<").replace(f"/media/{number}.jpg", "/media/N.jpg")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_pages_are_those_of_what_is_judged_for_the_first_time(counsellor, still, language):
    counsellor.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    ordinary, second = waits(1, _LEAD), judged_before(2, _LEAD)
    still.shift(3600)
    for where in ("/console/tasks/{}/", "/console/tasks/{}/place/"):
        pages = [
            without_ids(counsellor.get(where.format(task.pk)).content.decode(), number)
            for number, task in enumerate((ordinary, second), start=1)
        ]
        assert pages[0] == pages[1]
        assert "board.example" in pages[0]
    entries = re.findall(
        r'<li class="line task.*?</li>', counsellor.get("/console/tasks/").content.decode(), re.S
    )
    assert len(entries) == 2
    assert without_ids(entries[0], 1) == without_ids(entries[1], 2)


def test_the_page_of_the_place_itself_tells_and_whoever_opens_it_judges_it_no_more(counsellor):
    second = judged_before(1)
    place = f"/console/sightings/{second.sighting_id}/"
    assert "Deletion request prepared" in counsellor.get(place).content.decode()
    assert str(second.pk) not in counsellor.get("/console/tasks/").content.decode()
    assert counsellor.get(f"/console/tasks/{second.pk}/").status_code == 404
    assert counsellor.get(f"/console/tasks/{second.pk}/place/").status_code == 404
    sent = {"outcome": "leave", "note": "It is a landscape."}
    assert counsellor.post(f"/console/tasks/{second.pk}/finish/", sent).status_code == 404
    assert not SecondLook.objects.exclude(said="").exists()
    barred = Event.objects.get(name="tasks.second_barred")
    assert (barred.actor_kind, barred.subject_id) == ("official", second.pk)


def test_what_acted_by_itself_is_shown_without_what_lets_it_act(counsellor):
    examined = sightings.examined(sightings.found(1), sightings.KNOWN, _LEAD)
    event = Event.objects.get(name="assessment.request")
    next_step(event.pk)
    second = second_look_at(event, assessment_id=examined, of="automatic", first_by=None)
    for where in (f"/console/tasks/{second.pk}/", f"/console/tasks/{second.pk}/place/"):
        page = counsellor.get(where).content.decode()
        assert "says 0.7" in page
        assert not re.search(r"counsellor-checked|Verdict: deletion|prepared", page.split("</header>")[-1]), (
            page
        )
