"""The sandbox platform is foreign: whatever it does, our connector gives an answer or says why there is none."""

from uuid import uuid4

import pytest

from haetae.connectors.base import (
    AnswerKind,
    Connector,
    DeletionOrder,
    Locator,
    NothingThereError,
    Seen,
    UnreachableError,
)
from tests.connectors.conftest import Platform


def order(locator: Locator) -> DeletionOrder:
    """As far as the platform reads a notice; the whole of one is tried in the stories."""
    key = uuid4()
    notice = {
        "schema": "notice/1",
        "id": str(key),
        "asked": "delete",
        "legal_basis": {"id": "test"},
        "locator": {"page": locator.page_url, "media": locator.media_url},
    }
    return DeletionOrder(key=key, locator=locator, fingerprints={}, legal_basis="test", notice=notice)


def test_a_new_picture_is_found_read_and_looked_at(
    platform: Platform, connector: Connector, coffee: bytes
) -> None:
    locator = platform.post(coffee)
    assert locator in connector.list_new()
    assert connector.find(locator.page_url) == [locator]
    assert connector.read_media(locator) == coffee
    look = connector.look(locator)
    assert (look.seen, look.page.why, look.media.why) == (Seen.LIVE, "shows_it", "picture")


def test_the_address_of_the_picture_itself_is_found_too(
    platform: Platform, connector: Connector, coffee: bytes
) -> None:
    locator = platform.post(coffee)
    assert connector.find(locator.media_url)[0].media_url == locator.media_url


@pytest.mark.parametrize(("style", "page_why"), [("gone", "http_410"), ("page", "tombstone")])
def test_a_removed_picture_is_gone_by_either_kind_of_tombstone(
    platform: Platform, connector: Connector, coffee: bytes, style: str, page_why: str
) -> None:
    platform.behave(tombstone_style=style)
    locator = platform.post(coffee)
    answer = connector.ask_to_delete(order(locator))
    assert answer.kind is AnswerKind.REMOVED
    look = connector.look(locator)
    assert (look.seen, look.page.why, look.media.why) == (Seen.GONE, page_why, "http_410")
    with pytest.raises(NothingThereError):
        connector.read_media(locator)


def test_a_claim_without_a_deletion_is_seen_as_live(
    platform: Platform, connector: Connector, coffee: bytes
) -> None:
    platform.behave(misbehave="claims_without_deleting")
    locator = platform.post(coffee)
    assert connector.ask_to_delete(order(locator)).kind is AnswerKind.REMOVED
    assert connector.look(locator).seen is Seen.LIVE


@pytest.mark.parametrize("answer", ["refused", "unsure", "received"])
def test_every_answer_is_understood(
    platform: Platform, connector: Connector, coffee: bytes, answer: str
) -> None:
    platform.behave(answer=answer)
    given = connector.ask_to_delete(order(platform.post(coffee)))
    assert given.kind == answer
    assert given.reference


@pytest.mark.parametrize(
    ("manners", "code", "may_have_arrived"),
    [
        ({"misbehave": "down"}, "http_503", True),
        ({"misbehave": "down_hard"}, "network_protocol", True),
        ({"misbehave": "garbage"}, "nonsense", True),
        ({"misbehave": "loses_replies"}, "network_protocol", True),
    ],
)
def test_a_failure_says_whether_the_request_may_have_arrived(
    platform: Platform,
    connector: Connector,
    coffee: bytes,
    manners: dict,
    code: str,
    may_have_arrived: bool,
) -> None:
    platform.behave(**manners)
    with pytest.raises(UnreachableError) as failure:
        connector.ask_to_delete(order(platform.post(coffee)))
    assert (failure.value.code, failure.value.sent) == (code, may_have_arrived)


def test_a_lost_reply_is_found_again_by_its_key(
    platform: Platform, connector: Connector, coffee: bytes
) -> None:
    platform.behave(misbehave="loses_replies")
    asked = order(platform.post(coffee))
    with pytest.raises(UnreachableError):
        connector.ask_to_delete(asked)
    known = connector.answer_to(asked.key)
    assert known is not None
    assert known.kind is AnswerKind.REMOVED
    assert connector.answer_to(uuid4()) is None


def test_the_same_request_twice_is_the_same_bytes_under_the_same_key(
    platform: Platform, connector: Connector, coffee: bytes
) -> None:
    asked = order(platform.post(coffee))
    assert connector.ask_to_delete(asked) == connector.ask_to_delete(asked)
    sent = [line for line in platform.log() if line["path"].endswith("deletion-requests")]
    assert len(sent) == 2
    assert len({(line["idempotency_key"], line["body_sha256"]) for line in sent}) == 1


def test_what_stands_behind_a_sign_in_page_is_unknown_not_gone(
    platform: Platform, connector: Connector, coffee: bytes
) -> None:
    platform.behave(member_password="a-long-enough-password")
    answer = platform.call("POST", "/posts", coffee, {"X-Title": "members", "X-Members-Only": "yes"})
    import json

    made = json.loads(answer.body)
    locator = Locator(page_url=made["page"], media_url=made["media"])
    look = connector.look(locator)
    assert (look.seen, look.page.why, look.media.why) == (Seen.UNKNOWN, "login_page", "login_page")


def test_a_platform_that_is_gone_is_unknown_not_gone(platform: Platform, connector: Connector) -> None:
    nowhere = Locator(page_url="http://127.0.0.1:1/p/1", media_url="http://127.0.0.1:1/m/1")
    look = connector.look(nowhere)
    assert look.seen is Seen.UNKNOWN
    assert look.page.why == "refused_port"
