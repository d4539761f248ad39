"""Files a XARF report with one host: by HTTPS, or by mail as a text with the report beside it."""

from collections.abc import Mapping
from typing import Any

import rfc8785

from haetae.common.outbound import Fetched
from haetae.connectors.base import Answer, AnswerKind, BlockOrder, DeletionOrder, UnreachableError
from haetae.connectors.between import BetweenConnector, NotTakenError, fields_in
from haetae.connectors.by_mail import hand_in
from haetae.connectors.codes import as_code
from haetae.connectors.mail import Enclosure
from haetae.connectors.xarf.report import report_of, why_malformed

_NUMBER = ("reference", "ticket", "id")


class XarfConnector(BetweenConnector):
    """A status that says it was taken is a receipt and nothing more: XARF knows no answer."""

    name = "xarf"

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        report = report_of(order.notice)
        problems = why_malformed(report)
        if problems:
            raise NotTakenError("not_taken", f"No XARF report comes of this notice: {problems[0]}")
        if not self._endpoint:
            return self._write(order, report)
        try:
            return _receipt(self.post(report, key=order.key))
        except NotTakenError:  # a desk that knows only the types of the specification reads the letter
            if not self._mailbox:
                raise
            return self._write(order, report)

    def restore(self, order: BlockOrder) -> None:
        """XARF cannot take anything back: people read a letter."""
        if not self._mailbox:
            self.no_way_back()
        hand_in(order.notice, operator=self._operator, key=order.key)

    def _write(self, order: DeletionOrder, report: Mapping[str, Any]) -> Answer:
        beside = Enclosure(name="xarf.json", content=rfc8785.dumps(dict(report)))
        hand_in(order.notice, operator=self._operator, key=order.key, beside=[beside])
        return Answer(kind=AnswerKind.RECEIVED)


def _receipt(taken: Fetched) -> Answer:
    """The desk's own number, where its answer holds one."""
    try:
        fields = fields_in(taken)
    except UnreachableError:
        return Answer(kind=AnswerKind.RECEIVED)
    numbers = (as_code(fields.get(name)) for name in _NUMBER)
    return Answer(kind=AnswerKind.RECEIVED, reference=next(filter(None, numbers), ""))
