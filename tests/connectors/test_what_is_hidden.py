"""What an operator hides is handed to us for one look, only where it was public, and to nobody else by that."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings

from haetae.accounts.models import Operator
from haetae.connectors.base import (
    BlockOrder,
    Capability,
    Connector,
    ConnectorError,
    Locator,
    NoChannelError,
    NothingThereError,
    UnreachableError,
)
from haetae.connectors.matrix.addresses import Media, Post, media_path, page_path
from haetae.connectors.registry import connector_for
from tests.connectors.conftest import Platform
from tests.connectors.other_side import OtherSide, Reply, other_side

POST = Post(room="!square:board.example", event_id="$9yQ-x")
MEDIA = Media(server="board.example", media_id="abc")
SUMMARY = "GET /_matrix/client/v1/room_summary/%21square%3Aboard.example"
HIDDEN = f"GET {media_path(MEDIA)}"
OPEN = Reply.json({"room_id": POST.room, "join_rule": "public"})
SHOWS = Reply.json({"type": "m.room.message", "content": {"url": MEDIA.mxc}})


@pytest.fixture
def home(db: None) -> Iterator[OtherSide]:
    tokens = {"server_name": "board.example", "admin_token": "a", "probe_token": "p"}
    settings.KEYS.store("test-hidden", json.dumps(tokens).encode())
    with other_side() as side:
        side.will(SUMMARY, OPEN)
        side.will(f"GET {page_path(POST)}", SHOWS)
        side.will(HIDDEN, Reply(body=b"the bytes of it"))
        yield side


def read(home: OtherSide, media: Media = MEDIA) -> bytes:
    homeserver = Operator(name="Square", connector="matrix", origin=home.origin, secret_name="test-hidden")
    place = Locator(page_url=home.origin + page_path(POST), media_url=home.origin + media_path(media))
    return connector_for(homeserver).read_hidden(place)


def asked_as_admin(home: OtherSide) -> list[str]:
    return [one.path for one in home.asked if one.headers["authorization"] == "Bearer a"]


def test_a_homeserver_hands_out_what_it_hides_to_its_administrator(home: OtherSide) -> None:
    assert read(home) == b"the bytes of it"
    assert asked_as_admin(home) == [f"{media_path(MEDIA)}?admin_unsafely_bypass_quarantine=true"], (
        "everything else is asked as anybody"
    )


@pytest.mark.parametrize(
    ("address", "now", "code"),
    [
        (SUMMARY, Reply.json({"room_id": POST.room, "join_rule": "invite"}), "private_chat"),
        (SUMMARY, Reply.json({"room_id": POST.room, "join_rule": "public", "encryption": "m"}), "private_chat"),
        (f"GET {page_path(POST)}", Reply.json({"type": "m.room.message", "content": {}}), "message_without_it"),
    ],
)  # fmt: skip
def test_what_is_not_public_any_more_is_not_even_asked_for(
    home: OtherSide, address: str, now: Reply, code: str
) -> None:
    home.will(address, now)
    with pytest.raises(ConnectorError) as refused:
        read(home)
    assert refused.value.code == code
    assert not asked_as_admin(home)


def test_of_another_homeservers_file_only_that_one_is_asked(home: OtherSide) -> None:
    with pytest.raises(NoChannelError, match="another homeserver"):
        read(home, Media(server="elsewhere.example", media_id="abc"))
    assert not home.asked


def test_deleted_is_not_there_and_a_homeserver_that_fails_says_nothing(home: OtherSide) -> None:
    home.will(HIDDEN, Reply.json({"errcode": "M_NOT_FOUND"}, status=404))
    with pytest.raises(NothingThereError):
        read(home)
    home.will(HIDDEN, Reply(status=503))
    with pytest.raises(UnreachableError):
        read(home)


def test_the_sandbox_platform_hands_out_what_it_hides_and_not_what_is_gone_or_for_members(
    platform: Platform, connector: Connector
) -> None:
    picture = b"\x89PNG\r\n\x1a\nsomething"
    place = platform.post(picture)
    connector.block(BlockOrder(key=uuid4(), locator=place, reference="r"))
    with pytest.raises(NothingThereError):
        connector.read_media(place)
    assert connector.read_hidden(place) == picture
    path = "/operator/v1/media/" + place.media_url.rpartition("/")[2] + "/bytes"
    assert platform.call("GET", path).status == 401, "to nobody without the operator's token"
    members = platform.call("POST", "/posts", picture, {"X-Title": "x", "X-Members-Only": "yes"})
    with pytest.raises(NothingThereError):
        connector.read_hidden(Locator(page_url="", media_url=json.loads(members.body)["media"]))


def test_every_other_way_says_that_it_cannot() -> None:
    place = Locator(page_url="https://board.example/p/1", media_url="https://board.example/m/1")
    for name in ("web_page", "webhook", "polling", "email"):
        way = connector_for(Operator(name="Board", connector=name, origin="https://board.example"))
        assert Capability.READ_HIDDEN not in way.capabilities
        with pytest.raises(NoChannelError):
            way.read_hidden(place)
