"""Two files that share something: their officers learn by what and whom to ask, and nothing of a name or a person."""

import pytest
from django.db import connection

from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.files.states import Reason
from haetae.agencies.investigation.linking import queries
from haetae.agencies.investigation.linking.actions import (
    CannotLinkError,
    add_identifier,
    add_place,
    links_read,
    take_out,
)
from haetae.agencies.investigation.linking.models import Identifier, PlaceOfFile
from haetae.agencies.investigation.linking.states import By, Kind
from haetae.audit.models import Event
from haetae.detect.finding import Signal, SignalKind
from tests import people
from tests.investigations import begin_file, officer
from tests.web.sightings import examined, found

pytestmark = pytest.mark.django_db
HANDLE = "@Grey_Heron"


@pytest.fixture
def park():
    return officer()


@pytest.fixture
def gwak():
    return officer(people.THIRD_OFFICER)


@pytest.fixture
def mine(park):
    return begin_file(park)


@pytest.fixture
def theirs(gwak):
    return begin_file(gwak, name="Operation Paper Lantern")


def an_account(file, by, text=HANDLE, service="messenger.example"):
    return add_identifier(
        investigation_id=file.investigation.pk,
        kind=Kind.ACCOUNT,
        text=text,
        service=service,
        official_id=by.pk,
    )


def shared(file, by):
    return queries.shared_with(file.investigation.pk, by.pk)


def test_both_sides_of_one_account_are_told_alike_and_neither_gets_the_others_number(
    mine, theirs, park, gwak
):
    an_account(mine, park)
    assert not shared(mine, park)
    an_account(theirs, gwak, text="  grey_heron ", service="WWW.Messenger.example")
    (here,), (there,) = shared(mine, park), shared(theirs, gwak)
    assert (here.by, here.other_id, here.ask.pk) == (By.ACCOUNT, None, gwak.pk)
    assert (there.by, there.other_id, there.ask.pk) == (By.ACCOUNT, None, park.pk)


def test_whoever_works_on_both_files_reads_the_number_of_the_other(mine, theirs, park, gwak):
    an_account(mine, park)
    an_account(theirs, gwak)
    file_id = theirs.investigation.pk
    files.add_member(investigation_id=file_id, colleague_id=park.pk, official_id=gwak.pk)
    (one,) = shared(mine, park)
    assert one.other_id == file_id


def test_the_same_name_on_another_service_is_somebody_else(mine, theirs, park, gwak):
    an_account(mine, park)
    an_account(theirs, gwak, service="elsewhere.example")
    assert not shared(mine, park)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.WATERMARK, "Made by ＨＥＲＯＮ", "made  by heron"),
        (Kind.CHANNEL, "https://messenger.example/+abc", " https://messenger.example/+abc "),
    ],
)
def test_what_people_write_differently_and_mean_alike_is_one(mine, theirs, park, gwak, kind, one, other):
    for file, official, text in ((mine, park, one), (theirs, gwak, other)):
        add_identifier(investigation_id=file.investigation.pk, kind=kind, text=text, official_id=official.pk)
    (link,) = shared(mine, park)
    assert link.by == By(kind.value)


def test_two_places_of_one_picture_link_their_files_also_when_it_is_examined_later(mine, theirs, park, gwak):
    first, second = found(1), found(2)
    add_place(investigation_id=mine.investigation.pk, typed=str(first), official_id=park.pk)
    add_place(
        investigation_id=theirs.investigation.pk,
        typed="https://board.example/posts/2",
        official_id=gwak.pk,
    )
    assert not shared(mine, park)
    known = Signal(
        kind=SignalKind.KNOWN_HASH,
        facts={
            "entry_id": "11111111-1111-4111-8111-111111111111", "list_name": "demo", "tier": 2,
            "distance_bits": 6, "confirmed": True, "exact": False, "variant": "whole",
        },
    )  # fmt: skip
    for sighting in (first, second):
        examined(sighting, known)
    (here,), (there,) = shared(mine, park), shared(theirs, gwak)
    assert (here.by, there.by) == (By.PICTURE, By.PICTURE)


def test_an_officer_reads_it_once_and_a_later_link_is_news_again(mine, theirs, park, gwak):
    an_account(mine, park)
    an_account(theirs, gwak)
    file_id = mine.investigation.pk
    assert queries.unread_of([file_id], park.pk) == {file_id}
    links_read(investigation_id=file_id, official_id=park.pk)
    assert not queries.unread_of([file_id], park.pk)
    for file, by in ((mine, park), (theirs, gwak)):
        an_account(file, by, text="second_heron")
    assert queries.unread_of([file_id], park.pk) == {file_id}


def test_what_was_taken_out_links_nothing_any_more(mine, theirs, park, gwak):
    row_id = an_account(mine, park)
    an_account(theirs, gwak)
    for _ in range(2):
        take_out(investigation_id=mine.investigation.pk, row_id=row_id, official_id=park.pk)
    assert not shared(mine, park)
    assert not shared(theirs, gwak)


def test_only_who_works_on_the_file_and_opened_it_today_adds_or_takes_out(mine, theirs, park, gwak):
    row_id = an_account(mine, park)
    with pytest.raises(NotYoursError, match="file_of_others"):
        an_account(mine, gwak)
    with pytest.raises(CannotLinkError, match="link_unknown"):
        take_out(investigation_id=theirs.investigation.pk, row_id=row_id, official_id=gwak.pk)
    files.add_member(investigation_id=mine.investigation.pk, colleague_id=gwak.pk, official_id=park.pk)
    with pytest.raises(NotYoursError, match="file_not_opened"):
        an_account(mine, gwak)
    files.open_for(investigation_id=mine.investigation.pk, reason=Reason.CHECK, official_id=gwak.pk)
    assert an_account(mine, gwak) == row_id
    files.close(investigation_id=mine.investigation.pk, official_id=park.pk)
    with pytest.raises(NotYoursError, match="file_closed"):
        an_account(mine, park)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("identifier_text", {"kind": Kind.WATERMARK, "text": " "}),
        ("identifier_text", {"kind": Kind.WATERMARK, "text": "x" * 301}),
        ("identifier_short", {"kind": Kind.WATERMARK, "text": "abc"}),
        ("identifier_service", {"kind": Kind.ACCOUNT, "text": "heron"}),
        ("identifier_link", {"kind": Kind.CHANNEL, "text": "the room of the heron"}),
    ],
)
def test_what_would_link_anybody_with_anybody_is_refused(mine, park, code, wrong):
    with pytest.raises(CannotLinkError, match=code):
        add_identifier(investigation_id=mine.investigation.pk, official_id=park.pk, **wrong)
    assert not Identifier.objects.exists()


@pytest.mark.parametrize(
    "typed", ["", "nonsense", "https://board.example/nothing", "00000000-0000-4000-8000-000000000001"]
)
def test_a_place_that_nobody_sighted_is_refused(mine, park, typed):
    with pytest.raises(CannotLinkError, match="place_unknown"):
        add_place(investigation_id=mine.investigation.pk, typed=typed, official_id=park.pk)
    assert not PlaceOfFile.objects.exists()


def test_what_an_officer_typed_lies_sealed_and_stands_in_no_event(mine, park):
    an_account(mine, park)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM linking_identifier t")
        stored = cursor.fetchone()[0]
    for secret in (HANDLE, "grey_heron", "messenger.example"):
        assert secret not in stored
        assert secret.encode().hex() not in stored
        assert secret not in str(list(Event.objects.values()))
