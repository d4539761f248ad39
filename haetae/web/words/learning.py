"""What the pages are called to which a lesson leads."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PAGES: Final[Mapping[str, str | Promise]] = {
    "help_law": _("All penalties, by the day of the deed"),
    "help_under_19": _("If you are under 19"),
    "help_friends": _("For friends"),
    "help_parents": _("For parents"),
    "help_teachers": _("For teachers"),
    "help_rights": _("Your rights"),
    "report": _("I have a link"),
    "hash": _("I have the picture or film"),
    "own_report": _("Did you do it yourself? You can tell the police."),
}


def page_words(name: str) -> str:
    """Raises KeyError for a page to which no lesson leads."""
    return str(_PAGES[name])
