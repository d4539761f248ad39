"""Search engines and access providers get the notice itself, and answer in our own form."""

from collections.abc import Iterator

import pytest

from haetae.accounts.models import Operator
from haetae.common.keys import MissingKeyError
from haetae.common.mail_account import Account
from haetae.connectors.base import AnswerKind, NoChannelError, Seen, UnreachableError
from haetae.connectors.registry import WAYS, connector_for
from haetae.notice.document import Asked, Ground
from tests.connectors.notices import order, undoing
from tests.connectors.other_side import OtherSide, Reply, other_side
from tests.post_office import post_office


@pytest.fixture
def there() -> Iterator[OtherSide]:
    with other_side() as side:
        yield side


class NoKeys:
    def read(self, name: str) -> bytes:
        raise MissingKeyError("There is no key file of this name.")


def one(connector: str, there: OtherSide | None, *, mailbox: str = "") -> Operator:
    return Operator(
        name="Finder",
        connector=connector,
        kind="search",
        origin="https://finder.example",
        endpoint=f"{there.origin}/notices" if there else "",
        mailbox=mailbox,
    )


@pytest.mark.parametrize("asked", [Asked.DE_INDEX, Asked.REMOVE_FROM_CACHE])
def test_a_search_engine_reads_which_of_the_two_is_asked(there: OtherSide, asked: Asked) -> None:
    there.will("POST /notices", Reply.json({"answer": "removed", "reference": "S 1<b>"}))
    answer = connector_for(one("search_index", there)).ask_to_delete(order(asked))
    assert (answer.kind, answer.reference) == (AnswerKind.REMOVED, "S_1_b_")
    assert there.asked[0].json == order(asked).notice


def test_an_access_provider_blocks_and_opens_again(there: OtherSide) -> None:
    there.will("POST /notices", Reply.json({"answer": "blocked"}))
    way = connector_for(one("access_provider", there))
    assert way.ask_to_delete(order(Asked.BLOCK_ACCESS, decided=True)).kind is AnswerKind.BLOCKED
    way.restore(undoing(Ground.GONE))
    first, second = there.posts("/notices")
    assert first.json["decision"]["ordered"] == "block_access"
    assert (second.json["asked"], second.json["content"]["ground"]) == ("restore", "gone")


def test_an_access_provider_without_an_endpoint_fetches_its_list() -> None:
    way = connector_for(one("access_provider", None))
    with pytest.raises(UnreachableError) as nobody_came:
        way.ask_to_delete(order(Asked.BLOCK_ACCESS))
    assert (nobody_came.value.code, nobody_came.value.sent) == ("not_fetched", False)
    way.restore(undoing(Ground.GONE))
    assert [check.code for check in connector_for(one("access_provider", None)).self_test()] == ["list"]


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"answer": "perhaps"}', b"[" * 5000])
def test_a_status_alone_is_no_answer(there: OtherSide, body: bytes) -> None:
    there.will("POST /notices", Reply(body=body))
    with pytest.raises(UnreachableError) as failure:
        connector_for(one("search_index", there)).ask_to_delete(order())
    assert (failure.value.code, failure.value.sent) == ("nonsense", True)


def test_an_endpoint_that_is_gone_is_a_persons_task(there: OtherSide) -> None:
    there.will("POST /notices", Reply(status=410))
    with pytest.raises(NoChannelError, match="not there"):
        connector_for(one("search_index", there)).ask_to_delete(order())


def test_where_no_machine_takes_it_people_get_a_letter(settings) -> None:
    operator = one("search_index", None, mailbox="legal@finder.example")
    with pytest.raises(NoChannelError, match="HAETAE_MAIL"):
        connector_for(operator).ask_to_delete(order(Asked.DE_INDEX))
    with post_office() as office:
        settings.MAIL = Account(host="127.0.0.1", port=office.port, is_tls=False, sender="ask@agency.example")
        assert connector_for(operator).ask_to_delete(order(Asked.DE_INDEX)).kind is AnswerKind.RECEIVED
        assert b"Request to take out of search results" in office.letters[0]
        office.manners.next = ["unknown_mailbox", "later", "takes_and_closes"]
        with pytest.raises(NoChannelError, match="takes no mail"):
            connector_for(operator).ask_to_delete(order(Asked.DE_INDEX))
        for arrived in (False, True):
            with pytest.raises(UnreachableError) as failure:
                connector_for(operator).ask_to_delete(order(Asked.DE_INDEX))
            assert failure.value.sent is arrived


@pytest.mark.parametrize("name", ["sandbox", "matrix", "cloudflare"])
def test_a_self_test_without_the_key_has_failed_and_does_not_raise(name: str, db: None, settings) -> None:
    settings.KEYS = NoKeys()
    operator = one(name, None)
    operator.secret_name, operator.endpoint = "operator-finder", "https://finder.example/accounts/1"
    (check,) = WAYS[name](operator=operator).self_test()
    assert (check.code, check.passed, check.words) == ("key", False, "There is no key file of this name.")


def test_of_a_search_engine_only_what_lies_at_its_own_address_is_looked_at() -> None:
    """A page of results is full of other people's pictures; a small copy is a picture like any other."""
    way = WAYS["search_index"](operator=one("search_index", None))
    with pytest.raises(NoChannelError):
        way.find("https://finder.example/images?q=harbour")
    with pytest.raises(UnreachableError):
        way.read_media(order().locator)
    assert way.look(order().locator).media.why != "no_channel"
    assert way.list_new() == []


@pytest.mark.parametrize("name", ["access_provider", "cloudflare", "xarf"])
def test_nothing_is_found_or_seen_at_those_who_stand_between(name: str) -> None:
    way = WAYS[name](operator=one(name, None))
    with pytest.raises(NoChannelError):
        way.find("https://finder.example/")
    with pytest.raises(NoChannelError):
        way.read_media(order().locator)
    assert way.look(order().locator).seen is Seen.UNKNOWN
    assert way.list_new() == []
    assert way.answer_to(order().key) is None
    assert all(isinstance(check.passed, bool) for check in way.self_test())
