"""Consents, referrals and lost words: their codes, as counsellors read and choose them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.referrals.states import Basis, Returned, To
from haetae.agencies.referrals.states import State as Referred
from haetae.agencies.support.consent.states import Giver, How, Kind, Paper
from haetae.agencies.support.recovery.states import State as WordsState
from haetae.agencies.support.states import IdentityCheck, Recovery

HANDING: Final[Mapping[type[StrEnum], Mapping[str, str | Promise]]] = {
    Kind: {
        "act_for": _("somebody may act for them"),
        "tell_police": _("the police may be told"),
        "tell_lawyer": _("a lawyer may be told"),
        "hand_to_regional_centre": _("a regional centre may take over"),
        "keep_evidence": _("evidence may be kept"),
        "tell_guardian": _("a guardian may be told"),
    },
    Giver: {
        "person": _("the person themselves"),
        "guardian": _("a guardian"),
        "agent": _("an agent with a power of attorney"),
    },
    How: {
        "portal": _("in the portal"),
        "telephone": _("said on the telephone"),
        "in_person": _("said in person"),
        "paper": _("signed on paper"),
    },
    Paper: {
        "id_of_requester": _("paper of who asks"),
        "relation": _("proof of the relation"),
        "power_of_attorney": _("power of attorney, signed by hand"),
        "id_of_person": _("copy of the person's own paper"),
    },
    To: {
        "police": _("the police"),
        "lawyer": _("a lawyer"),
        "regional_centre": _("a regional centre"),
        "reviewer": _("the review commission"),
        "regulator": _("the regulator"),
        "support_centre": _("the support centre"),
    },
    Basis: {
        "consent": _("with the person's consent"),
        "ex_officio": _("because the law demands it"),
        "law": _("by an article of the law"),
    },
    Referred: {
        "sent": _("sent, not answered yet"),
        "overdue": _("not answered in time"),
        "accepted": _("accepted"),
        "returned": _("returned"),
        "called_back": _("called back"),
    },
    Returned: {
        "not_competent": _("not theirs to do"),
        "no_capacity": _("nobody free there"),
        "more_needed": _("they need more"),
        "person_not_reached": _("they could not reach the person"),
    },
    Recovery: {
        "nobody": _("nobody"),
        "centre": _("any two counsellors of the centre"),
        "counsellor": _("me, with a second counsellor"),
    },
    IdentityCheck: {
        "call_back": _("called back at the number they left"),
        "question": _("asked for what only they know of the case"),
        "in_person": _("came in person and showed a paper"),
    },
    WordsState: {
        "asked": _("one counsellor has recognised the person"),
        "confirmed": _("a second counsellor has confirmed it"),
        "issued": _("new words were read out"),
        "refused": _("not recognised"),
    },
}
