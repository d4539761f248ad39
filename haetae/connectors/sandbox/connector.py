"""Speaks the operator API of the sandbox platform (sandbox_platform/README.md). Its every answer is distrusted."""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

import rfc8785
from django.conf import settings

from haetae.accounts.models import Operator
from haetae.common.outbound import Fetched
from haetae.connectors import door
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    BlockOrder,
    Capability,
    Check,
    DeletionOrder,
    DetectorDown,
    Locator,
    NoChannelError,
    UnreachableError,
)
from haetae.connectors.codes import as_code
from haetae.connectors.markup import Tag, absolute, tags
from haetae.connectors.web_page.connector import WebPageConnector

_REQUESTS = "/operator/v1/deletion-requests"


class SandboxConnector(WebPageConnector):
    """One platform at one registered origin, which may be on loopback."""

    name = "sandbox"
    capabilities = frozenset(Capability) - {Capability.ANSWERS_COME_IN, Capability.TRIAL}
    detector_down = DetectorDown.AS_DECLARED

    def __init__(self, *, operator: Operator) -> None:
        super().__init__(operator=operator)
        self._secret_name = operator.secret_name

    def checks(self) -> Sequence[Check]:
        """Its board is there, and its operator API knows our token: it says 404 of a request that nobody made."""
        unknown = f"{self._base}{_REQUESTS}/by-key/{UUID(int=0)}"
        own = self._authorisation()
        asked = door.tried("operator_api", unknown, origins=self.origins, headers=own, expected={404})
        return [*super().checks(), asked]

    def list_new(self) -> Sequence[Locator]:
        answer = door.get(self._base + "/", origins=self.origins)
        door.refuse_unless_found(answer)
        return list(_cards(answer))

    def read_hidden(self, locator: Locator) -> bytes:
        url = f"{self._base}/operator/v1/media/{quote(_media_id(locator))}/bytes"
        answer = door.get(url, origins=self.origins, headers=self._authorisation())
        door.refuse_unless_found(answer)
        return answer.body

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        # Canonical JSON: every attempt of one request is the same, byte for byte.
        body = rfc8785.dumps(dict(order.notice))
        headers = {
            **self._authorisation(),
            "Content-Type": "application/json",
            "Idempotency-Key": str(order.key),
        }
        return _answer_in(
            door.post(self._base + _REQUESTS, origins=self.origins, headers=headers, content=body)
        )

    def answer_to(self, key: UUID) -> Answer | None:
        url = f"{self._base}{_REQUESTS}/by-key/{quote(str(key))}"
        answer = door.get(url, origins=self.origins, headers=self._authorisation())
        return None if answer.status == 404 else _answer_in(answer)

    def block(self, order: BlockOrder) -> None:
        self._move(order, "quarantine")

    def restore(self, order: BlockOrder) -> None:
        self._move(order, "restore")

    def _move(self, order: BlockOrder, verb: str) -> None:
        headers = {
            **self._authorisation(),
            "Content-Type": "application/json",
            "Idempotency-Key": str(order.key),
        }
        body = rfc8785.dumps({"reference": order.reference, "notice": dict(order.notice)})
        url = f"{self._base}/operator/v1/media/{quote(_media_id(order.locator))}/{verb}"
        answer = door.post(url, origins=self.origins, headers=headers, content=body)
        if answer.status == 409:  # removed already: nobody sees it, and it cannot come back
            if verb == "restore":
                raise NoChannelError("already_removed", "The operator has removed it: it cannot come back.")
            return
        _refuse_unless_done(answer)

    def is_tombstone(self, page: Sequence[Tag]) -> bool:
        return any(tag.get("name") == "platform-status" and tag.get("content") == "removed" for tag in page)

    def _authorisation(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {settings.KEYS.read(self._secret_name).decode()}"}


def _media_id(locator: Locator) -> str:
    return urlsplit(locator.media_url).path.rpartition("/")[2]


def _cards(board: Fetched) -> Iterator[Locator]:
    """Each picture of the board inside the link to its page."""
    page_url = None
    for tag in tags(board.body):
        if tag.name == "a":
            page_url = absolute(tag.get("href"), base=board.url)
        media_url = absolute(tag.get("src"), base=board.url) if tag.name == "img" else None
        if page_url and media_url:
            yield Locator(page_url=page_url, media_url=media_url)


def _refuse_unless_done(answer: Fetched) -> dict[str, Any]:
    """The JSON object of an answer, or an UnreachableError that says why it is none."""
    if answer.status not in {200, 202}:
        wait = door.retry_after_s(answer)
        # Below 500 the platform refused to act on it; from 500 on nobody knows what it did.
        raise UnreachableError(
            f"http_{answer.status}",
            f"The operator's API answers {answer.status}.",
            sent=answer.status >= 500,
            retry_after_s=wait,
        )
    try:
        fields = json.loads(answer.body)
    except (ValueError, RecursionError) as nonsense:
        raise _nonsense() from nonsense
    if not isinstance(fields, dict):
        raise _nonsense()
    return fields


def _answer_in(answer: Fetched) -> Answer:
    """An operator's answer, or an UnreachableError that says why it is none."""
    fields = _refuse_unless_done(answer)
    try:
        kind = AnswerKind(fields["answer"])
    except (ValueError, KeyError, TypeError) as nonsense:
        raise _nonsense() from nonsense
    return Answer(
        kind=kind,
        blocked=fields.get("blocked") is True,
        reference=as_code(fields.get("reference")),
        reason=as_code(fields.get("reason")),
    )


def _nonsense() -> UnreachableError:
    return UnreachableError("nonsense", "The operator's answer makes no sense.", sent=True)
