"""Nothing is sent: what is asked lies at our door, and is received when the operator has fetched it."""

from collections.abc import Sequence
from typing import NoReturn
from uuid import UUID

from haetae.accounts.models import ApiKey, KeyScope, Operator
from haetae.connectors.base import (
    Answer,
    BlockOrder,
    Capability,
    Check,
    DeletionOrder,
    DetectorDown,
    UnreachableError,
)
from haetae.connectors.web_page.connector import WebPageConnector


class PollingConnector(WebPageConnector):
    """An attempt finds that the operator has not come yet. That is no failure of its system and counts for none.

    Once it has come, its receipt is taken as an answer and ends the attempts. Until then the delivery waits along the
    usual pauses, and whoever does not come for three days is a dead letter, which a person gets.
    """

    name = "polling"
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

    def checks(self) -> Sequence[Check]:
        """Its public page is there, and it holds a key with which it can fetch."""
        keys = ApiKey.objects.filter(operator_id=self._operator_id, scope=KeyScope.OPERATE, ended_at=None)
        has_one = keys.exists()
        words = "It holds a key for fetching." if has_one else "It holds no key for fetching; issue one."
        return [*super().checks(), Check(code="key", passed=has_one, words=words)]

    def ask_to_delete(self, order: DeletionOrder) -> Answer:  # noqa: ARG002 - the protocol's signature
        self._not_yet()

    def answer_to(self, key: UUID) -> Answer | None:  # noqa: ARG002 - the protocol's signature
        """It answers at our door."""
        return None

    def block(self, order: BlockOrder) -> None:  # noqa: ARG002 - the protocol's signature
        self._not_yet()

    def restore(self, order: BlockOrder) -> None:  # noqa: ARG002 - the protocol's signature
        self._not_yet()

    def _not_yet(self) -> NoReturn:
        raise UnreachableError("not_fetched", "The operator has not fetched it yet.")
