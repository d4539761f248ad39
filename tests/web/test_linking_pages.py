"""The page of what a file shares, clicked through by the right officers, and by nobody else."""

from uuid import UUID

import pytest
from django.urls import reverse

from haetae.accounts.actions import register_operator
from haetae.agencies.enforcement.designation.models import OpenChannel
from haetae.agencies.investigation.linking.models import Identifier
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.web.words.linking import people_words
from tests import people
from tests.investigations import SECRET_NAME, begin_file, officer
from tests.web.sightings import found

pytestmark = pytest.mark.django_db
CHANNEL = "https://messenger.example/+abc"
OTHER_NAME = "Operation Paper Lantern"


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


def page_of(opened, name="linking", *more) -> str:
    return reverse(f"console:{name}", args=[opened.investigation.pk, *more])


def test_two_officers_learn_of_each_other_and_of_nothing_else(browser_of):
    park, gwak = officer(), officer(people.THIRD_OFFICER)
    mine, theirs = begin_file(park), begin_file(gwak, name=OTHER_NAME)
    account = {"kind": "account", "text": "@heron", "service": "messenger.example"}
    browser, other = browser_of(park), browser_of(gwak)
    for one, file in ((browser, mine), (other, theirs)):
        assert one.post(page_of(file, "linking_identifier"), account).status_code == 302
    assert "another file shares something" in browser.get(reverse("console:investigations")).content.decode()
    text = browser.get(page_of(mine)).content.decode()
    assert "Another file of your agency has it." in text
    assert f"Ask {people.THIRD_OFFICER.name}." in text
    for secret in (OTHER_NAME, str(theirs.investigation.pk)):
        assert secret not in text
    assert browser.get(page_of(theirs)).status_code == 404
    browser.post(page_of(mine, "linking_read"))
    assert (
        "another file shares something" not in browser.get(reverse("console:investigations")).content.decode()
    )
    assert "another file shares something" in other.get(reverse("console:investigations")).content.decode()


def test_a_place_says_how_many_people_and_never_who(browser_of):
    park = officer()
    opened, browser = begin_file(park), browser_of(park)
    found(1)
    browser.post(page_of(opened, "linking_place"), {"place": "https://board.example/posts/1"})
    text = browser.get(page_of(opened)).content.decode()
    assert "https://board.example/posts/1" in text
    assert "in nobody&#x27;s case" in text or "in nobody's case" in text


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("count", "words"), [(0, "nobody"), (1, "fewer than 5"), (4, "fewer than 5"), (5, ": 5")]
)
def test_a_small_number_of_people_is_never_exact(count, words):
    assert words in people_words(count)
    assert (str(count) in people_words(count)) == (count >= 5)


def test_a_channel_goes_into_the_registry_only_if_the_officer_says_so_and_names_no_file(browser_of):
    park = officer()
    opened, browser = begin_file(park), browser_of(park)
    operator = register_operator(
        name="Messenger",
        origin="https://messenger.example",
        connector="sandbox",
        actor=SYSTEM,
    )
    where = page_of(opened, "linking_channel")
    browser.post(where, {"link": CHANNEL})
    assert Identifier.objects.count() == 1
    assert not OpenChannel.objects.exists()
    whole = {
        "link": CHANNEL, "registry": "on", "operator": str(operator.pk), "seen_on": "web_page",
        "source": "a public list", "title": "Paper boats", "subscribers": "1,204", "day": "2026-11-01",
        "is_public": "on",
    }  # fmt: skip
    assert browser.post(where, whole).status_code == 302
    row = OpenChannel.objects.get()
    assert (row.title, row.subscribers, row.noted_by_id) == ("Paper boats", 1204, park.pk)
    assert Identifier.objects.count() == 1
    facts = str(Event.objects.get(name="designation.channel_seen").facts)
    assert str(opened.investigation.pk) not in facts
    assert "Paper boats" in browser.get(page_of(opened)).content.decode()


def test_a_private_chat_is_refused_in_words_and_nothing_is_half_done(browser_of):
    park = officer()
    opened, browser = begin_file(park), browser_of(park)
    operator = register_operator(
        name="Messenger",
        origin="https://messenger.example",
        connector="sandbox",
        actor=SYSTEM,
    )
    answer = browser.post(
        page_of(opened, "linking_channel"),
        {
            "link": CHANNEL, "registry": "on", "operator": str(operator.pk), "seen_on": "web_page",
            "source": "a public list", "day": "2026-11-01",
        },
    )  # fmt: skip
    assert answer.status_code == 409
    assert "never a chat that somebody was let into" in answer.content.decode()
    assert not Identifier.objects.exists()
    assert not OpenChannel.objects.exists()
    assert Event.objects.get(name="investigations.refused").facts == {"code": "channel_not_public"}


def test_a_stranger_to_the_file_adds_nothing_and_the_try_is_recorded(browser_of):
    opened = begin_file(officer())
    browser = browser_of(officer(people.THIRD_OFFICER))
    assert browser.post(page_of(opened, "linking_place"), {"place": "x"}).status_code == 404
    assert Event.objects.get(name="investigations.refused").facts == {"code": "file_of_others"}


def test_what_is_wrong_is_said_in_korean_and_what_was_typed_stays(browser_of):
    park = officer()
    opened = begin_file(park)
    answer = browser_of(park, "ko").post(
        page_of(opened, "linking_identifier"), {"kind": "watermark", "text": "abc"}
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "워터마크는 4자 이상" in text
    assert 'value="abc"' in text


def test_the_name_of_the_file_stands_in_no_title_and_no_address(browser_of):
    park = officer()
    opened = begin_file(park)
    where = page_of(opened, "linking_out", UUID(int=5))
    assert SECRET_NAME not in where
    page = browser_of(park).get(page_of(opened)).content.decode()
    assert SECRET_NAME not in page.split("</title>")[0]
