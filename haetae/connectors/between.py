"""What the ways to those who stand between have in common: nothing is found at them, only asked of them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn
from uuid import UUID

import rfc8785
from django.conf import settings

from haetae.accounts.models import Operator
from haetae.accounts.queries import origin_of
from haetae.common.outbound import Fetched, Origin
from haetae.connectors import door
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    BlockOrder,
    Capability,
    Check,
    DeletionOrder,
    Locator,
    Look,
    NoChannelError,
    Seen,
    Sight,
    UnreachableError,
)
from haetae.connectors.by_mail import hand_in, is_there
from haetae.connectors.codes import as_code
from haetae.connectors.web_page.connector import WebPageConnector

_TAKEN: Final = frozenset({200, 201, 202, 204})
# It has read the request and will not have it so: trying again changes nothing.
_NOT_AS_IT_WAS: Final = frozenset({400, 405, 406, 411, 413, 414, 415, 422})
_GONE: Final = frozenset({404, 410})


class BetweenConnector(WebPageConnector):
    """Speaks to one exact address, and by mail where that is missing or does not take what it is given."""

    capabilities = frozenset({Capability.ASK, Capability.RESTORE})

    def __init__(self, *, operator: Operator) -> None:
        super().__init__(operator=operator)
        self._operator, self._secret_name = operator, operator.secret_name
        self._endpoint, self._mailbox = operator.endpoint, operator.mailbox
        if self._endpoint:
            self.origins |= {Origin.parse(origin_of(self._endpoint))}

    def checks(self) -> Sequence[Check]:
        """Whether there is a way at all, and whether somebody is at its end. Nothing is asked of anybody."""
        checks = []
        if self._endpoint:
            # Any answer but "no such thing" says that something listens there; what it makes of a POST, asking shows.
            listens = set(range(200, 500)) - {404, 410}
            checks.append(door.tried("endpoint", self._endpoint, origins=self.origins, expected=listens))
        if self._mailbox:
            checks.append(is_there())
        return checks or [Check(code="way", passed=False, words="Neither endpoint nor mailbox is known.")]

    def find(self, url: str) -> Sequence[Locator]:  # noqa: ARG002 - the protocol's signature
        self._no_channel()

    def read_media(self, locator: Locator) -> bytes:  # noqa: ARG002 - the protocol's signature
        self._no_channel()

    def look(self, locator: Locator) -> Look:  # noqa: ARG002 - the protocol's signature
        nothing = Sight(seen=Seen.UNKNOWN, why="no_channel")
        return Look(page=nothing, media=nothing)

    def answer_to(self, key: UUID) -> Answer | None:  # noqa: ARG002 - the protocol's signature
        """Nobody here is asked by our key: what may have arrived is said again, under the same one."""
        return None

    def post(self, document: Mapping[str, Any], *, key: UUID) -> Fetched:
        """One POST of canonical JSON: every attempt is the same, byte for byte. Raises ConnectorError unless taken."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(key)} | self.authorisation()
        answer = door.post(
            self._endpoint, origins=self.origins, headers=headers, content=rfc8785.dumps(dict(document))
        )
        refuse_unless_taken(answer)
        return answer

    def authorisation(self) -> dict[str, str]:
        """Its token, where one was registered."""
        if not self._secret_name:
            return {}
        return {"Authorization": f"Bearer {settings.KEYS.read(self._secret_name).decode()}"}

    def no_way_back(self) -> NoReturn:
        raise NoChannelError("no_way_back", "There is no way to ask this one to undo it: speak with them.")


class NoticeConnector(BetweenConnector):
    """Posts the notice itself, and reads an answer in the form of docs/operators.md."""

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        if not self._endpoint:
            return self._write(order.notice, key=order.key)
        try:
            return answer_in(self.post(order.notice, key=order.key))
        except NotTakenError:
            if not self._mailbox:
                raise
            return self._write(order.notice, key=order.key)

    def restore(self, order: BlockOrder) -> None:
        if self._endpoint:
            self.post(order.notice, key=order.key)
        else:
            self._write(order.notice, key=order.key)

    def _write(self, notice: Mapping[str, Any], *, key: UUID) -> Answer:
        hand_in(notice, operator=self._operator, key=key)
        return Answer(kind=AnswerKind.RECEIVED)


class NotTakenError(NoChannelError):
    """The other side has read it and will not have it in this form."""


def refuse_unless_taken(answer: Fetched) -> None:
    """Turn any status but one that says it was taken into the error that says whether trying again makes sense."""
    status, code = answer.status, f"http_{answer.status}"
    if status in _TAKEN:
        return
    if status in _GONE:
        raise NoChannelError(code, f"Its endpoint answers {status}: it is not there.")
    if status in _NOT_AS_IT_WAS:
        raise NotTakenError("not_taken", f"Its endpoint answers {status}: it does not take it as it is.")
    raise UnreachableError(
        code,
        f"Its endpoint answers {status}.",
        sent=status >= 500,
        retry_after_s=door.retry_after_s(answer),
    )


def fields_in(answer: Fetched) -> dict[str, Any]:
    """The JSON object of an answer. Raises UnreachableError where it is none."""
    try:
        fields = json.loads(answer.body)
    except (ValueError, RecursionError) as fault:
        raise nonsense() from fault
    if not isinstance(fields, dict):
        raise nonsense()
    return fields


def answer_in(answer: Fetched) -> Answer:
    """An answer in our own form. A status alone is no answer: whoever sent it may not have read what it got."""
    fields = fields_in(answer)
    try:
        kind = AnswerKind(fields["answer"])
    except (ValueError, KeyError, TypeError) as fault:
        raise nonsense() from fault
    return Answer(kind=kind, reference=as_code(fields.get("reference")), reason=as_code(fields.get("reason")))


def nonsense() -> UnreachableError:
    return UnreachableError("nonsense", "The answer makes no sense.", sent=True)
