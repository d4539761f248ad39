"""Who is in the picture, by the word of whoever reported it: as each side reads the answer."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.flow.arrival.states import Depicted

# What the person reads of the answer; what an official reads.
DEPICTED: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "me": (_("You told us that the person in it is you."), _("it is me")),
    "in_my_care": (
        _("You told us that the person in it is your child, or somebody you look after."),
        _("it is my child, or somebody I look after"),
    ),
    "somebody_else": (
        _("You told us that the person in it is somebody else."),
        _("it is somebody else"),
    ),
    "unsaid": (
        _("You did not say who is in it. That is all right."),
        "",
    ),
}


def answer_words(depicted: str) -> str:
    """What the person who gave the answer reads of it."""
    return str(DEPICTED[depicted][0]) if depicted in DEPICTED else ""


def told_words(told: Iterable[str]) -> str:
    """What officials read of all reports of one place, empty where there is none. `told` are the answers, each once."""
    found = set(told)
    said = [str(DEPICTED[answer][1]) for answer in Depicted if answer in found - {Depicted.UNSAID}]
    if said:
        words = now("Whoever reported it says of the person in it: %(said)s. Nobody has checked that.")
        return words % {"said": " · ".join(said)}
    return now("Whoever reported it did not say who is in it.") if found else ""
