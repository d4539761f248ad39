"""Speaks to one access provider: by a POST of the notice, or through the list that it fetches."""

from haetae.connectors.base import Answer, AnswerKind, BlockOrder, Capability, Check, DeletionOrder
from haetae.connectors.between import NoticeConnector


class AccessProviderConnector(NoticeConnector):
    """Without an endpoint the provider fetches its list: an entry on that is received, and its answer comes in.

    An entry that is wanted no more is not on the list, and one whose list has run out binds nobody. No mail: an address
    that is to be opened no more stands in no more places than it must.
    """

    name = "access_provider"
    capabilities = frozenset({Capability.ASK, Capability.RESTORE, Capability.ANSWERS_COME_IN})

    def self_test(self) -> list[Check]:
        if self._endpoint:
            return list(super().self_test())
        return [Check(code="list", passed=True, words="It fetches the list: nothing is sent to it.")]

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        if self._endpoint:
            return super().ask_to_delete(order)
        return Answer(kind=AnswerKind.RECEIVED, reference="list")

    def restore(self, order: BlockOrder) -> None:
        if self._endpoint:
            super().restore(order)
