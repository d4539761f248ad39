"""Sends signed messages to the operator's own address. Nothing of what comes back is believed without need."""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.queries import origin_of
from haetae.accounts.signing.queries import in_force
from haetae.common import clock, webhooks
from haetae.common.ids import new_id
from haetae.common.outbound import Fetched, Limits, Origin, RefusedByRule
from haetae.connectors import door
from haetae.connectors.base import (
    Answer,
    BlockOrder,
    Capability,
    Check,
    ConnectorError,
    DeletionOrder,
    DetectorDown,
    NoChannelError,
    UnreachableError,
)
from haetae.connectors.web_page.connector import WebPageConnector
from haetae.connectors.webhook import reply
from haetae.connectors.webhook.events import Event, body_of, ping_at

# A system that takes a message has nothing to compute first; one that keeps us waiting holds its own lane up.
_LIMITS: Final = Limits(total_s=15.0, body_bytes=64 * 1024)
_SECRETS_MOST: Final = 4  # while a secret is changed there are two


class WebhookConnector(WebPageConnector):
    """Asks by message; looks at the public pages as anybody does. The key of a request is the id of its message."""

    name = "webhook"
    capabilities = frozenset(
        {
            Capability.FIND,
            Capability.ASK,
            Capability.ANSWERS_COME_IN,
            Capability.BLOCK,
            Capability.RESTORE,
            Capability.LOOK,
            Capability.TRIAL,
        }
    )
    detector_down = DetectorDown.NOT_CONCERNED

    def __init__(self, *, operator: Operator) -> None:
        super().__init__(operator=operator)
        self._operator_id = operator.pk
        self._endpoint = operator.endpoint

    def checks(self) -> Sequence[Check]:
        """Its public page is there, and its system takes a signed message that asks nothing."""
        try:
            answer = self._sent(f"ping-{new_id()}", ping_at(clock.now()))
            taken, words = 200 <= answer.status < 300, f"Its system answers {answer.status}."
        except ConnectorError as failure:
            taken, words = False, str(failure)
        return [*super().checks(), Check(code="ping", passed=taken, words=words)]

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        body = body_of(Event.DELETION, notice=order.notice, trial=order.trial)
        taken = self._sent(str(order.key), body)
        reply.refuse_unless_taken(taken)
        return reply.answer_in(taken)

    def answer_to(self, key: UUID) -> Answer | None:  # noqa: ARG002 - the protocol's signature
        """It cannot be asked, and need not be: the same message once more is the same request."""
        return None

    def block(self, order: BlockOrder) -> None:
        self._done(order, Event.BLOCK)

    def restore(self, order: BlockOrder) -> None:
        self._done(order, Event.RESTORE)

    def _done(self, order: BlockOrder, event: Event) -> None:
        """2xx is its word that it is done, but for 202: it has the message, and will say so at our door."""
        answer = self._sent(str(order.key), body_of(event, notice=order.notice))
        if answer.status == 409:  # removed already: nobody sees it, and it cannot come back
            if event is Event.RESTORE:
                raise NoChannelError("already_removed", "The operator has removed it: it cannot come back.")
            return
        reply.refuse_unless_taken(answer)
        if answer.status == reply.NOT_YET:
            raise UnreachableError(
                f"http_{reply.NOT_YET}",
                "The operator has the message and has not done it yet.",
                sent=True,
                retry_after_s=door.retry_after_s(answer),
            )

    def _sent(self, message_id: str, body: bytes) -> Fetched:
        """The reply to one signed message. Raises ConnectorError."""
        if not self._endpoint:
            words = "The operator has not said at which address its system takes messages."
            raise NoChannelError("no_endpoint", words)
        secrets = in_force(self._operator_id, KeyUse.WE_SIGN_SHARED)[:_SECRETS_MOST]
        headers = webhooks.headers_for(
            message_id=message_id,
            at=clock.now(),
            body=body,
            secrets=[key.secret for key in secrets],
            signers=(settings.KEYS.operators_key, *settings.KEYS.former_operators_keys),
        )
        return door.post_over_tls(
            self._endpoint,
            origins=self.origins | _shown_plainly(self._endpoint),
            headers={**headers, "Content-Type": "application/json"},
            content=body,
            limits=_LIMITS,
        )


def _shown_plainly(endpoint: str) -> frozenset[Origin]:
    """The endpoint's origin where it names a machine by its number: whoever registered it saw which one.

    A name is resolved anew by its owner each time, so it gets no way into a private network by having been registered.
    """
    try:
        ip_address(urlsplit(endpoint).hostname or "")
        return frozenset({Origin.parse(origin_of(endpoint))})
    except (ValueError, RefusedByRule):
        return frozenset()
