"""Looking whether an origin shows what we asked for, and writing to the first administrator."""

from typing import Final
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from haetae.accounts.actions import issue_one_time_sign_in
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.common.jobs import AFTER_A_FAULT
from haetae.common.outbound import Limits
from haetae.connectors import door, mail
from haetae.connectors.base import ConnectorError
from haetae.operators.onboarding import actions, letters, queries, rules
from haetae.operators.onboarding.models import Application

_LIMITS: Final = Limits(total_s=10.0, body_bytes=4_096, redirects=0)


@app.task(name="haetae.onboarding.look", queue="send", priority=-1, retry=AFTER_A_FAULT)
def look(application_id: str) -> None:
    """Fetch the one file, as everybody can; a network that fails is an answer too, and whoever applied asks again."""
    application = queries.get_application(UUID(application_id))
    actions.looked(application_id=application.pk, found=_found(application))


def _found(application: Application) -> str:
    where = f"{application.origin}{rules.PROOF_PATH}"
    try:
        answer = door.get_straight(where, origins=frozenset(), headers={}, limits=_LIMITS)
    except ConnectorError as failure:
        return failure.code
    if answer.status != 200:
        return f"http_{answer.status}"
    return rules.PROVEN if rules.is_shown(answer.body, token=application.proof) else "shows_something_else"


@app.task(name="haetae.onboarding.send_link", queue="send", retry=AFTER_A_FAULT)
def send_link(application_id: str) -> None:
    """A one-time sign-in by mail. It is drawn here, so that it never lies in a queue; sent twice, both work once."""
    application = queries.get_application(UUID(application_id))
    first = application.administrator
    if settings.MAIL is None or first is None or not application.mailbox or first.last_login is not None:
        return
    secret = issue_one_time_sign_in(official=first)
    where = f"{settings.AGENCY.operators_origin}/operator/sign-in/once/{secret}/"
    words = letters.words_for(application.language, where=where, name=first.username)
    letter = mail.Letter(
        to=application.mailbox, subject=words.subject, text=words.text, key=new_id(), at=clock.now()
    )
    try:
        mail.send(letter, account=settings.MAIL)
    except mail.NotSentError as failure:
        if not failure.for_good:
            raise  # tried again, with another link
    except mail.MaybeSentError:
        return
