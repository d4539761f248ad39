"""Handing a mail to the one server that an administrator named."""

from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from haetae.agencies.support.notices.sending import actions
from haetae.common import clock
from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import mail


@app.task(name="haetae.support.send_notice", queue="send", priority=-1, retry=AFTER_A_FAULT)
def send_notice(notice_id: str) -> None:
    """Once: a second round of the same job finds it begun, and leaves it at that."""
    if settings.MAIL is None:
        actions.notice_not_sent(notice_id=UUID(notice_id), code="no_mail_server", for_good=True)
        return
    outgoing = actions.begin_notice(notice_id=UUID(notice_id))
    if outgoing is None:
        return
    letter = mail.Letter(
        to=outgoing.address,
        subject=outgoing.words.subject,
        text=outgoing.words.text,
        key=outgoing.key,
        at=clock.now(),
    )
    try:
        mail.send(letter, account=settings.MAIL)
    except mail.NotSentError as failure:
        actions.notice_not_sent(notice_id=UUID(notice_id), code=failure.code, for_good=failure.for_good)
    except mail.MaybeSentError:
        actions.notice_unsure(notice_id=UUID(notice_id))
    else:
        actions.notice_sent(notice_id=UUID(notice_id))
