"""Somebody gives an official an address, a number or a file: where is the case?"""

import logging

import pytest
from django.test import Client

from haetae.accounts.models import Official
from haetae.common.ids import new_id
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.locators import forms_of
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.actions import open_assessment
from haetae.flow.assessment.models import Assessment
from tests.web.test_documents import issued

PAGE, PICTURE = "https://board.example/post/81?tab=1", "https://board.example/media/81.png"
SHA256 = "ab" * 32


@pytest.fixture
def place(db: None) -> Sighting:
    sighting = register_sighting(page_url=PAGE, media_url=PICTURE, source=Source.WATCH)
    return Sighting.objects.get(pk=sighting)


def find(browser: Client, what: str):
    return browser.post("/console/find/", {"what": what})


def test_an_address_leads_to_its_place_and_stands_nowhere(
    control_room: Client, place: Sighting, caplog
) -> None:
    caplog.set_level(logging.DEBUG)
    page = f"/console/sightings/{place.pk}/"
    for what in (
        PAGE,
        PICTURE,
        f"  {PICTURE} ",
        f"<{PAGE}#top>",
        "BOARD.example/media/81.png",
        "https://board.example:443/media/81.png",
    ):
        answer = find(control_room, what)
        assert (answer.status_code, answer["Location"]) == (303, page), what
    assert "board.example" not in caplog.text


def test_numbers_and_files_lead_there_too(control_room: Client, place: Sighting) -> None:
    assessment = Assessment.objects.get(pk=open_assessment(sighting_id=place.pk, reported=False))
    Assessment.objects.filter(pk=assessment.pk).update(fingerprints={"sha256": SHA256})
    for what in (str(place.pk), str(place.pk)[:8], SHA256, SHA256.upper()):
        assert find(control_room, what)["Location"] == f"/console/sightings/{place.pk}/", what


def test_several_places_of_one_page_are_listed(control_room: Client, place: Sighting) -> None:
    register_sighting(page_url=PAGE, media_url=f"{PICTURE}?2", source=Source.WATCH)
    answer = find(control_room, PAGE)
    assert answer.status_code == 200
    assert answer.content.decode().count('class="open"') == 2


def test_a_document_is_found_by_its_number_and_by_its_file(
    control_room: Client, reviewer: Official, db: None
) -> None:
    order = issued(reviewer)
    for what in (order.reference, order.digest_en):
        assert find(control_room, what)["Location"] == f"/console/documents/{order.pk}/"


def test_what_is_not_there_is_said_to_be_not_there(control_room: Client, place: Sighting) -> None:
    for what in (
        f"{PAGE}&x=1",
        "https://other.example/",
        "KMCC-2026-000999",
        "f" * 64,
        str(new_id()),
        "two words",
        "http://[",
        "\x00",
    ):
        answer = find(control_room, what)
        assert (answer.status_code, "Nothing was found" in answer.content.decode()) == (404, True), what


def test_only_who_reads_places_may_look(policy_lead: Client, regulator: Client) -> None:
    assert find(policy_lead, PAGE).status_code == 403
    assert regulator.get("/console/find/").status_code == 200


def test_an_address_is_tried_as_people_paste_it() -> None:
    assert "https://a.example/x" in forms_of("a.example/x")
    assert "https://a.example/x/" in forms_of("https://A.example/x#part")
    assert forms_of("") == forms_of("two words") == ()
