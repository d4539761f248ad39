"""Who acts, in the words of the story, and the few words that stand in its drawings."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from haetae.accounts.permissions import Role
from haetae.web.words.people import role_words
from haetae.web.words.story.telling import Words

BOXES: Final[Mapping[str, Words]] = {
    "report": _("Tell us"),
    "gone": _("Seen gone"),
    "doubt": _("In doubt"),
    "sanction": _("Untrue"),
    "back": _("Back again"),
    "support": _("Support"),
    "police": _("Police"),
    "end": _("Erased"),
    "proof": _("Proven"),
}
_WHO: Final[Mapping[str, Words]] = {
    "public": _("the person"),
    "system": _("our system"),
    "operator": _("the platform"),
    "official": _("an official"),
}
_ROLES: Final = frozenset(str(role) for role in Role)


def who_words(who: str) -> str:
    """A role of an agency, or whoever stands outside of them."""
    return role_words(Role(who)) if who in _ROLES else str(_WHO.get(who, who))


def icon_of(who: str) -> str:
    """`person`, `machine` or `house`: told apart by shape."""
    return {"system": "machine", "operator": "house"}.get(who, "person")
