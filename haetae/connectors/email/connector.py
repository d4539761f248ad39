"""One letter for each request, in the operator's language, with a link to a page on which one click answers it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from haetae.accounts.models import Operator
from haetae.common.answer_links import OPEN_FOR, AnswerLink
from haetae.connectors import mail
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    BlockOrder,
    Capability,
    Check,
    DeletionOrder,
    NoChannelError,
    UnreachableError,
)
from haetae.connectors.web_page.connector import WebPageConnector
from haetae.notice import letter

_ANSWER_PAGE = "/operator/answer/"


class EmailConnector(WebPageConnector):
    """What was handed in is received: whether somebody reads it, the clock for the acknowledgement shows."""

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
        self._operator_id = operator.pk
        self._mailbox, self._language = operator.mailbox, operator.language

    def self_test(self) -> Sequence[Check]:
        return [*super().self_test(), self._mailbox_is_known(), _mail_server_answers()]

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        self._write(order.notice, key=order.key)
        return Answer(kind=AnswerKind.RECEIVED)

    def answer_to(self, key: UUID) -> Answer | None:  # noqa: ARG002 - the protocol's signature
        """A mailbox says nothing: the letter is sent again, and is the same letter."""
        return None

    def restore(self, order: BlockOrder) -> None:
        self._write(order.notice, key=order.key)

    def _write(self, notice: Mapping[str, Any], *, key: UUID) -> None:
        """Every attempt is the same letter, byte for byte, with the same Message-ID."""
        if not self._mailbox:
            raise NoChannelError("no_mailbox", "No mailbox is known of this operator: register one.")
        if settings.MAIL is None:
            raise NoChannelError("no_mail_server", "Mail is not set up here: see HAETAE_MAIL.")
        at = datetime.fromisoformat(notice["issued_at"])
        link = AnswerLink(
            request_id=UUID(notice["id"]), operator_id=self._operator_id, number=0, over_at=at + OPEN_FOR
        )
        page = f"{settings.AGENCY.operators_origin}{_ANSWER_PAGE}{link.token()}/"
        document = {**notice, "answer": {"link": page}}
        title = letter.title_of(document, language=self._language)
        sent = mail.Letter(
            to=self._mailbox,
            subject=f"{title} {str(notice['id'])[:8]}",
            text=letter.text_of(document, language=self._language),
            key=key,
            at=at,
        )
        try:
            mail.send(sent, account=settings.MAIL)
        except mail.NotSentError as failure:
            if failure.for_good:
                raise NoChannelError(
                    f"mail_{failure.code}", "The mailbox of this operator takes no mail: find another."
                ) from failure
            raise UnreachableError(
                f"mail_{failure.code}", "The mail server did not take it.", sent=False
            ) from failure
        except mail.MaybeSentError as failure:
            raise UnreachableError(
                "mail_unsure", "Whether the mail server took it is not known.", sent=True
            ) from failure

    def _mailbox_is_known(self) -> Check:
        words = "A mailbox is registered." if self._mailbox else "No mailbox is registered."
        return Check(code="mailbox", passed=bool(self._mailbox), words=words)


def _mail_server_answers() -> Check:
    """Signed in with and left again; no mail is written."""
    if settings.MAIL is None:
        return Check(code="mail_server", passed=False, words="Mail is not set up here: see HAETAE_MAIL.")
    try:
        mail.greet(settings.MAIL)
    except mail.NotSentError as failure:
        return Check(
            code="mail_server", passed=False, words=f"The mail server does not answer: {failure.code}."
        )
    return Check(code="mail_server", passed=True, words="The mail server answers.")
