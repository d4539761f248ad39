"""What an operator's administrators manage, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.accounts.models import KeyUse

KEY_USES: Final[Mapping[KeyUse, str | Promise]] = {
    KeyUse.WE_SIGN_SHARED: _("Shared secret with which we sign requests to you"),
    KeyUse.THEY_SIGN_SHARED: _("Shared secret with which you sign answers to us"),
    KeyUse.THEY_SIGN_PUBLIC: _("Your public key, for answers that you sign with your own"),
}
OPERATE_KEY: Final = _("Key with which your system fetches requests")
_PROBLEMS: Final[Mapping[str, str | Promise]] = {
    "colleague_name": _("Write 2 to 40 of the small letters a–z, digits, dots, hyphens and underscores."),
    "left_today": _(
        "This person left today, and what they could do holds until midnight. Give them another role tomorrow."
    ),
    "choose_role": _("Choose what they may do."),
    "last_administrator": _(
        "This is the last administrator. Make somebody else one first: else nobody could let people in."
    ),
    "seat_for_yourself": _("Nobody gives a seat to themselves. Ask another administrator."),
    "seats_are_taken": _("Every seat that the law gives is taken on that day. End one first."),
    "sits_elsewhere": _("This name belongs to somebody who sits, or sat, elsewhere. Take another name here."),
    "day_is_over": _("Choose today or a later day: what was done on an earlier one stays as it was."),
    "day_unreadable": _("Write the day as 2026-11-26."),
    "choose_seat": _("Choose which seat ends."),
    "choose_successor": _("Something lies with them. Choose a colleague who carries on."),
    "successor_is_leaver": _("Choose somebody else than the one who leaves."),
    "successor_has_another_role": _("This colleague may not do all that lies there. Choose another one."),
    "choose_use": _("Choose what it is for."),
    "shown_already": _(
        "This form made its key before, and showed it then. Make another one, and end that one."
    ),
    "not_a_key": _(
        "A public key reads whpk_ and then 44 characters of base64: the 32 bytes of an Ed25519 key."
    ),
}


def problem_words(code: str) -> str:
    """A sentence that says what to do; an unknown code is shown as it is."""
    return str(_PROBLEMS.get(code, code))
