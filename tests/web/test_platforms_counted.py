"""How platforms answer, counted over files that the reader does not work on: nothing small is told."""

import re

import pytest
from django.urls import reverse

from haetae.agencies.investigation.subscribers import actions
from haetae.agencies.investigation.subscribers.actions import Heard
from haetae.agencies.investigation.subscribers.states import Refusal, State
from haetae.common import clock
from tests import people
from tests.investigations import begin_file, officer
from tests.official_requests import ANSWER, sent, two_officers

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_of_all_files_no_sum_gives_a_small_number_away(visitor, policy_lead):
    """Eight answered and two refused: neither the two nor anything that tells them is shown; the figures hide alike."""
    park, shin, opened = two_officers()
    for number in range(10):
        request_id = sent(park, shin, opened)
        refused = number < 2
        heard = Heard(
            state=State.REFUSED if refused else State.ANSWERED,
            at=clock.now(),
            reasons=[Refusal.POLICY] if refused else [],
            data="" if refused else ANSWER,
        )
        actions.answered(
            request_id=request_id, investigation_id=opened.investigation.pk, heard=heard, official_id=park.pk
        )
    gwak = officer(people.THIRD_OFFICER)
    other = begin_file(gwak, name="Another matter")
    browser = visitor("en")
    browser.force_login(gwak)
    page = text(browser.get(reverse("console:data_requests", args=[other.investigation.pk])))
    table = page[page.index("In all files") :]
    assert "channels.example" in table
    assert "against the platform" not in table, "two refusals are few"
    shown = re.findall(r'<td data-age="([^"]+)">([^<]+)</td>', table)
    numbers = dict(shown)
    assert numbers["refusals"] == "–"
    assert numbers["answers"] == "–" or numbers["requests sent"] == "–", "one of the two would tell the third"
    figures = text(policy_lead.get(reverse("console:figures")))
    assert "How platforms answer investigators" in figures
