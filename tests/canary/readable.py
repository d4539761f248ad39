"""The other side of the search: who may read it reads all of it. Otherwise there was nothing to be found."""

from haetae.agencies.support import queries
from tests.canary.planted import MARK


def read_with(receipts: list[bytes]) -> int:
    """How many secrets the people read who have the receipts: in their texts, links and messages."""
    count = 0
    for bits in receipts:
        opened = queries.case_of_receipt(bits)
        assert opened is not None, "a receipt that was shown opens nothing"
        told = [said.text for said in queries.texts_of(opened)]
        written = [message.text for message in queries.messages_of(opened)]
        links = [report.link for report in queries.reports_of(opened.case)]
        count += "\n".join([*told, *written, *links]).count(MARK)
    return count
