"""Telling an operator that its word is waited for."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from procrastinate.contrib.django import app

from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import mail
from haetae.flow.hearings import actions, letters, queries
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.states import About, State, Told


@app.task(name="haetae.hearings.tell", queue="send", retry=AFTER_A_FAULT)
def tell(hearing_id: str) -> None:
    """By mail, once: every try is the same letter with the same Message-ID. At its desk it stands already."""
    found = queries.get_hearing(UUID(hearing_id))
    if State(found.state) is State.ASKED and not found.told:
        actions.told(hearing_id=found.pk, how=_sent(found))


def _sent(found: Hearing) -> Told:
    """Raises NotSentError where it may be taken later."""
    if found.operator is None or not found.operator.mailbox:
        return Told.NO_MAILBOX
    if settings.MAIL is None:
        return Told.NO_MAIL_SERVER
    try:
        mail.send(_letter(found, to=found.operator.mailbox), account=settings.MAIL)
    except mail.NotSentError as failure:
        if not failure.for_good:
            raise
        return Told.MAIL_REFUSED
    except mail.MaybeSentError:
        return Told.MAIL_UNSURE
    return Told.MAIL


def _letter(found: Hearing, *, to: str) -> mail.Letter:
    assert found.operator is not None
    assert found.until is not None, "whoever is asked is asked until a moment"
    there = found.until.astimezone(ZoneInfo(found.operator.zone))
    words = letters.words_for(
        found.operator.language,
        about=About(found.about),
        until=there.strftime("%Y-%m-%d %H:%M %Z"),
        where=f"{settings.AGENCY.operators_origin}/operator/hearings/{found.pk}/",
    )
    return mail.Letter(
        to=to,
        subject=words.subject,
        text=words.text,
        key=found.pk,
        at=found.asked_at,
        reply_to=settings.AGENCY.mailbox,
    )
