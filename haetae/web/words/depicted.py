"""Who is in the picture, by the word of whoever reported it: as the form asks, and as each side reads the answer."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.flow.arrival.states import Depicted

# The answer in the form; what the person then reads of it; what an official reads.
DEPICTED: Final[Mapping[str, tuple[str | Promise, str | Promise, str | Promise]]] = {
    "me": (_("Me"), _("You told us that the person in it is you."), _("it is me")),
    "in_my_care": (
        _("My child, or somebody I look after"),
        _("You told us that the person in it is your child, or somebody you look after."),
        _("it is my child, or somebody I look after"),
    ),
    "somebody_else": (
        _("Somebody else"),
        _("You told us that the person in it is somebody else."),
        _("it is somebody else"),
    ),
    "unsaid": (
        _("I would rather not say"),
        _("You did not say who is in it. That is all right."),
        "",
    ),
}


def answers() -> list[tuple[str, str]]:
    """Value and words of what can be chosen, in their order."""
    return [(answer.value, str(DEPICTED[answer][0])) for answer in Depicted]


def answer_words(depicted: str) -> str:
    """What the person who gave the answer reads of it."""
    return str(DEPICTED[depicted][1]) if depicted in DEPICTED else ""


def told_words(told: Iterable[str]) -> str:
    """What officials read of all reports of one place, empty where there is none. `told` are the answers, each once."""
    found = set(told)
    said = [str(DEPICTED[answer][2]) for answer in Depicted if answer in found - {Depicted.UNSAID}]
    if said:
        words = now("Whoever reported it says of the person in it: %(said)s. Nobody has checked that.")
        return words % {"said": " · ".join(said)}
    return now("Whoever reported it did not say who is in it.") if found else ""
