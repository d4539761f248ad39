"""One letter for each request, in the operator's language, with a link to a page on which one click answers it."""

from collections.abc import Sequence
from uuid import UUID

from haetae.accounts.models import Operator
from haetae.connectors.base import Answer, AnswerKind, BlockOrder, Capability, Check, DeletionOrder
from haetae.connectors.by_mail import hand_in, is_there
from haetae.connectors.web_page.connector import WebPageConnector


class EmailConnector(WebPageConnector):
    """What was handed in is on its way: whether somebody reads it, the clock for the acknowledgement shows."""

    name = "email"
    capabilities = frozenset(
        {
            Capability.FIND,
            Capability.LOOK,
            Capability.ASK,
            Capability.RESTORE,
            Capability.ANSWERS_COME_IN,
        }
    )

    def __init__(self, *, operator: Operator) -> None:
        super().__init__(operator=operator)
        self._operator = operator

    def checks(self) -> Sequence[Check]:
        known = bool(self._operator.mailbox)
        words = "A mailbox is registered." if known else "No mailbox is registered."
        return [*super().checks(), Check(code="mailbox", passed=known, words=words), is_there()]

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        hand_in(order.notice, operator=self._operator, key=order.key)
        return Answer(kind=AnswerKind.RECEIVED, handed_in=True)

    def answer_to(self, key: UUID) -> Answer | None:  # noqa: ARG002 - the protocol's signature
        """A mailbox says nothing: the letter is sent again, and is the same letter."""
        return None

    def restore(self, order: BlockOrder) -> None:
        hand_in(order.notice, operator=self._operator, key=order.key)
