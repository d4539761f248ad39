"""Cloudflare as its own client describes it: filed as the agency, asked later, and badly behaved on purpose."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from haetae.accounts.models import Operator
from haetae.connectors.base import AnswerKind, Connector, NoChannelError, UnreachableError
from haetae.connectors.cloudflare.filing import Filing, mark_of
from haetae.connectors.registry import connector_for
from tests.connectors.notices import KEY, MEDIA, PAGE, order, undoing
from tests.connectors.other_side import OtherSide, Reply, other_side

ACCOUNT = "/client/v4/accounts/a1/abuse-reports"
INTAKE, LISTED, ONE = f"{ACCOUNT}/abuse_ncsei", f"{ACCOUNT}/submitted", f"{ACCOUNT}/submitted/cf1"
NUMBER = "cf1"


def wrapped(result: object, **more: object) -> Reply:
    return Reply.json({"success": True, "errors": [], "messages": [], "result": result}, **more)


def standing(status: str, **more: object) -> Reply:
    return wrapped({"id": NUMBER, "status": status, "comments": mark_of(str(KEY)) + " and more", **more})


@pytest.fixture
def cloud() -> Iterator[OtherSide]:
    with other_side() as side:
        side.will(f"GET {LISTED}", wrapped({"reports": []}))
        side.will(f"POST {INTAKE}", wrapped(NUMBER))
        yield side


def account(cloud: OtherSide) -> Operator:
    settings.KEYS.store("cloudflare-token", b"a-token-for-the-tests-only")
    return Operator(
        name="Cloudflare",
        connector="cloudflare",
        kind="cdn",
        origin=cloud.origin,
        endpoint=f"{cloud.origin}{ACCOUNT}",
        secret_name="cloudflare-token",
    )


@pytest.fixture
def way(cloud: OtherSide) -> Connector:
    return connector_for(account(cloud))


def test_it_is_filed_as_the_agency_for_one_host_and_without_warning_the_site(
    cloud: OtherSide, way: Connector
) -> None:
    answer = way.ask_to_delete(order())
    assert (answer.kind, answer.reference) == (AnswerKind.RECEIVED, NUMBER)
    (sent,) = cloud.posts(INTAKE)
    assert sent.headers["authorization"] == "Bearer a-token-for-the-tests-only"
    filed = sent.json
    assert filed["name"] == "Haetae demonstration agency"
    assert filed["email"] == filed["email2"] == "requests@agency.example"
    assert filed["urls"] == f"{MEDIA}\n{PAGE}"
    assert filed["ncsei_subject_representation"] is False
    assert (filed["act"], filed["host_notification"], filed["owner_notification"]) == (
        "abuse_ncsei",
        "send",
        "none",
    )


def test_addresses_of_another_host_are_left_out(cloud: OtherSide, way: Connector) -> None:
    way.ask_to_delete(order(page="https://elsewhere.example/p/1"))
    assert cloud.posts(INTAKE)[0].json["urls"] == MEDIA


@pytest.mark.parametrize(
    "urls",
    [
        [],
        [f"https://board.example/{number}" for number in range(251)],
        ["https://board.example/1", "https://other.example/1"],
        ["https://board.example/1", "https://board.example/1"],
        ["no address"],
    ],
)
def test_a_filing_that_its_pages_do_not_allow_cannot_be_made(urls: list[str]) -> None:
    with pytest.raises(ValueError, match=r"addresses|report"):
        Filing(name="Agency", mailbox="a@agency.example", urls=urls, comments="")


@pytest.mark.parametrize(
    ("status", "mitigations", "kind", "reason"),
    [
        ("submitted", None, AnswerKind.RECEIVED, "submitted"),
        ("in_review", None, AnswerKind.RECEIVED, "in_review"),
        ("accepted", ["pending"], AnswerKind.RECEIVED, "accepted"),
        ("accepted", ["in_review", "active"], AnswerKind.BLOCKED, ""),
        ("accepted", ["cancelled", "removed"], AnswerKind.RECEIVED, "accepted"),
        ("accepted", None, AnswerKind.RECEIVED, "accepted"),
        ("denied", None, AnswerKind.REFUSED, "no_abuse_found"),
    ],
)
def test_only_a_mitigation_in_force_is_a_claim_and_it_hides_and_does_not_delete(
    cloud: OtherSide,
    way: Connector,
    status: str,
    mitigations: list[str] | None,
    kind: AnswerKind,
    reason: str,
) -> None:
    cloud.will(f"GET {ONE}", standing(status, denial_reason="no_abuse_found"))
    if mitigations is not None:
        found = [{"id": str(number), "status": state} for number, state in enumerate(mitigations)]
        cloud.will(f"GET {ACCOUNT}/cf1/mitigations", wrapped({"mitigations": found}))
    answer = way.ask_to_delete(order(reference=NUMBER))
    assert (answer.kind, answer.reason, answer.reference) == (kind, reason, NUMBER)
    assert not cloud.posts(INTAKE), "what is filed is asked about, and not filed again"


def test_a_report_whose_reply_was_lost_is_found_again_and_filed_once(
    cloud: OtherSide, way: Connector
) -> None:
    cloud.will(f"POST {INTAKE}", Reply(lost=True))
    with pytest.raises(UnreachableError) as failure:
        way.ask_to_delete(order())
    assert failure.value.sent
    cloud.will(f"GET {LISTED}", wrapped({"reports": [{"id": "another"}, {"id": NUMBER}, "rubbish"]}))
    cloud.will(f"GET {LISTED}/another", wrapped({"id": "another", "status": "submitted", "comments": None}))
    cloud.will(f"GET {ONE}", standing("submitted"))
    answer = way.ask_to_delete(order())
    assert (answer.kind, answer.reference) == (AnswerKind.RECEIVED, NUMBER)
    assert len(cloud.posts(INTAKE)) == 1
    assert "domain=board.example" in next(one.path for one in cloud.asked if "type=NCSEI" in one.path)


def test_an_account_without_the_entitlement_is_a_sentence_for_a_person(
    cloud: OtherSide, way: Connector
) -> None:
    for question in (f"GET {LISTED}", f"POST {INTAKE}"):
        cloud.will(question, Reply.json({"success": False, "errors": [{"code": 10000}]}, status=401))
    with pytest.raises(NoChannelError, match="may not file reports of this kind") as failure:
        way.ask_to_delete(order())
    assert failure.value.code == "no_entitlement"
    assert [check.passed for check in connector_for(account(cloud)).self_test()] == [False]
    cloud.will(f"GET {LISTED}", wrapped({"reports": []}))
    assert [check.passed for check in connector_for(account(cloud)).self_test()] == [True]


@pytest.mark.parametrize(
    ("reply", "error", "code"),
    [
        (Reply(status=422), NoChannelError, "not_taken"),
        (Reply(status=429, headers={"retry-after": "90"}), UnreachableError, "http_429"),
        (Reply(status=503), UnreachableError, "http_503"),
        (Reply(body=b"<html>welcome</html>"), UnreachableError, "nonsense"),
        (Reply.json({"success": False, "result": "cf1"}), UnreachableError, "nonsense"),
        (Reply.json({"success": True, "result": {"id": 7}}), UnreachableError, "nonsense"),
        (Reply(status=302, headers={"location": "https://elsewhere.example/"}), UnreachableError, "http_302"),
    ],
)
def test_what_is_no_answer_is_never_taken_for_one(
    cloud: OtherSide, way: Connector, reply: Reply, error: type[Exception], code: str
) -> None:
    cloud.will(f"POST {INTAKE}", reply)
    with pytest.raises(error) as failure:
        way.ask_to_delete(order())
    assert failure.value.code == code  # type: ignore[attr-defined]


def test_an_answer_that_drips_is_left_in_time(cloud: OtherSide, way: Connector, monkeypatch) -> None:
    from haetae.common.outbound import Limits

    monkeypatch.setattr("haetae.connectors.door.Limits", lambda: Limits(total_s=0.4))
    cloud.will(f"POST {INTAKE}", Reply(body=b'{"success": true, "result": "cf1"}', drip_s=0.1))
    with pytest.raises(UnreachableError) as failure:
        way.ask_to_delete(order())
    assert (failure.value.code, failure.value.sent) == ("network_timeout", True)


def test_it_cannot_be_asked_to_undo_it(way: Connector) -> None:
    with pytest.raises(NoChannelError, match="speak with them"):
        way.restore(undoing())
