"""Choosing whether one is written to, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CADENCES: Final[Mapping[str, str | Promise]] = {
    "never": _("Never"),
    "when_gone": _("When a place is proven gone, at most once a day"),
    "monthly": _("Once a month, while something is open"),
}
_PROBLEMS: Final[Mapping[str, str | Promise]] = {
    "mailbox_missing": _("We need an address to write to."),
    "mailbox_unreadable": _(
        "This is not an e-mail address as we can use it. Look whether all of it is there."
    ),
    "mailbox_held": _(
        "It cannot be changed now: that was forbidden, for an investigation. Ask a counsellor."
    ),
    "asked_too_often": _("Three numbers were sent today. Try again tomorrow."),
    "code_wrong": _("This is not the number. Look in the newest mail."),
    "code_over": _("There is no number that is still good. Let us send a new one."),
    "code_tried_too_often": _("It was tried five times. Let us send a new number."),
    "nothing_to_confirm": _("There is nothing to confirm any more."),
}


def notice_problem(code: str) -> str | Promise:
    """What stands against it; a code without words is shown as it is."""
    return _PROBLEMS.get(code, code)
