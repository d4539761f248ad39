"""A room that was open to anybody and is private now: what is said in it is not for us any more."""

import json
from collections.abc import Iterator

import pytest
from django.conf import settings

from haetae.accounts.models import Operator
from haetae.connectors.base import Locator, Look, Seen
from haetae.connectors.matrix.addresses import Media, Post, media_path, page_path
from haetae.connectors.registry import connector_for
from tests.connectors.other_side import OtherSide, Reply, other_side

POST = Post(room="!square:board.example", event_id="$9yQ-x")
MEDIA = Media(server="board.example", media_id="abc")
SUMMARY = "/_matrix/client/v1/room_summary/%21square%3Aboard.example"
JOIN = "/_matrix/client/v3/join/%21square%3Aboard.example"
NOT_FOUND = Reply.json({"errcode": "M_NOT_FOUND"}, status=404)


@pytest.fixture
def home(db: None) -> Iterator[OtherSide]:
    tokens = {"server_name": "board.example", "admin_token": "a", "probe_token": "p"}
    settings.KEYS.store("test-closed-rooms", json.dumps(tokens).encode())
    with other_side() as side:
        side.will(
            f"GET {page_path(POST)}", Reply.json({"type": "m.room.message", "content": {"url": MEDIA.mxc}})
        )
        side.will(f"GET {media_path(MEDIA)}", NOT_FOUND)
        yield side


def look(home: OtherSide) -> Look:
    homeserver = Operator(
        name="Square", connector="matrix", origin=home.origin, secret_name="test-closed-rooms"
    )
    place = Locator(page_url=home.origin + page_path(POST), media_url=home.origin + media_path(MEDIA))
    return connector_for(homeserver).look(place)


def room(**facts: object) -> Reply:
    return Reply.json({"room_id": POST.room, **facts})


def paths(home: OtherSide) -> set[str]:
    return {asked.path for asked in home.asked}


def test_while_it_is_open_the_message_is_read(home: OtherSide) -> None:
    home.will(f"GET {SUMMARY}", room(join_rule="public"))
    seen = look(home)
    assert (seen.page.why, seen.hidden) == ("shows_it", True)


@pytest.mark.parametrize(
    "now",
    [
        room(join_rule="invite"),
        room(join_rule="restricted"),
        room(join_rule="public", encryption="m.megolm.v1.aes-sha2"),
        NOT_FOUND,
    ],
)
def test_when_it_has_become_private_the_message_is_read_no_more_and_the_file_is_looked_at(
    home: OtherSide, now: Reply
) -> None:
    home.will(f"GET {SUMMARY}", now)
    seen = look(home)
    assert (seen.page.seen, seen.page.why) == (Seen.UNKNOWN, "room_closed")
    assert (seen.media.seen, seen.seen, seen.hidden) == (Seen.GONE, Seen.UNKNOWN, False)
    assert page_path(POST) not in paths(home)


def test_nobody_leads_us_into_a_private_room_by_an_invitation(home: OtherSide) -> None:
    home.will(f"GET {page_path(POST)}", Reply(status=403))
    home.will(f"GET {SUMMARY}", room(join_rule="public"), room(join_rule="invite"))
    assert look(home).page.seen is Seen.UNKNOWN
    assert JOIN not in paths(home)
