"""Events of the recording in words: those of the flow have theirs already, and others are worded here."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from haetae.web.words.events import event_words
from haetae.web.words.story.telling import Words

_MORE: Final[Mapping[str, Words]] = {
    "arrival.reported": _("A link was reported"),
    "arrival.located": _("The link led to a picture"),
    "arrival.report_withdrawn": _("The report counts no more"),
    "arrival.report_erased": _("The reported link was erased"),
    "deadlines.passed": _("A clock rang"),
    "hashbank.list_made": _("A list of codes was begun"),
    "hashbank.added": _("A code was put on a list"),
    "hashbank.tier_raised": _("The code counts as checked by a counsellor"),
    "hashbank.withdrawn": _("The code was withdrawn"),
    "hashbank.forgotten": _("The code was destroyed"),
    "orders.drafted": _("An order was drafted"),
    "orders.prior_opinion": _("The draft waits for the platform's word"),
    "orders.issued": _("The order was signed"),
    "orders.served": _("The order reached the platform"),
    "orders.not_complied": _("The order was not followed"),
    "sanctions.proposed": _("A surcharge was proposed"),
    "sanctions.hearing": _("The proposal waits for the platform's word"),
    "sanctions.decided": _("The surcharge was decided"),
    "sanctions.notified": _("The platform was notified"),
    "sanctions.payment": _("A payment was booked"),
    "sanctions.paid": _("All of it is paid"),
    "support.destroyed": _("What was told was destroyed"),
    "investigations.begun": _("A file was begun"),
    "investigations.joined": _("An officer works on the file"),
    "investigations.opened": _("The file was opened, for a reason"),
    "undercover.applied": _("An operation was applied for"),
    "undercover.petitioned": _("The prosecutor petitioned the court"),
    "undercover.granted": _("The court permitted it, with limits"),
    "undercover.acted": _("An act was noted, and was permitted"),
    "undercover.act_refused": _("An act was refused by the gate"),
    "undercover.ended": _("The operation is over"),
    "undercover.reported": _("The report was written"),
}


def happened_words(name: str) -> str:
    """An event nobody has worded yet keeps its name; a test finds it."""
    return str(_MORE.get(name) or event_words(name))
