"""Hosts are told by XARF: a report of our own type, by HTTPS or by mail, with no person and no picture in it."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import SMTP
from importlib.resources import files
from pathlib import Path

import pytest

from haetae.accounts.models import Operator
from haetae.common.mail_account import Account
from haetae.connectors.base import AnswerKind, NoChannelError, UnreachableError
from haetae.connectors.registry import connector_for
from haetae.connectors.xarf.report import report_of, why_malformed
from haetae.notice.checking import why_not_this
from haetae.notice.document import Asked
from tests.connectors.notices import KEY, MEDIA, notice, order, undoing
from tests.connectors.other_side import OtherSide, Reply, other_side
from tests.post_office import PostOffice, post_office


@pytest.fixture
def desk() -> Iterator[OtherSide]:
    with other_side() as side:
        yield side


@pytest.fixture
def office(settings) -> Iterator[PostOffice]:
    with post_office() as office:
        settings.MAIL = Account(host="127.0.0.1", port=office.port, is_tls=False, sender="ask@agency.example")
        yield office


def host(desk: OtherSide | None, *, mailbox: str = "") -> Operator:
    return Operator(
        name="Far Hosting",
        connector="xarf",
        kind="host",
        origin="https://hosting.example",
        endpoint=f"{desk.origin}/xarf" if desk else "",
        mailbox=mailbox,
    )


def test_a_report_is_our_own_type_and_holds_neither_person_nor_picture() -> None:
    document = notice()
    assert why_not_this(document, checklist=()) == [], "it is made of a notice that may go out"
    report = report_of(document)
    assert why_malformed(report) == []
    assert (report["category"], report["type"], report["url"]) == ("content", "ncii", MEDIA)
    assert report["reporter"]["org"] == "Haetae demonstration agency"
    assert report["report_id"] == str(KEY)
    assert {"confidence", "evidence", "screenshot_url", "_internal"}.isdisjoint(report)
    assert report["hash_values"] == {"sha256": "ab" * 32, "pdq": ["3f" * 32]}


def test_nobody_is_filed_as_child_abuse_by_a_machine() -> None:
    for minor in (False, True):
        report = report_of(notice(minor=minor, decided=True, ground="decided"))
        assert why_malformed(report) == []
        assert report["type"] == "ncii"
        assert ("ncii:minor" in report["tags"]) == minor
        assert not {"csam", "csem"} & set(json.dumps(report).lower().replace('"', " ").split())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("confidence", 0.9),
        ("evidence", [{"content_type": "image/jpeg", "payload": "aGVsbG8="}]),
        ("screenshot_url", MEDIA),
        ("victim_name", "anybody"),
        ("type", "csam"),
        ("requested_action", "everything"),
        ("report_id", "7"),
        ("url", "data:image/png;base64,AAAA"),
        ("hash_values", {"sha256": "short"}),
        ("tags", ["no namespace"]),
    ],
)
def test_our_schema_refuses_what_may_never_go_out(field: str, value: object) -> None:
    assert why_malformed({**report_of(notice()), field: value})


@pytest.mark.parametrize(
    ("told", "kept"),
    [({"ticket": 4711}, "4711"), ({"id": {"a": 1}}, ""), ({"id": True, "reference": "R 1"}, "R_1")],
)
def test_a_number_may_be_written_as_one_and_nothing_but_words_and_numbers_is_kept(
    desk: OtherSide, told: object, kept: str
) -> None:
    desk.will("POST /xarf", Reply.json(told))
    assert connector_for(host(desk)).ask_to_delete(order()).reference == kept


def test_a_desk_with_an_endpoint_gets_it_and_its_number_is_kept(desk: OtherSide) -> None:
    desk.will("POST /xarf", Reply.json({"id": "T-7"}, status=202))
    answer = connector_for(host(desk)).ask_to_delete(order())
    assert (answer.kind, answer.reference) == (AnswerKind.RECEIVED, "T-7"), "a receipt is no removal"
    sent = desk.posts("/xarf")[0]
    assert sent.json == report_of(notice())
    assert sent.headers["idempotency-key"] == str(KEY)
    assert [check.passed for check in connector_for(host(desk)).self_test()] == [False], (
        "nothing is there for a GET"
    )
    desk.will("GET /xarf", Reply(status=405))
    assert [check.passed for check in connector_for(host(desk)).self_test()] == [True]


@pytest.mark.parametrize(
    ("reply", "code", "may_have_arrived"),
    [
        (Reply(status=500), "http_500", True),
        (Reply(status=429, headers={"retry-after": "60"}), "http_429", False),
        (Reply(status=302, headers={"location": "https://elsewhere.example/"}), "http_302", False),
        (Reply(lost=True), "network_protocol", True),
    ],
)
def test_a_desk_that_fails_is_asked_again(
    desk: OtherSide, reply: Reply, code: str, may_have_arrived: bool
) -> None:
    desk.will("POST /xarf", reply)
    with pytest.raises(UnreachableError) as failure:
        connector_for(host(desk)).ask_to_delete(order())
    assert (failure.value.code, failure.value.sent) == (code, may_have_arrived)


def test_a_desk_that_knows_no_such_type_gets_a_letter_with_the_report_beside_it(
    desk: OtherSide, office: PostOffice
) -> None:
    desk.will("POST /xarf", Reply(status=422, body=b"unknown type content/ncii"))
    way = connector_for(host(desk, mailbox="abuse@hosting.example"))
    assert way.ask_to_delete(order()).kind is AnswerKind.RECEIVED
    assert way.ask_to_delete(order()).kind is AnswerKind.RECEIVED
    first, second = office.letters
    assert first == second, "every attempt is the same letter"
    letter = message_from_bytes(first, policy=SMTP)
    text = letter.get_body(("plain",))
    assert text is not None
    assert MEDIA in text.get_content()
    beside = next(iter(letter.iter_attachments()))
    assert json.loads(beside.get_content()) == report_of(notice())
    with pytest.raises(NoChannelError, match="does not take it"):
        connector_for(host(desk)).ask_to_delete(order())


def test_without_endpoint_and_mailbox_there_is_no_way_and_the_self_test_says_so() -> None:
    with pytest.raises(NoChannelError):
        connector_for(host(None)).ask_to_delete(order())
    assert [check.passed for check in connector_for(host(None)).self_test()] == [False]
    with pytest.raises(NoChannelError, match="undo"):
        connector_for(host(None)).restore(undoing())


def test_it_is_taken_back_by_a_letter(office: PostOffice) -> None:
    way = connector_for(host(None, mailbox="abuse@hosting.example"))
    way.ask_to_delete(order(Asked.DELETE))
    way.restore(undoing())
    assert "show again" in office.letters[1].decode()


def test_the_page_that_proposes_the_type_shows_a_report_that_fits_and_names_every_field() -> None:
    page = (Path(__file__).parents[2] / "docs" / "xarf-ncii.md").read_text(encoding="utf-8")
    sample = json.loads(page.partition("```json\n")[2].partition("```")[0])
    assert why_malformed(sample) == []
    proposed = files("haetae.connectors.xarf").joinpath("schema", "content-ncii.json").read_text()
    fields = json.loads(proposed)["allOf"][1]["properties"]
    assert {name for name in fields if f"`{name}`" not in page} == set()
