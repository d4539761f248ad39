"""The form with which an operator applies: what it takes, what it refuses, and what it does not keep."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from haetae.audit.models import Event
from haetae.common import clock
from haetae.operators.onboarding import rules
from haetae.operators.onboarding.models import Application
from tests.web.joining import FORM, applied, apply

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("public_only", "", "Without this nobody can be registered."),
        ("in_charge", "", "Only somebody who may speak for the operator"),
        ("origin", "http://newcomer.example", "with https"),
        ("origin", "https://10.0.0.1", "with https"),
        ("origin", "https://newcomer.example/path", "with https"),
        ("origin", "https://user@newcomer.example", "with https"),
        ("origin", "https://newcomer.example:8443", "with https"),
        ("zone", "Mars/Olympus", "Write a time zone by its name"),
        ("zone", "../../etc/passwd", "Write a time zone by its name"),
        ("mailbox", "a@b\r\nBcc: c@d.example", "Write a mailbox"),
        ("way", "webhook", "Write the whole address"),
        ("kind", "messenger", "Choose one."),
        ("name", "", "2 to 120 characters"),
        ("name", "New\u202ecomer", "2 to 120 characters"),
    ],
)
def test_what_cannot_stay_so_is_said_at_its_field_and_nothing_is_lost(visitor, field, value, words):
    _, answer = apply(visitor, **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert field == "name" or 'value="Newcomer"' in page
    assert not Application.objects.exists()


def test_a_form_sent_twice_is_one_application(visitor):
    browser, where, _ = applied(visitor)
    key = where.removesuffix("/").rpartition("/")[2]
    assert browser.post("/operator/join/", {**FORM, "form_key": key}).headers["Location"] == where
    assert Application.objects.count() == 1
    assert str(UUID(key)) != str(Application.objects.get().pk), "what officials see opens no applicant's page"


def test_an_operator_that_is_registered_already_is_told_whom_to_ask(visitor, board):
    _, answer = apply(visitor, origin="https://board.example")
    assert answer.status_code == 409
    assert "registered already" in answer.content.decode()


def test_a_flood_is_refused_and_nothing_is_kept_of_who_sent_it(visitor, monkeypatch):
    monkeypatch.setattr(rules, "APPLICATIONS_AN_HOUR", 1)
    applied(visitor)
    _, answer = apply(visitor, name="Second")
    assert answer.status_code == 429
    assert "in an hour" in answer.content.decode()
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        applied(visitor, name="Third")
    kept = str(list(Application.objects.values())) + str(list(Event.objects.values_list("facts", flat=True)))
    assert "127.0.0.1" not in kept


def test_nobody_guesses_their_way_to_an_application(visitor):
    assert visitor("en").get(f"/operator/join/{UUID(int=99)}/").status_code == 404
    _, _, application = applied(visitor)
    assert visitor("en").get(f"/operator/join/{application.pk}/").status_code == 404
