"""A platform asks before it publishes: what it is told, and what stays of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haetae.audit.models import Event
from haetae.detect.matching import Tier
from haetae.flow.arrival.models import Sighting, UploadCheck
from haetae.web.api import counting
from tests.web.upload_questions import Platform, asking_platform, make_known, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform() -> Platform:
    counting.take()
    return asking_platform()


def happened() -> list[str]:
    names = Event.objects.order_by("pk").values_list("name", flat=True)
    return [name for name in names if name.startswith("arrival.")]


def counted() -> dict[str, int]:
    return {outcome.value: number for (_, _, outcome), number in counting.take().items()}


def test_a_known_picture_is_refused_before_anybody_sees_it_and_the_refusal_is_on_record(platform):
    make_known(photo("coffee"))
    answer = platform.ask(photo("coffee"), post_id="17")
    assert answer.status_code == 200
    told = answer.json()
    assert told["publish"] is False
    assert told["verdict"] == "request"
    assert told["reasons"] == ["known_confirmed"]
    assert isinstance(told["took_ms"], int)
    kept = UploadCheck.objects.get(pk=told["check"])
    assert (kept.operator, kept.post_id, kept.verdict, len(kept.known_entries)) == (
        platform.operator,
        "17",
        "request",
        1,
    )
    assert happened() == ["arrival.upload_refused"]
    assert not Sighting.objects.exists()


def test_an_unknown_picture_is_published_and_nothing_stays_of_it_but_a_count(platform):
    with CaptureQueriesContext(connection) as asked:
        answer = platform.ask(photo("coffee"))
    assert answer.json()["publish"] is True
    assert answer.json()["verdict"] == "nothing"
    assert not [row["sql"] for row in asked if row["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    # Who asks, and whether the bank is still the same: the bank itself is read where it has changed. How much the
    # operator may ask is taken many at once.
    besides = ("hashbank", "limits_bucket")
    assert len([row for row in asked if not any(table in row["sql"] for table in besides)]) == 1
    assert happened() == []
    assert counted() == {"nothing": 1}


def test_doubt_never_blocks_and_its_place_is_examined_like_any_other(platform):
    make_known(photo("coffee"), tier=Tier.SELF_DECLARED)
    place = {"HTTP_X_PAGE": "https://board.example/p/9", "HTTP_X_MEDIA": "https://board.example/m/9"}
    told = platform.ask(photo("coffee"), **place).json()
    assert (told["publish"], told["verdict"]) == (True, "review")
    sighting = Sighting.objects.get()
    assert (sighting.media_url, sighting.source) == ("https://board.example/m/9", "upload_check")
    assert UploadCheck.objects.get(pk=told["check"]).sighting == sighting
    assert happened() == ["arrival.found", "arrival.upload_doubtful"]


def test_a_doubtful_upload_without_an_address_is_on_record_all_the_same(platform):
    make_known(photo("coffee"), tier=Tier.SELF_DECLARED)
    platform.ask(photo("coffee"))
    assert UploadCheck.objects.get().sighting is None
    assert happened() == ["arrival.upload_doubtful"]


def test_what_cannot_be_opened_is_published_and_never_called_clean(platform):
    truncated = photo("coffee")[:3000]
    place = {"HTTP_X_PAGE": "https://board.example/p/9", "HTTP_X_MEDIA": "https://board.example/m/9"}
    told = platform.ask(truncated, **place).json()
    assert (told["publish"], told["verdict"], told["reasons"]) == (True, "undetermined", ["undecodable"])
    assert happened() == ["arrival.found"]
    assert counted() == {"undetermined": 1}


def test_the_same_question_asked_again_is_the_same_check(platform):
    make_known(photo("coffee"))
    first, again = (platform.ask(photo("coffee"), post_id="17").json() for _ in range(2))
    assert first["check"] == again["check"]
    assert happened() == ["arrival.upload_refused"]
    assert platform.ask(photo("coffee"), post_id="18").json()["check"] != first["check"]


def test_a_picture_that_becomes_known_later_is_refused_when_asked_again(platform):
    before = platform.ask(photo("coffee"), post_id="17").json()
    make_known(photo("coffee"))
    after = platform.ask(photo("coffee"), post_id="17").json()
    assert (before["publish"], after["publish"]) == (True, False)
    assert before["check"] != after["check"]


def test_the_same_post_number_of_two_platforms_is_two_checks(platform):
    make_known(photo("coffee"))
    other = asking_platform("Other board", origin="https://other.example")
    checks = {asker.ask(photo("coffee"), post_id="17").json()["check"] for asker in (platform, other)}
    assert len(checks) == 2


def test_the_address_is_the_same_with_and_without_its_last_slash(platform):
    assert platform.ask(photo("coffee"), path="/api/upload-check").json()["publish"] is True
