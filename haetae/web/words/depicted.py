"""Who is in the picture, by the word of whoever reported it: as officials read the answer."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.flow.arrival.states import Depicted

_SAID: Final[Mapping[Depicted, str | Promise]] = {
    Depicted.ME: _("it is me"),
    Depicted.IN_MY_CARE: _("it is my child, or somebody I look after"),
    Depicted.SOMEBODY_ELSE: _("it is somebody else"),
}


def told_words(told: Iterable[str]) -> str:
    """What officials read of all reports of one place, empty where there is none. `told` are the answers, each once."""
    found = set(told)
    said = [str(words) for answer, words in _SAID.items() if answer in found]
    if said:
        words = now("Whoever reported it says of the person in it: %(said)s. Nobody has checked that.")
        return words % {"said": " · ".join(said)}
    return now("Whoever reported it did not say who is in it.") if found else ""
