"""The auditor's page of how people judge: counts where they are few, shares where they are not, and nobody's name."""

import re

import pytest

from haetae.accounts.permissions import Role
from haetae.audit.models import Event
from haetae.flow.next_step import next_step
from haetae.flow.tasks.actions import finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from tests import people
from tests.commission import seat
from tests.web import sightings

pytestmark = pytest.mark.django_db


def _judge(number: int, official, outcome: Outcome = Outcome.LEAVE) -> None:
    examined = sightings.examined(sightings.found(number), reported=True)
    next_step(Event.objects.get(name="assessment.review", subject_id=examined).pk)
    task = Task.objects.get(subject_id=examined)
    finish_task(task_id=task.pk, outcome=outcome, note="Judged.", official_id=official.pk)


def test_few_are_counts_many_are_shares_and_the_reading_is_recorded(auditor):
    han, yoon = (
        seat(one, Role.COUNSELLOR, agency="support_centre")
        for one in (people.COUNSELLOR, people.SECOND_COUNSELLOR)
    )
    for number in range(1, 21):
        _judge(number, han)
    for number in range(31, 34):
        _judge(number, yoon)
    before = auditor.get("/console/judging/").content.decode()
    assert "Show the figures" in before
    assert "of 20" not in before, "nothing is told before it is recorded who reads it"
    assert not Event.objects.filter(name="second_looks.figures_read").exists()
    page = auditor.post("/console/judging/").content.decode()
    assert "20 of 20 (84%–100%)" in page, "han looked at nothing"
    assert re.search(r"3 of 3<", page), "of three no share is told"
    assert str(han.pk)[:8] in page
    assert "counsellor-" not in page
    read = Event.objects.get(name="second_looks.figures_read")
    assert read.actor_kind == "official"


def test_nobody_else_reads_it(control_room, counsellor, regulator, policy_lead, bench):
    for browser in (control_room, counsellor, regulator, policy_lead, bench):
        assert browser.get("/console/judging/").status_code == 403
        assert browser.post("/console/judging/").status_code == 403
    assert not Event.objects.filter(name="second_looks.figures_read").exists()
