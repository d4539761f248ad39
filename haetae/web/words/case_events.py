"""What happened to a case and its referrals, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.referrals.states import Returned, To
from haetae.agencies.support.consent.states import Kind
from haetae.agencies.support.desk.states import HandedOn, Reason, SeenTo
from haetae.agencies.support.desk.states import Told as GuardianTold
from haetae.agencies.support.states import IdentityCheck
from haetae.web.words.cases import said

CASE_EVENTS: Final[Mapping[str, str | Promise]] = {
    "support.opened": _("The case was opened"),
    "support.told": _("Something was told"),
    "support.message": _("A message was written"),
    "support.case_opened": _("A counsellor read it"),
    "support.taken_on": _("A counsellor took it on"),
    "support.handed_on": _("Handed on"),
    "support.seen_to": _("Seen to"),
    "support.corrected": _("Put right"),
    "support.home_asked": _("Asked whether it is safe at home"),
    "support.guardian_told": _("A guardian was told"),
    "support.consent_given": _("Consent noted"),
    "support.consent_ended": _("Consent taken back"),
    "support.recovery_chosen": _("Chosen who helps when the words are lost"),
    "support.words_asked": _("Lost words: recognised by a counsellor"),
    "support.words_confirmed": _("Lost words: confirmed by a second counsellor"),
    "support.words_refused": _("Lost words: not recognised"),
    "support.words_issued": _("New words read out; the old ones open nothing"),
    "support.notices_asked": _("Notices asked for"),
    "support.notices_confirmed": _("The mailbox for notices was confirmed"),
    "support.notices_chosen": _("Notices chosen otherwise"),
    "support.notices_ended": _("Notices ended"),
    "support.notice_tried": _("The mailbox for notices was opened to send"),
    "support.notice_sent": _("A notice was sent"),
    "support.notice_unsent": _("A notice did not arrive, or nobody knows"),
    "referrals.sent": _("Handed over to another agency"),
    "referrals.read": _("Read by the other agency"),
    "referrals.accepted": _("The other agency has accepted it"),
    "referrals.returned": _("The other agency has returned it"),
    "referrals.overdue": _("The other agency has not answered in time"),
    "referrals.refused": _("A referral was tried that may not be"),
    "referrals.called_back": _("Called back from the other agency"),
}
# Which fact of which event a counsellor reads, and by which codes.
_FACTS: Final[Mapping[str, tuple[str, type[StrEnum]]]] = {
    "support.case_opened": ("reason", Reason),
    "support.handed_on": ("why", HandedOn),
    "support.seen_to": ("how", SeenTo),
    "support.guardian_told": ("how", GuardianTold),
    "support.consent_given": ("kind", Kind),
    "support.consent_ended": ("kind", Kind),
    "support.words_asked": ("how", IdentityCheck),
    "referrals.sent": ("to", To),
    "referrals.returned": ("why", Returned),
}


def case_facts(name: str, facts: Mapping[str, Any]) -> str:
    """The one fact that a counsellor can use; empty where there is none."""
    if name not in _FACTS:
        return ""
    fact, codes = _FACTS[name]
    return said(codes, str(facts.get(fact, "")))
