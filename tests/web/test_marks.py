"""Officials mark a place at which a person decides: by one, ended by two, read by auditors, closed to all others."""

from uuid import uuid4

import pytest
from django.urls import reverse

from haetae.accounts.permissions import Role
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.assessment.models import Assessment, Lineage
from haetae.flow.by_hand import actions
from haetae.flow.by_hand.models import MarkedPlace, Storm
from haetae.flow.overview.sources import sources
from haetae.flow.tasks.actions import finish_task, open_task
from haetae.flow.tasks.states import Kind, Outcome
from haetae.web.words.by_hand import refusal_words
from tests import people
from tests.commission import seat
from tests.web import sightings

pytestmark = pytest.mark.django_db
PAGE = "/console/marks/"
SENT = {"place": "https://sns.example/@han/", "ground": "public_office", "reference": "2026-7"}


@pytest.fixture
def browser_of(visitor):
    def signed_in(person, role, language="en", **where):
        browser = visitor(language)
        browser.force_login(seat(person, role, **where))
        return browser

    return signed_in


def test_one_marks_two_end_it_and_all_of_it_stays_in_the_record(browser_of):
    kim, na = browser_of(people.REVIEWER, Role.REVIEWER), browser_of(people.CHILD_REVIEWER, Role.REVIEWER)
    assert kim.post(reverse("console:mark_add"), SENT).status_code == 302
    assert kim.post(reverse("console:mark_add"), SENT).status_code == 302, "sent twice it is marked once"
    mark = MarkedPlace.objects.get()
    text = na.get(PAGE).content.decode()
    assert "sns.example/@han" in text
    assert "reviewer-kim" in text
    assert kim.post(reverse("console:mark_end", args=[mark.pk]), {"ground": "mistaken"}).status_code == 302
    alone = kim.post(reverse("console:mark_agree", args=[mark.pk]))
    assert alone.status_code == 409
    assert refusal_words("mark_same_official") in alone.content.decode()
    assert MarkedPlace.objects.get().state == "ending"
    assert na.post(reverse("console:mark_keep", args=[mark.pk])).status_code == 302
    assert na.post(reverse("console:mark_end", args=[mark.pk]), {"ground": "no_longer"}).status_code == 302
    assert kim.post(reverse("console:mark_agree", args=[mark.pk])).status_code == 302
    assert "ended by reviewer-na" in " ".join(kim.get(PAGE).content.decode().split())
    names = Event.objects.filter(name__startswith="by_hand.").order_by("pk").values_list("name", flat=True)
    assert list(names) == [
        f"by_hand.{one}" for one in ("marked", "end_wanted", "kept", "end_wanted", "ended")
    ]


def test_what_is_wrong_is_said_and_what_was_typed_stays(browser_of):
    kim = browser_of(people.REVIEWER, Role.REVIEWER, "ko")
    for wrong in ({"place": "nonsense"}, {"ground": ""}, {"reference": "한 의원"}, {"reference": ""}):
        answer = kim.post(reverse("console:mark_add"), {**SENT, **wrong})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert {**SENT, **wrong}["place"] in answer.content.decode()
    assert not MarkedPlace.objects.exists()


def test_a_storm_is_one_line_of_health_until_an_official_says_that_they_looked(browser_of):
    kim = browser_of(people.REVIEWER, Role.REVIEWER)
    for _ in range(120):
        actions.count_report(link="https://sns.example/@han/1", at=clock.now())
    assert kim.get("/console/health/").content.decode().count("sns.example: 120 reports in an hour") == 1
    storm = Storm.objects.get()
    auditor = browser_of(people.STRANGER, Role.AUDITOR)
    assert f'href="{PAGE}"' in auditor.get("/console/health/").content.decode()
    text = auditor.get(PAGE).content.decode()
    assert "sns.example" in text
    assert 'action="/console/storms/' not in text, "auditors read and change nothing"
    assert 'action="/console/marks/' not in text
    assert auditor.post(reverse("console:storm_looked", args=[storm.pk])).status_code == 403
    assert kim.post(reverse("console:storm_looked", args=[storm.pk])).status_code == 302
    assert "sns.example" not in kim.get("/console/health/").content.decode()
    assert "looked at by reviewer-kim" in " ".join(kim.get(PAGE).content.decode().split())
    actions.count_report(link="https://sns.example/@han/1", at=clock.now())
    assert Storm.objects.count() == 1, "while it goes on, whoever looked is not called again"


def test_what_people_say_of_what_a_list_brings_is_shown_with_its_doubt(browser_of):
    """Three pictures of one list: two refuted, one confirmed, and a copy of that one that says no more than it."""
    pictures = [Lineage.objects.create(sha256=one * 64, begun_at=clock.now()) for one in "abc"]
    for number, outcome in enumerate((Outcome.LEAVE, Outcome.LEAVE, Outcome.ASK, Outcome.ASK)):
        sighting_id = sightings.found(number + 1)
        assessment_id = sightings.examined(sighting_id, sightings.KNOWN)
        Assessment.objects.filter(pk=assessment_id).update(lineage=pictures[min(number, 2)])
        task = open_task(kind=Kind.JUDGE, subject_id=assessment_id, sighting_id=sighting_id)
        finish_task(task_id=task.pk, outcome=outcome, note="Looked at it.", official_id=uuid4())
    (source,) = sources()
    assert (source.name, source.confirmed, source.refuted) == ("demo", 1, 2)
    assert source.low < 1 / 3 < source.high
    text = browser_of(people.STRANGER, Role.AUDITOR).get("/console/sources/").content.decode()
    assert "demo" in text
    assert f"{round(100 * source.low)}–{round(100 * source.high)} %" in text
