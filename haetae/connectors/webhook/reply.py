"""What a status and a body say that come back on a message. What makes no sense is a message received, no more."""

import json
from typing import Final

from haetae.common.outbound import Fetched
from haetae.connectors import door
from haetae.connectors.base import Answer, AnswerKind, NoChannelError, UnreachableError
from haetae.connectors.codes import as_code

FORM: Final = "answer/1"
NOT_YET: Final = 202
_RECEIVED: Final = Answer(kind=AnswerKind.RECEIVED)


def refuse_unless_taken(reply: Fetched) -> None:
    """Every status but 2xx, as the error that says whether trying again makes sense."""
    if 200 <= reply.status < 300:
        return
    if reply.status == 410:
        raise NoChannelError(
            "endpoint_gone", "The operator says that nothing listens at its address any more."
        )
    # Below 500 its system did not act on it; from 500 on nobody knows what it did.
    raise UnreachableError(
        f"http_{reply.status}",
        f"The operator's system answers {reply.status}.",
        sent=reply.status >= 500,
        retry_after_s=door.retry_after_s(reply),
    )


def answer_in(reply: Fetched) -> Answer:
    """The answer that came at once with the receipt, in the form answer/1; otherwise that it was received."""
    try:
        fields = json.loads(reply.body)
        kind = AnswerKind(fields["word"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return _RECEIVED
    reason = as_code(fields.get("reason"))
    if fields.get("schema") != FORM or (kind is AnswerKind.REFUSED and not reason):
        return _RECEIVED
    return Answer(
        kind=kind,
        blocked=fields.get("blocked") is True,
        reference=as_code(fields.get("reference")),
        reason=reason,
    )
