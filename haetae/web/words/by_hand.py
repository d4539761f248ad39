"""Why people decide at a place, why that ends, and why a mark is not taken, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.flow.by_hand.rules import REFERENCE_LONGEST
from haetae.flow.by_hand.states import EndGround, Ground

GROUNDS: Final[Mapping[Ground, str | Promise]] = {
    Ground.PUBLIC_OFFICE: _("somebody in public office speaks here, or is spoken about"),
    Ground.PRESS: _("the press"),
    Ground.CRITICISM: _("criticism of those in power"),
    Ground.ELECTION: _("an election"),
    Ground.WORK: _("art, science or teaching"),
}
END_GROUNDS: Final[Mapping[EndGround, str | Promise]] = {
    EndGround.NO_LONGER: _("it is no longer of public interest"),
    EndGround.MISTAKEN: _("it was marked by mistake"),
}
_REFUSALS: Final[Mapping[str, str | Promise]] = {
    "mark_place_unreadable": _(
        "This is no web address. Copy a host like news.example, or the beginning of a link."
    ),
    "mark_place_too_long": _("This address is too long or too deep. Shorten it to a folder further up."),
    "mark_ground_missing": _("Choose why a person decides there."),
    "mark_end_ground_missing": _("Choose why it ends."),
    "mark_stands_already": _("This place is marked already; you find it below."),
    "mark_not_standing": _("Somebody wants it ended already, or it has ended. Look at it again below."),
    "mark_not_ending": _("Nobody wants it ended any more, or it has ended. Look at it again below."),
    "mark_same_official": _("You wanted it ended. Another official must agree."),
    "reference_missing": _("Give the number of your file, %(most)s characters at most."),
    "reference_is_no_code": _(
        "The number of your file is digits, letters and . _ : / - without spaces. No names."
    ),
}


def refusal_words(code: str) -> str:
    """A sentence that names the field and the way out; an unknown code is shown as it is."""
    words = str(_REFUSALS.get(code, code))
    return words % {"most": REFERENCE_LONGEST} if "%(most)s" in words else words
