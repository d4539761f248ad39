"""Which message and which file a link is about, whatever client it was copied from."""

import json
from uuid import uuid4

import pytest
from django.conf import settings

from haetae.accounts.models import Operator
from haetae.common.outbound import Fetched
from haetae.connectors import connector_for, operator_for
from haetae.connectors.base import DeletionOrder, Locator, NoChannelError, RefusedLinkError, Seen
from haetae.connectors.matrix.access import OnRequest, read_access
from haetae.connectors.matrix.addresses import Media, Post, media_in, media_path, page_path, post_in
from haetae.connectors.matrix.homeserver import refused, says_not_found
from haetae.connectors.matrix.rooms import shown_in

ROOM, EVENT = "!square:board.example", "$9yQ-x"
OLD = Post(room=ROOM, event_id=EVENT)
NAMED = Post(room="#square:board.example", event_id=EVENT)


@pytest.mark.parametrize(
    ("link", "post"),
    [
        (f"https://matrix.to/#/{ROOM}/{EVENT}", OLD),
        ("https://matrix.to/#/%21square%3Aboard.example/%249yQ-x", OLD),
        (
            f"https://matrix.to/#/!new/{EVENT}?via=board.example&via=other.example",
            Post(room="!new", event_id=EVENT, via=("board.example", "other.example")),
        ),
        (f"https://matrix.to/#/#square:board.example/{EVENT}", NAMED),
        ("https://client.example/#/room/%23square:board.example/$9yQ-x", NAMED),
        ("matrix:roomid/square:board.example/e/9yQ-x", OLD),
        ("matrix:r/square:board.example/e/9yQ-x", NAMED),
        (f"https://board.example{page_path(OLD)}", OLD),
        ("https://matrix.to/#/!square:board.example", None),
        ("https://matrix.to/#/@alice:board.example", None),
        ("https://board.example/p/1", None),
        ("mxc://board.example/abc", None),
    ],
)
def test_a_link_names_a_message_or_none(link: str, post: Post | None) -> None:
    assert post_in(link) == post


def test_a_file_has_one_name_and_two_addresses() -> None:
    media = Media(server="board.example:8448", media_id="aB_-9")
    assert media_in(media.mxc) == media
    assert media_in("https://board.example" + media_path(media)) == media
    assert media_in("https://board.example/m/1") is None


def test_everything_that_a_message_shows_is_found() -> None:
    content = {
        "url": "mxc://a.example/1",
        "info": {"thumbnail_url": "mxc://a.example/2"},
        "formatted_body": '<img src="mxc://b.example/3">',
    }
    found = [media.mxc for media in shown_in({"content": content})]
    assert found == ["mxc://a.example/1", "mxc://a.example/2", "mxc://b.example/3"]
    assert shown_in({"content": {}}) == shown_in({}) == []


def test_the_keys_of_a_homeserver_are_read_and_never_repeated() -> None:
    told = {"server_name": "board.example", "admin_token": "secret-1", "probe_token": "secret-2"}
    access = read_access(json.dumps(told).encode())
    assert access.on_request is OnRequest.DELETE
    assert "secret" not in repr(access)
    for wrong in ({**told, "probe_token": ""}, {**told, "on_request": "ask"}, ["secret-1"], "secret-1"):
        with pytest.raises(NoChannelError) as refusal:
            read_access(json.dumps(wrong).encode())
        assert "secret" not in str(refusal.value)


def answered(status: int, body: bytes, **headers: str) -> Fetched:
    return Fetched(
        status=status,
        headers=headers,
        body=body,
        url="https://board.example/",
        hops=(),
        peer="",
        duration_s=0,
    )


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"errcode": "M_NOT_FOUND"}', True),
        (b'{"errcode": "M_UNRECOGNIZED"}', False),  # a version without this interface
        (b"<html>nothing here</html>", False),  # a proxy before it
        (b"[]", False),
    ],
)
def test_only_the_homeserver_itself_can_say_that_something_is_gone(body: bytes, says: bool) -> None:
    assert says_not_found(answered(404, body)) is says
    assert not says_not_found(answered(403, body))


def test_the_pause_that_a_homeserver_asks_for_is_kept() -> None:
    body = b'{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 252909}'
    assert refused(answered(429, body)).retry_after_s == 253
    assert refused(answered(429, body, **{"retry-after": "7"})).retry_after_s == 7
    assert refused(answered(429, b"garbage")).retry_after_s is None
    assert (refused(answered(500, b"")).sent, refused(answered(403, b"")).sent) == (True, False)


@pytest.fixture
def homeserver(db: None) -> Operator:
    told = {"server_name": "board.example", "admin_token": "a", "probe_token": "b"}
    settings.KEYS.store("test-homeserver", json.dumps(told).encode())
    return Operator.objects.create(
        name="board", connector="matrix", origin="https://matrix.board.example", secret_name="test-homeserver"
    )


def test_a_link_that_has_no_address_of_the_homeserver_reaches_it_all_the_same(homeserver: Operator) -> None:
    assert operator_for(f"https://matrix.to/#/{ROOM}/{EVENT}") == homeserver
    assert operator_for(f"https://matrix.to/#/!new/{EVENT}?via=board.example") == homeserver
    assert operator_for("https://matrix.board.example/anything") == homeserver
    assert operator_for(f"https://matrix.to/#/!new/{EVENT}") is None
    assert operator_for(f"https://matrix.to/#/!new:other.example/{EVENT}") is None
    assert operator_for("https://[broken/") is None


def test_a_file_alone_is_refused_because_nobody_can_tell_where_it_is_shown(homeserver: Operator) -> None:
    connector = connector_for(homeserver)
    for link in (
        "mxc://board.example/abc",
        "https://matrix.board.example/_matrix/client/v1/media/download/x/y",
    ):
        with pytest.raises(RefusedLinkError) as refusal:
            connector.find(link)
        assert refusal.value.code == "no_message"


def test_what_lies_on_another_homeserver_is_not_asked_of_this_one(homeserver: Operator) -> None:
    media = Media(server="other.example", media_id="abc")
    place = Locator(
        page_url="https://x.example" + page_path(OLD), media_url="https://x.example" + media_path(media)
    )
    order = DeletionOrder(key=uuid4(), locator=place, fingerprints={}, legal_basis="test")
    with pytest.raises(NoChannelError) as refusal:
        connector_for(homeserver).ask_to_delete(order)
    assert refusal.value.code == "other_server"


def test_a_look_that_cannot_be_taken_is_unknown(homeserver: Operator) -> None:
    homeserver.secret_name = "no-such-key"
    nowhere = Locator(page_url="https://x.example/p/1", media_url="https://x.example/m/1")
    assert connector_for(homeserver).look(nowhere).seen is Seen.UNKNOWN
    settings.KEYS.store("test-homeserver", b"no json")
    homeserver.secret_name = "test-homeserver"
    media = Media(server="board.example", media_id="abc")
    place = Locator(
        page_url="https://x.example" + page_path(OLD), media_url="https://x.example" + media_path(media)
    )
    look = connector_for(homeserver).look(place)
    assert (look.seen, look.hidden) == (Seen.UNKNOWN, False)
    assert [check.passed for check in connector_for(homeserver).self_test()] == [False]
