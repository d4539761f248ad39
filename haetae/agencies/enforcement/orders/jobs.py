"""Telling an operator that an order lies at its desk."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from haetae.agencies.enforcement.orders import actions, letters, queries
from haetae.agencies.enforcement.orders.states import Way
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import mail
from haetae.law.facts import Role
from haetae.law.packs import load_pack


@app.task(name="haetae.orders.tell", queue="send", retry=AFTER_A_FAULT)
def tell(order_id: str) -> None:
    """Mail to the mailbox of its desk, where it has one. Taken by its server it is served; sent twice it is one letter.

    Where nobody knows whether it was taken it is not served by it: the desk, or a letter by post, says when.
    """
    order = queries.get_order(UUID(order_id))
    if settings.MAIL is None or not order.operator.mailbox or order.served_at is not None:
        return
    now = clock.now()
    agency = load_pack(settings.JURISDICTION).agency(role=Role.REGULATOR, on=timezone.localdate(now))
    words = letters.words_for(
        order.operator.language,
        where=f"{settings.AGENCY.operators_origin}/operator/orders/",
        agency_ko=agency.name_ko,
        agency_en=agency.name_en,
    )
    letter = mail.Letter(
        to=order.operator.mailbox, subject=words.subject, text=words.text, key=order.pk, at=now
    )
    try:
        mail.send(letter, account=settings.MAIL)
    except mail.NotSentError as failure:
        if not failure.for_good:
            raise  # tried again
    except mail.MaybeSentError:
        return
    else:
        actions.served(order_id=order.pk, way=Way.MAIL, at=now, actor=SYSTEM)
