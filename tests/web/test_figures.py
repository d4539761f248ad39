"""Sums for whoever coordinates: true, hidden where they are small, and nothing else is open to that role."""

import csv
import io
import re

import pytest
from django.test import Client

from haetae.agencies.enforcement.orders.states import Ground
from haetae.flow.removal.states import State
from haetae.flow.review.models import Review
from tests.agencies.desk import a_case
from tests.agencies.enforcement.cases import A_FINE, not_followed
from tests.enforcement import operator
from tests.web.addresses import every_address
from tests.web.sightings import answered, contested, found, verified

pytestmark = pytest.mark.django_db
FIGURES = "/console/figures/"


def page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def numbers(browser: Client) -> dict[tuple[str, str], int | None]:
    """Of each table's column over all its rows; None where one of them is hidden."""
    answer = browser.get(f"{FIGURES}all.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    found: dict[tuple[str, str], int | None] = {}
    for row in rows:
        key, before = (row["table"], row["column"]), found.get((row["table"], row["column"]), 0)
        found[key] = None if before is None or not row["count"] else before + int(row["count"])
    return found


def fined(count: int) -> None:
    """So many orders about a duty that was not kept, with a fine proposed for each."""
    for _ in range(count):
        not_followed(ground=Ground.DUTY).proposed(A_FINE, article="no_transparency_report")


def test_what_is_shown_is_what_happened(policy_lead) -> None:
    board = operator()
    for number in range(1, 7):
        verified(found(number))
    for number in range(7, 13):
        answered(found(number), State.REFUSED, reason="not_convinced")
    for number in range(13, 18):
        contested(number)
    for _ in range(5):
        a_case()
    fined(5)
    told = numbers(policy_lead)
    assert told["sanctions", "fine"] == 5
    assert told["requests", "gone"] == told["by_operator", "gone"] == 6
    assert told["requests", "refused"] == 6
    assert told["reviews", "day"] == Review.objects.count() == 5
    assert told["people", "unsaid"] == 5
    shown = page(policy_lead.get(FIGURES))
    assert f">{board.name}<" in shown
    assert "seen gone" in shown
    assert "Surcharges and fines" in shown
    assert "No quorum: 0 of 9 seats are filled" in shown
    assert "a moment" in shown, "the median of six"


def test_an_operator_with_few_requests_is_not_named_and_a_few_people_are_not_counted(policy_lead) -> None:
    board = operator()
    for number in range(1, 4):
        verified(found(number))
    a_case()
    shown = page(policy_lead.get(FIGURES))
    assert f">{board.name}<" not in shown
    assert "Too few in every month." in shown
    told = numbers(policy_lead)
    assert told["requests", "gone"] is None
    assert told["people", "unsaid"] is None


def test_no_id_and_no_address_is_in_it(policy_lead) -> None:
    for number in range(1, 7):
        verified(found(number))
    shown = page(policy_lead.get(FIGURES)) + policy_lead.get(f"{FIGURES}all.csv").content.decode()
    assert "https://board.example" not in shown
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", shown)


def test_the_coordinator_sees_nothing_else(policy_lead, counsellor, auditor) -> None:
    opened = {
        address.path
        for address in every_address()
        if address.name.startswith("console:") and policy_lead.get(address.path).status_code not in {403, 405}
    }
    ours = {"/console/statistics/", "/console/statistics/2025-01/", "/console/board/"}
    assert opened == {FIGURES, f"{FIGURES}all.csv", *ours}
    bar = page(policy_lead.get(FIGURES))
    assert not re.search(r'href="/console/(reviews|tasks|cases|referrals|health|people|holds)/', bar)
    assert counsellor.get(FIGURES).status_code == 403
    assert auditor.get(FIGURES).status_code == 200
