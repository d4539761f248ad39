"""A notice as a letter with a link that answers it, and a document beside it where machines over there read one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from haetae.accounts.models import Operator
from haetae.common.answer_links import OPEN_FOR, AnswerLink
from haetae.connectors import mail
from haetae.connectors.base import Check, NoChannelError, UnreachableError
from haetae.notice import letter


def hand_in(
    notice: Mapping[str, Any],
    *,
    operator: Operator,
    key: UUID,
    beside: Sequence[mail.Enclosure] = (),
) -> None:
    """Send it once; every attempt is the same letter with the same Message-ID. Raises ConnectorError."""
    if not operator.mailbox:
        raise NoChannelError("no_mailbox", "No mailbox is known of this operator: register one.")
    if settings.MAIL is None:
        raise NoChannelError("no_mail_server", "Mail is not set up here: see HAETAE_MAIL.")
    at, language = datetime.fromisoformat(notice["issued_at"]), operator.language
    document = {**notice, "answer": {"link": _answer_page(notice, operator_id=operator.pk, at=at)}}
    title = letter.title_of(document, language=language)
    sent = mail.Letter(
        to=operator.mailbox,
        subject=f"{title} {str(notice['id'])[:8]}",
        text=letter.text_of(document, language=language),
        key=key,
        at=at,
        reply_to=settings.AGENCY.mailbox,
        beside=tuple(beside),
    )
    try:
        mail.send(sent, account=settings.MAIL)
    except mail.NotSentError as failure:
        code = f"mail_{failure.code}"
        if failure.for_good:
            raise NoChannelError(code, "This mailbox takes no mail: find another.") from failure
        raise UnreachableError(code, "The mail server did not take it.", sent=False) from failure
    except mail.MaybeSentError as failure:
        words = "Whether the mail server took it is not known."
        raise UnreachableError("mail_unsure", words, sent=True) from failure


def _answer_page(notice: Mapping[str, Any], *, operator_id: UUID, at: datetime) -> str:
    number = UUID(notice["id"])
    link = AnswerLink(request_id=number, operator_id=operator_id, number=0, over_at=at + OPEN_FOR)
    return f"{settings.AGENCY.operators_origin}/operator/answer/{link.token()}/"


def is_there() -> Check:
    """Whether the mail server could be given a letter; none is written."""
    code = "mail_server"
    if settings.MAIL is None:
        return Check(code=code, passed=False, words="Mail is not set up here: see HAETAE_MAIL.")
    try:
        mail.greet(settings.MAIL)
    except mail.NotSentError as failure:
        return Check(code=code, passed=False, words=f"The mail server does not answer: {failure.code}.")
    return Check(code=code, passed=True, words="The mail server answers.")
