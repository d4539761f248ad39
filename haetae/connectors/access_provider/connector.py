"""Speaks to one access provider: by a POST of the notice, or through the list that it fetches."""

from haetae.connectors.base import Answer, BlockOrder, Capability, Check, DeletionOrder, UnreachableError
from haetae.connectors.between import NoticeConnector


class AccessProviderConnector(NoticeConnector):
    """Without an endpoint the provider fetches its list: what stands there is received when it has come for it.

    Until then an attempt finds that it has not, as at an operator that fetches; who does not come for three days is a
    dead letter, which a person gets.
    An entry that is wanted no more is not on the list, and one whose list has run out binds nobody. No mail: an address
    that is to be opened no more stands in no more places than it must.
    """

    name = "access_provider"
    capabilities = frozenset({Capability.ASK, Capability.RESTORE, Capability.ANSWERS_COME_IN})

    def checks(self) -> list[Check]:
        if self._endpoint:
            return list(super().checks())
        return [Check(code="list", passed=True, words="It fetches the list: nothing is sent to it.")]

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        if self._endpoint:
            return super().ask_to_delete(order)
        raise UnreachableError("not_fetched", "The access provider has not fetched its list yet.")

    def restore(self, order: BlockOrder) -> None:
        if self._endpoint:
            super().restore(order)
