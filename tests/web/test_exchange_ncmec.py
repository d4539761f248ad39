"""Partners read and vote over the XML wire, in UTC wherever anybody is."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.test import Client

from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.xml import tree_of
from haetae.detect.matching import Tier
from haetae.hashbank import actions
from haetae.hashbank.exchange.ncmec import REASONS, time_text
from haetae.hashbank.models import HashFeedback, Recall
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Media, Purpose
from haetae.web.api.exchange import ncmec as view
from tests.hashbank import partners
from tests.hashbank.partners import partner_named, pdq
from tests.web.exchange_clients import NCMEC, Ncmec, StopNcii, basic

pytestmark = pytest.mark.django_db
YES = b"<feedbackSubmission xmlns='https://hashsharing.ncmec.org/hashsharing/v2'><affirmative /></feedbackSubmission>"


make_known = partial(partners.make_known, purpose=Purpose.CSAM)


def no(*guids: str) -> bytes:
    inside = "".join(f"<guid>{guid}</guid>" for guid in guids)
    words = f"<feedbackSubmission><negative><reasonIds>{inside}</reasonIds></negative></feedbackSubmission>"
    return words.encode()


@pytest.fixture
def agency() -> Ncmec:
    return Ncmec(partner_named("agency"))


def test_a_partner_reads_pictures_and_films_page_by_page_and_each_entry_once(agency, monkeypatch):
    monkeypatch.setattr(view, "_PAGE", 10)
    ids = make_known(*range(25))
    film = NewEntry(media=Media.FILM, md5="ab" * 16, tier=Tier.COUNSELLOR_CHECKED)
    ids += actions.add_entries(list_name="test", entries=[film], actor=SYSTEM)
    pages = list(agency.pages())
    rows = [row for page in pages for group in page for row in group if row.tag != "next"]
    assert len(pages) == 3
    assert sorted(row.findtext("id") for row in rows) == sorted(map(str, ids))
    assert {row.findtext("fingerprints/pdq") for row in rows} == {*map(pdq, range(25)), None}
    assert [row.findtext("fingerprints/md5") for row in rows if row.tag == "video"] == ["ab" * 16]


def test_both_ends_of_a_range_are_included_and_an_empty_range_has_nothing(agency):
    with time_machine.travel("2026-11-22T12:00:00.700+00:00", tick=False):
        (known,) = make_known(1)
    second = "2026-11-22T12:00:00Z"
    assert agency.held(since=second) == {str(known): "image"}
    (page,) = agency.pages(to=second)
    assert page.find("images").attrib == {"count": "1", "maxTimestamp": second}
    (page,) = agency.pages(to="9999-12-31T23:59:59Z")
    assert page.find("images").get("count") == "1", "the last second that there is"
    (page,) = agency.pages(to="2026-11-22T11:59:59Z")
    assert [group.get("count") for group in page] == ["0", "0"]


def test_what_is_withdrawn_is_a_tombstone_without_a_hash_for_whoever_was_given_it(agency):
    (known,) = make_known(1)
    agency.held()
    actions.withdraw_known_picture(known_id=known, actor=SYSTEM)
    (page,) = agency.pages()
    assert [row.tag for row in page.find("images")] == ["deletedImage"]
    assert page.find(".//fingerprints") is None
    assert Ncmec(partner_named("late")).held() == {}
    assert Recall.objects.get().acknowledged_at is None
    with time_machine.travel(clock.now() + timedelta(seconds=5)):
        agency.held(since=time_text(clock.now()))
    assert Recall.objects.get().acknowledged_at is not None


def test_votes_are_kept_and_shown_and_only_ones_own_under_ones_own_name(agency):
    (known,) = make_known(1)
    assert agency.vote(known, YES).status_code == 200
    guid, (_, tag) = next(iter(REASONS.items()))
    other = Ncmec(partner_named("other"))
    assert other.vote(known, no(guid)).status_code == 200
    said = {row.source: (row.value, row.tags) for row in HashFeedback.objects.all()}
    assert said == {"agency": ("blocked", []), "other": ("not_blocked", [tag])}
    (page,) = agency.pages()
    votes = [(vote.tag, vote.findtext(".//member")) for vote in page.find(".//feedback")]
    assert votes == [("affirmativeFeedback", "agency"), ("negativeFeedback", "another")]


def test_a_vote_on_what_a_partner_may_not_have_is_refused_as_on_what_nobody_knows(agency):
    (hidden,) = make_known(1, tier=Tier.SELF_DECLARED)
    (open_,) = make_known(2)
    unknown = "00000000-0000-4000-8000-000000000000"
    refusals = [
        agency.vote(hidden, YES),
        agency.vote(unknown, YES),
        agency.vote(open_, YES, kind="MD5"),
        agency.vote(open_, YES, kind="PDNA"),
        agency.vote(open_, YES, member=2),
    ]
    assert {answer.status_code for answer in refusals} == {404}
    assert len({answer.content for answer in refusals}) == 1
    assert not HashFeedback.objects.exists()


BOMB = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><feedbackSubmission>'
BOMB += b"<affirmative>&d;</affirmative></feedbackSubmission>"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b" ", "body"),
        (b"<a", "body"),
        (BOMB, "body"),
        (b"<?xml version='1.0' encoding='nothing'?><a/>", "body"),
        (b"<a>" * 50 + b"</a>" * 50, "body"),
        (b"<other/>", "feedbackSubmission"),
        (b"<feedbackSubmission/>", "feedbackSubmission"),
        (
            b"<feedbackSubmission><affirmative/><negative/></feedbackSubmission>",
            "feedbackSubmission",
        ),
        (b"<feedbackSubmission><negative/></feedbackSubmission>", "reasonIds"),
        (no("unknown"), "reasonIds.guid"),
    ],
)
def test_a_bad_vote_is_refused_by_its_field(agency, body, field):
    (known,) = make_known(1)
    answer = agency.vote(known, body)
    assert (answer.status_code, tree_of(answer.content).findtext("field")) == (400, field)
    assert not HashFeedback.objects.exists()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "from"),
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-13-01T00:00:00Z"}, "from"),
        ({"from": "2026-11-22T00:00:00+09:00"}, "from"),
        ({"from": "1970-01-01T00:00:00Z", "to": "later"}, "to"),
        ({"from": "1970-01-01T00:00:00Z", "after": "not ours"}, "after"),
    ],
)
def test_a_bad_question_is_answered_with_the_name_of_its_field(agency, query, field):
    answer = agency.get("entries", **query)
    assert (answer.status_code, tree_of(answer.content).findtext("field")) == (400, field)


def test_a_beginning_in_the_future_is_refused_because_an_empty_answer_would_lose_hashes_for_good(agency):
    answer = agency.get("entries", **{"from": time_text(clock.now() + timedelta(hours=9))})
    assert answer.status_code == 400
    assert "run yours with TZ=UTC" in tree_of(answer.content).findtext("message")


def test_status_members_and_reasons_say_who_is_who_and_what_one_may_say(agency):
    status, members = (tree_of(agency.get(path).content) for path in ("status", "members"))
    assert status.find("member").attrib["id"] in {row.get("id") for row in members}
    assert status.findtext("username") == "agency"
    reasons = tree_of(agency.get("feedback/PDQ/reasons").content)
    assert {row.get("guid") for row in reasons.find("availableFeedbackReasons")} == set(REASONS)
    assert agency.get("feedback/PDNA/reasons").status_code == 404


def test_a_name_that_is_not_the_keys_holder_opens_nothing(agency):
    partner_named("other")
    for headers in (
        basic("other", agency.read),
        basic("agency", "wrong"),
        basic("", agency.read),
        {"Authorization": "Basic !!"},
        {"Authorization": f"Bearer {agency.read}"},
    ):
        answer = Client().get(NCMEC + "status", headers=headers)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Basic realm="exchange"')


def test_this_wire_carries_lists_of_its_purpose_and_no_others(agency):
    (ours,) = make_known(1, list_name="children")
    (theirs,) = partners.make_known(2, list_name="adults")
    assert agency.held() == {str(ours): "image"}
    assert agency.vote(theirs, YES).status_code == 404
    assert set(StopNcii(partner_named("hotline")).held()) == {pdq(2)}
