"""Holds in words, for whoever sets them."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.support.retention.rules import REFERENCE_LONGEST
from haetae.agencies.support.retention.states import Part, Reason

REASONS: Final[Mapping[Reason, str | Promise]] = {
    Reason.INVESTIGATION: _("a police investigation"),
    Reason.PROSECUTION: _("a prosecutor's case"),
    Reason.TRIAL: _("a trial"),
}
PARTS: Final[Mapping[Part, str | Promise]] = {
    Part.TOLD: _("what the person wrote about it"),
    Part.LINKS: _("the links"),
    Part.FINGERPRINTS: _("the fingerprints of pictures"),
    Part.COUNSELLING: _("the messages with counsellors"),
    Part.IDENTITY: _("name and contact"),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "case_unknown": _(
        "There is no case with this number, and it is no address either. Copy the whole number of the "
        "case, or a link that begins with https://."
    ),
    "no_case_at_link": _(
        "No case holds this link, or it has not led to a picture yet. Use the number of the case."
    ),
    "case_destroyed": _("This case is destroyed. Nothing is left that could be kept."),
    "nothing_to_keep": _("Choose at least one thing that must be kept."),
    "reason_missing": _("Choose what it is needed for."),
    "reference_missing": _("Give the number of your file, up to %(most)s characters."),
    "reference_is_no_code": _(
        "The file number may hold letters, digits and . _ : / - and no spaces. Write no names here."
    ),
    "until_unreadable": _("Give the last day on which it must be kept."),
    "until_is_over": _("This day is over. Choose a later one."),
    "until_too_far": _(
        "A hold lasts a year at most. Choose an earlier day; when it is still needed then, set it anew."
    ),
}


def why_not_held_words(code: str) -> str:
    """A sentence that names the field and the way out; an unknown code is shown as it is."""
    words = str(_WHY_NOT.get(code, code))
    return words % {"most": REFERENCE_LONGEST} if "%(most)s" in words else words
