"""Files of the police in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from haetae.agencies.investigation.files.rules import NAME_LONGEST, NAME_SHORTEST
from haetae.agencies.investigation.files.states import Reason, Victim

VICTIMS: Final[Mapping[Victim, str | Promise]] = {
    Victim.UNDER_19: _("somebody under 19, or who may be"),
    Victim.ADULT: _("an adult"),
    Victim.UNKNOWN: _("not known yet: treated as under 19"),
}
REASONS: Final[Mapping[Reason, str | Promise]] = {
    Reason.INVESTIGATE: _("I investigate"),
    Reason.PREPARE_REQUEST: _("I prepare an application or a request"),
    Reason.EVIDENCE: _("I work with the evidence"),
    Reason.HAND_OVER: _("I take it over, or hand it over"),
    Reason.CHECK: _("I look through a colleague's work"),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "file_name_length": _("The name needs %(least)s to %(most)s characters."),
    "file_no_offence": _("Choose the offence that it is about."),
    "file_no_victim": _("Say whose picture it is about. If nobody knows yet, choose that."),
    "file_of_others": _("You do not work on this file."),
    "file_not_opened": _("Say first why you open this file today."),
    "file_closed": _("This file is closed. It can be read, and nothing is added any more."),
    "file_no_officer": _("Choose a police officer who holds a seat today."),
    "file_member_already": _("They work on this file already."),
    "file_undercover": _(
        "An undercover operation of this file is not finished. End it, write its report, and tell whoever consented;"
        " then close the file."
    ),
    "file_last_member": _("You are the last one who works on it. Add a colleague first."),
    "reason_missing": _("Choose why you open it."),
}


def investigation_refusal(code: str) -> str:
    """Why something about a file was not taken; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    return str(words) % {"least": NAME_SHORTEST, "most": NAME_LONGEST} if words else _now(code)
