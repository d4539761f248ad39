"""What a person who sent a link reads about one place: short, true, and without a word of the trade."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class PlaceMark:
    """`tone` is a class of the stylesheet: good, wait or people. `more` is a second sentence, often empty."""

    shape: str
    words: str
    more: str
    tone: str


_LOOKING: Final = (
    "○",
    _("We are looking at it"),
    _("A program compares it with pictures that are already confirmed."),
    "wait",
)
_PERSON: Final = ("○", _("A person has to look at this"), _("We could not tell by ourselves."), "people")
_ASKED: Final = ("→", _("We asked the site to delete it"), "", "wait")
_LONG: Final = (
    "!",
    _("It takes longer than it should"),
    _("People have taken it over from the program, and we go on looking."),
    "people",
)
_MARKS: Final[Mapping[str, tuple[str, str | Promise, str | Promise, str]]] = {
    "found": _LOOKING,
    "open": _LOOKING,
    "request": _ASKED,
    "review": _PERSON,
    "undetermined": _PERSON,
    "nothing": (
        "–",
        _("It matches no confirmed picture"),
        _("That does not mean that nothing is wrong."),
        "people",
    ),
    "requested": ("→", _("We are asking the site to delete it"), "", "wait"),
    "sent": _ASKED,
    "superseded": _ASKED,
    "claimed": (
        "◔",
        _("The site says that it is deleted"),
        _("We are looking whether that is true."),
        "wait",
    ),
    "verified": ("✓", _("Gone"), _("We looked twice."), "good"),
    "reappeared": ("→", _("It came back"), _("We are asking for deletion again."), "wait"),
    "unsure": (
        "○",
        _("The site is not sure"),
        _("People are deciding. Until then we want it hidden."),
        "people",
    ),
    "refused": ("○", _("The site has said no"), _("People are deciding what happens next."), "people"),
    "claim_false": (
        "!",
        _("The site said deleted, but we still see it"),
        _("People have taken it over."),
        "people",
    ),
    "overdue": _LONG,
    "undeliverable": (
        "!",
        _("We have no way yet to ask this site"),
        _("A person is looking for one."),
        "people",
    ),
    "access_blocked": (
        "▣",
        _("The site says that nobody can open it any more"),
        _("It is hidden, not deleted, so we do not count it as gone."),
        "wait",
    ),
    "not_harmful": (
        "=",
        _("People decided that it may stay"),
        _("If that is wrong, call one of the numbers below."),
        "people",
    ),
}
_HIDDEN: Final = (
    "▣",
    _("Hidden for now"),
    _("We looked: nobody can open it. People are deciding whether it must be deleted."),
    "wait",
)
_SAID_HIDDEN: Final = (
    "▣",
    _("The site says that it is hidden for now"),
    _("We are looking whether that is true. People are deciding whether it must be deleted."),
    "wait",
)


def place_mark(state: str, *, block: str, came_back: bool) -> PlaceMark:
    """`block` is the state of a block that has not ended, or empty. An unknown state is a person's to look at."""
    shape, words, more, tone = _MARKS.get(state, _PERSON)
    if state in {"unsure", "refused", "overdue"} and block in {"hidden", "kept"}:
        shape, words, more, tone = _HIDDEN
    elif state in {"unsure", "refused", "overdue"} and block == "claimed":
        shape, words, more, tone = _SAID_HIDDEN
    elif came_back and state in {"requested", "sent"}:
        shape, words, more, tone = _MARKS["reappeared"]
    return PlaceMark(shape=shape, words=str(words), more=str(more), tone=tone)
