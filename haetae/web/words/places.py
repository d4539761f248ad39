"""What a person reads about one place of their case: one of seven plain states, and what we do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Plain(StrEnum):
    """All that can be the matter with a place, as a person in shock has to tell them apart."""

    FOUND = "found"
    ASKED = "asked"
    HIDDEN = "hidden"
    SAID_DELETED = "said_deleted"
    GONE = "gone"
    MAY_STAY = "may_stay"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class PlaceMark:
    """`tone` is a class of the stylesheet: good, wait or people. `more` says what we do, in a sentence or two."""

    plain: Plain
    shape: str
    words: str
    more: str
    tone: str


_PLAIN: Final[Mapping[Plain, tuple[str, str | Promise]]] = {
    Plain.FOUND: ("○", _("We found it")),
    Plain.ASKED: ("→", _("We asked for deletion")),
    Plain.HIDDEN: ("▣", _("Hidden for now")),
    Plain.SAID_DELETED: ("◔", _("The site says: deleted")),
    Plain.GONE: ("✓", _("Gone")),
    Plain.MAY_STAY: ("=", _("It may stay")),
    Plain.REFUSED: ("–", _("The site said no")),
}
_Mark = tuple[Plain, str | Promise, str]
_LOOKING: Final[_Mark] = (
    Plain.FOUND,
    _("We are looking at it. A program compares it with pictures that are already confirmed."),
    "wait",
)
_PERSON: Final[_Mark] = (Plain.FOUND, _("A person has to look at this. We could not tell alone."), "people")
_ASKED: Final[_Mark] = (Plain.ASKED, _("The site has our request. We wait for its answer."), "wait")
_CAME_BACK: Final[_Mark] = (
    Plain.ASKED,
    _("It came back. We asked again by ourselves; you don't have to do anything."),
    "wait",
)
_MARKS: Final[Mapping[str, _Mark]] = {
    "found": _LOOKING,
    "open": _LOOKING,
    "request": (Plain.ASKED, _("We are asking the site to delete it."), "wait"),
    "review": _PERSON,
    "undetermined": _PERSON,
    "nothing": (
        Plain.FOUND,
        _("It matches no confirmed picture. That does not mean that nothing is wrong."),
        "people",
    ),
    "requested": (Plain.ASKED, _("We are asking the site to delete it."), "wait"),
    "sent": _ASKED,
    "superseded": _ASKED,
    "claimed": (Plain.SAID_DELETED, _("We are looking whether that is true."), "wait"),
    "verified": (Plain.GONE, _("We looked twice, without an account, and nobody can see it."), "good"),
    "reappeared": _CAME_BACK,
    "unsure": (
        Plain.ASKED,
        _("The site is not sure. People are deciding, and until then we want it hidden."),
        "people",
    ),
    "refused": (Plain.REFUSED, _("People are deciding what happens next."), "people"),
    "claim_false": (
        Plain.ASKED,
        _("The site said that it is deleted, but we still see it. People have taken it over."),
        "people",
    ),
    "overdue": (
        Plain.ASKED,
        _("It takes longer than it should. People have taken it over, and we go on looking."),
        "people",
    ),
    "undeliverable": (
        Plain.FOUND,
        _("We have no way yet to ask this site. A person is looking for one."),
        "people",
    ),
    "access_blocked": (
        Plain.HIDDEN,
        _(
            "The site says that nobody can open it any more."
            " It is hidden, not deleted, so we do not count it as gone."
        ),
        "wait",
    ),
    "not_harmful": (
        Plain.MAY_STAY,
        _("People decided that it may stay. If that is wrong, object: a counsellor helps you."),
        "people",
    ),
}
_HIDDEN: Final[_Mark] = (
    Plain.HIDDEN,
    _("We looked: nobody can open it. People are deciding whether it must be deleted."),
    "wait",
)
_SAID_HIDDEN: Final[_Mark] = (
    Plain.HIDDEN,
    _("The site says so, and we are looking whether it is true. People are deciding about deletion."),
    "wait",
)


_OBJECTED: Final = _(
    "Somebody objects to that. People look at it again; until they decide, it stays as it is."
)


def objection_words() -> str:
    """That somebody objects, and nothing of who: the person concerned need do nothing about it."""
    return str(_OBJECTED)


def place_mark(state: str, *, block: str, came_back: bool) -> PlaceMark:
    """`block` is the state of a block that has not ended, or empty. An unknown state is a person's to look at."""
    mark = _MARKS.get(state, _PERSON)
    if state in {"unsure", "refused", "overdue"} and block in {"hidden", "kept"}:
        mark = _HIDDEN
    elif state in {"unsure", "refused", "overdue"} and block == "claimed":
        mark = _SAID_HIDDEN
    elif came_back and state in {"requested", "sent"}:
        mark = _CAME_BACK
    plain, more, tone = mark
    shape, words = _PLAIN[plain]
    return PlaceMark(plain=plain, shape=shape, words=str(words), more=str(more), tone=tone)


def plain_words(plain: Plain) -> str:
    """The state alone, for a sum."""
    return str(_PLAIN[plain][1])
