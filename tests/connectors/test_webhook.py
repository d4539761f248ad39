"""A real server on loopback misbehaves on purpose: whatever it does, the connector says what that means."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from bench.operator_stage.certificate import self_signed
from bench.operator_stage.manners import Manner
from bench.operator_stage.server import Stage, stage
from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.signing.actions import end_signing_key, new_shared_key
from haetae.accounts.signing.queries import in_force
from haetae.audit.actor import SYSTEM
from haetae.common import webhooks
from haetae.common.outbound import Limits
from haetae.connectors.base import (
    AnswerKind,
    BlockOrder,
    DeletionOrder,
    Locator,
    NoChannelError,
    RefusedLinkError,
    UnreachableError,
)
from haetae.connectors.webhook import connector as webhook
from haetae.connectors.webhook.connector import WebhookConnector

pytestmark = pytest.mark.django_db
HOOK = "board"
PLACE = Locator(page_url="https://board.example/p/1", media_url="https://board.example/m/1")
NOTICE = {"schema": "notice/1", "id": "1", "issued_at": "2026-11-26T10:00:00Z"}


@pytest.fixture
def here() -> Iterator[Stage]:
    with stage() as running:
        yield running


def registered(endpoint: str) -> Operator:
    return register_operator(
        name="Board",
        connector="webhook",
        origin="https://board.example",
        standing=Standing(endpoint=endpoint),
        actor=SYSTEM,
    )


@pytest.fixture
def operator(here: Stage) -> Operator:
    found = registered(here.address(HOOK))
    here.hooks[HOOK].secret = new_shared_key(operator=found, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM)
    return found


@pytest.fixture
def way(operator: Operator) -> WebhookConnector:
    return WebhookConnector(operator=operator)


def order() -> DeletionOrder:
    return DeletionOrder(key=uuid4(), locator=PLACE, fingerprints={}, legal_basis="test", notice=NOTICE)


def to_hide() -> BlockOrder:
    return BlockOrder(key=uuid4(), locator=PLACE, reference="r", notice=NOTICE)


def test_the_message_is_signed_by_secret_and_by_our_own_key_and_each_attempt_is_the_same(
    here: Stage, way: WebhookConnector
) -> None:
    asked = order()
    for _ in range(2):
        assert way.ask_to_delete(asked).kind is AnswerKind.RECEIVED
    one, other = here.hooks[HOOK].received
    assert one.message_id == other.message_id == str(asked.key)
    assert one.body == other.body
    assert json.loads(one.body) == {
        "type": "deletion.requested",
        "timestamp": NOTICE["issued_at"],
        "data": NOTICE,
    }
    assert one.is_signed
    public = webhooks.public_text(settings.KEYS.operators_key.public_key())
    assert webhooks.is_signed(webhooks.read(one.headers, body=one.body), public_keys=[public])


def test_while_a_secret_is_changed_both_are_good(
    here: Stage, operator: Operator, way: WebhookConnector
) -> None:
    (old,) = in_force(operator.pk, KeyUse.WE_SIGN_SHARED)
    fresh = new_shared_key(operator=operator, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM)
    way.ask_to_delete(order())
    here.hooks[HOOK].secret = fresh
    way.ask_to_delete(order())
    end_signing_key(key_id=old.pk, operator=operator, actor=SYSTEM)
    here.hooks[HOOK].secret = old.secret
    way.ask_to_delete(order())
    assert [one.is_signed for one in here.hooks[HOOK].received] == [True, True, False]


@pytest.mark.parametrize(
    ("manner", "code", "may_have_arrived", "wait_s"),
    [
        (Manner.DOWN, "http_500", True, None),
        (Manner.BUSY, "http_429", False, 120),
        (Manner.LEADS_AWAY, "http_302", False, None),
        (Manner.LOSES_THE_REPLY, "network_protocol", True, None),
        (Manner.DRIPS, "network_timeout", True, None),
    ],
)
def test_a_failure_says_whether_it_may_have_arrived_and_when_to_come_back(
    here: Stage,
    way: WebhookConnector,
    monkeypatch: pytest.MonkeyPatch,
    manner: Manner,
    code: str,
    may_have_arrived: bool,
    wait_s: int | None,
) -> None:
    monkeypatch.setattr(webhook, "_LIMITS", Limits(total_s=0.5))
    here.hooks[HOOK].manner = manner
    with pytest.raises(UnreachableError) as failure:
        way.ask_to_delete(order())
    told = failure.value
    assert (told.code, told.sent, told.retry_after_s) == (code, may_have_arrived, wait_s)
    assert not here.hooks["elsewhere"].received, "a redirect is never followed"


def test_gone_means_that_people_must_find_another_way(here: Stage, way: WebhookConnector) -> None:
    here.hooks[HOOK].manner = Manner.GONE
    for say in (lambda: way.ask_to_delete(order()), lambda: way.block(to_hide())):
        with pytest.raises(NoChannelError) as failure:
            say()
        assert failure.value.code == "endpoint_gone"


def test_an_answer_may_come_at_once_and_garbage_is_a_receipt_no_more(
    here: Stage, way: WebhookConnector
) -> None:
    here.hooks[HOOK].manner = Manner.ANSWERS
    answer = way.ask_to_delete(order())
    assert (answer.kind, answer.reference) == (AnswerKind.REMOVED, "op-1")
    here.hooks[HOOK].manner = Manner.GARBAGE
    assert way.ask_to_delete(order()).kind is AnswerKind.RECEIVED


def test_hidden_is_said_by_any_2xx_but_202(here: Stage, way: WebhookConnector) -> None:
    way.block(to_hide())
    way.restore(to_hide())
    kinds = [json.loads(one.body)["type"] for one in here.hooks[HOOK].received]
    assert kinds == ["block.requested", "restore.requested"]
    here.hooks[HOOK].manner = Manner.NOT_YET
    with pytest.raises(UnreachableError, match="has not done it yet"):
        way.block(to_hide())


def test_a_certificate_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with stage(tls=self_signed(tmp_path)) as there:
        way = WebhookConnector(operator=registered(there.address(HOOK)))
        with pytest.raises(UnreachableError) as failure:
            way.ask_to_delete(order())
        assert (failure.value.code, failure.value.sent) == ("network_tls", False)
        assert not there.hooks[HOOK].received


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("", "no_endpoint"),
        ("http://hooks.board.example/take", "refused_scheme"),
        ("https://hooks.board.example:8443/take", "refused_port"),
        ("https://metadata.internal/take", "refused_local_name"),
        ("https://me@hooks.board.example/", "refused_userinfo"),
    ],
)
def test_an_address_that_is_none_for_messages_is_refused_before_anything_is_sent(
    endpoint: str, code: str
) -> None:
    way = WebhookConnector(operator=registered(endpoint))
    with pytest.raises((NoChannelError, RefusedLinkError)) as failure:
        way.ask_to_delete(order())
    assert failure.value.code == code


def test_what_does_not_fit_into_a_small_message_is_not_sent(here: Stage, way: WebhookConnector) -> None:
    with pytest.raises(NoChannelError, match="at most 20000"):
        way.ask_to_delete(replace(order(), notice={**NOTICE, "explanation": "x" * 20_000}))
    assert not here.hooks[HOOK].received


def test_the_self_test_sends_a_signed_message_that_asks_nothing_and_never_raises(
    here: Stage, way: WebhookConnector
) -> None:
    ping = next(check for check in way.self_test() if check.code == "ping")
    assert ping.passed
    (sent,) = here.hooks[HOOK].received
    assert sent.is_signed
    assert json.loads(sent.body)["type"] == "ping"
    here.hooks[HOOK].manner = Manner.GONE
    assert [check.passed for check in way.self_test() if check.code == "ping"] == [False]
    assert not any(check.passed for check in WebhookConnector(operator=registered("")).self_test())
