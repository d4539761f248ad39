"""Requests that wait for an operator, brought there by the flow itself; nobody's pages are read."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from work import do_all_jobs

from haetae.accounts.actions import Standing, issue_api_key, register_operator
from haetae.accounts.models import KeyScope, Operator
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.connectors.web_page.connector import WebPageConnector
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.removal.models import DeletionRequest
from haetae.operators.outbox.rules import SETTLED
from tests.web.sightings import asked, found

ROOT = "/api/operators/v1"


def let_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read or looked at is elsewhere: it cannot be reached."""
    for room in ("assessment", "verification"):
        monkeypatch.setattr(f"haetae.flow.{room}.jobs.connector_for", lambda _operator: WebPageConnector())
    monkeypatch.setattr("haetae.connectors.web_page.connector.door.get", _unreachable)


def _unreachable(*_: Any, **__: Any) -> Any:
    from haetae.connectors.base import UnreachableError

    raise UnreachableError("network_dns", "There is no network in this test.")


def registered(connector: str = "polling", *, name: str = "board", endpoint: str = "") -> Operator:
    standing = Standing(endpoint=endpoint)
    return register_operator(
        name=name, connector=connector, origin=f"https://{name}.example", standing=standing, actor=SYSTEM
    )


def request_to(operator: Operator, number: int = 1) -> DeletionRequest:
    """Said to the operator once, as its way says things."""
    request_id = asked(found(number, host=f"{operator.name}.example"))
    do_all_jobs()
    return DeletionRequest.objects.get(pk=request_id)


def wait(clock_: time_machine.Traveller, **time: float) -> None:
    """Time passes, and what is due happens."""
    clock_.shift(timedelta(**time))
    while pass_due(at=clock.now()):
        do_all_jobs()


def settle(clock_: time_machine.Traveller) -> None:
    """What was said is old enough to be listed; nothing else is due by then."""
    clock_.shift(SETTLED)


class Caller:
    """An operator's program with a key."""

    def __init__(
        self, operator: Operator, *, per_minute: int = 10_000, scope: KeyScope = KeyScope.OPERATE
    ) -> None:
        secret = issue_api_key(holder=operator, scope=scope, per_minute=per_minute, actor=SYSTEM)
        self._client = Client(headers={"authorization": f"Bearer {secret}"}, raise_request_exception=False)

    def get(self, path: str, **query: Any) -> Any:
        return self._client.get(ROOT + path, query)

    def listed(self, **query: Any) -> dict[str, Any]:
        answer = self.get("/requests/", **query)
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = answer.json()
        return told

    def answer(self, named: UUID, said: Mapping[str, Any] | bytes, *, message_id: str = "") -> Any:
        body = said if isinstance(said, bytes) else json.dumps({"schema": "answer/1", **said}).encode()
        headers = {"idempotency-key": message_id} if message_id else {}
        path = f"{ROOT}/requests/{named}/answer"
        return self._client.generic("POST", path, body, content_type="application/json", headers=headers)
