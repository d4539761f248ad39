"""Codes that a browser computed go to the form and with it into a case; what is no code is said and left out."""

import html
import re

import pytest

from haetae.agencies.support.models import Case, CaseHash
from haetae.detect.matching import Tier
from haetae.hashbank.models import KnownPicture
from haetae.hashbank.states import Media
from haetae.web.portal.codes import MOMENTS_MOST, entry_of_code
from tests.web.forms import hidden, opened

SHA, PDQ, DHASH = "5a" * 32, "0f" * 32, "3c" * 32
PICTURE = f"picture {SHA} {PDQ} {DHASH} 87"


def moment(at_ms: int = 500, quality: int = 90) -> str:
    return f"{at_ms}:{PDQ}:{DHASH}:{quality}"


FILM = f"film - {moment(500)} {moment(1_500)}"


def test_a_picture_is_read_with_both_its_looks_and_its_bytes():
    entry = entry_of_code(PICTURE)
    assert entry
    assert (entry.media, entry.sha256, entry.pdq, entry.dhash) == (Media.IMAGE, SHA, PDQ, DHASH)
    assert entry.tier is Tier.SELF_DECLARED


def test_a_film_is_read_as_its_moments_without_those_that_are_too_plain():
    entry = entry_of_code(f"film - {moment(500)} {moment(1_500, quality=3)} {moment(2_500)}")
    assert entry
    assert (entry.media, entry.sha256) == (Media.FILM, "")
    assert [frame.at_ms for frame in entry.frames] == [500, 2_500]


def test_a_film_of_as_many_moments_as_a_browser_takes_is_read_and_one_more_is_not():
    moments = [moment(number * 1_000) for number in range(MOMENTS_MOST)]
    entry = entry_of_code(f"film {SHA} " + " ".join(moments))
    assert entry
    assert len(entry.frames) == MOMENTS_MOST
    assert entry_of_code(f"film {SHA} " + " ".join([*moments, moment()])) is None


@pytest.mark.parametrize(
    "code",
    [
        "",
        "picture",
        PICTURE.upper(),
        PICTURE + " ",
        PICTURE.replace(" 87", " 12"),
        PICTURE.replace(PDQ, "-"),
        PICTURE.replace(PDQ, PDQ[:-1]),
        f"film {SHA}",
        f"film - {moment(quality=0)}",
        "film - " + moment().replace("500:", "-500:"),
        "picture " * 9_000,
        f"picture {SHA} {PDQ} {DHASH} ٨٧",
        "<script>",
    ],
)
def test_what_says_nothing_that_could_be_compared_is_none(code):
    assert entry_of_code(code) is None


@pytest.mark.django_db
def test_codes_are_carried_into_the_form_and_with_it_into_the_case(visitor):
    browser = visitor("en", strict=True)
    token = opened(browser, "/link/")["csrfmiddlewaretoken"]
    brought = browser.post(
        "/link/", {"csrfmiddlewaretoken": token, "code": [PICTURE, FILM, PICTURE], "continue": "1"}
    )
    page = brought.content.decode()
    assert brought.status_code == 200
    assert not Case.objects.exists()
    carried = [html.unescape(value) for value in re.findall(r'name="code" value="([^"]+)"', page)]
    assert carried == [PICTURE, FILM]
    assert "The codes of 2 pictures or films are here." in page
    sent = browser.post("/link/", {**hidden(page), "code": carried})
    assert sent.status_code == 303
    known = [link.known for link in CaseHash.objects.select_related("known")]
    assert {(one.media, one.tier) for one in known} == {
        (Media.IMAGE, Tier.SELF_DECLARED),
        (Media.FILM, Tier.SELF_DECLARED),
    }


@pytest.mark.django_db
def test_a_code_that_did_not_arrive_whole_is_left_out_and_the_rest_can_be_sent(visitor):
    browser = visitor("en")
    broken = browser.post("/link/", {**opened(browser), "code": [PICTURE[:-9], FILM], "relation": "me"})
    page = broken.content.decode()
    assert broken.status_code == 422
    assert "A code of a picture did not arrive whole, so it was left out." in page
    carried = re.findall(r'name="code" value="([^"]+)"', page)
    assert carried == [FILM]
    assert browser.post("/link/", {**hidden(page), "code": carried}).status_code == 303


@pytest.mark.django_db
def test_more_codes_than_a_case_holds_at_once_are_refused_whole(visitor):
    browser = visitor("en")
    codes = [PICTURE.replace(SHA, f"{number:064x}") for number in range(21)]
    answer = browser.post("/link/", {**opened(browser), "code": codes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These are more than 20 codes." in page
    assert page.count('name="code"') == 20
    assert not KnownPicture.objects.exists()


@pytest.mark.django_db
def test_the_same_code_sent_twice_is_known_once(visitor):
    browser = visitor("en")
    form = {**opened(browser), "code": [PICTURE]}
    for _ in range(2):
        assert browser.post("/link/", form).status_code == 303
    assert KnownPicture.objects.count() == 1


@pytest.mark.django_db
def test_what_is_no_code_is_never_shown_as_markup(visitor):
    browser = visitor("en")
    code = '"><script>alert(1)</script>'
    for more in ({}, {"continue": "1"}):
        page = browser.post("/link/", {**opened(browser), "code": [code], **more}).content.decode()
        assert "<script>alert" not in page
