"""Why something was refused, in the words that the page of that room shows; the code was recorded, never written."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from haetae.web.words import enforcement, sanctions
from haetae.web.words.case_refusals import case_refusal
from haetae.web.words.refusals import refusal_words
from haetae.web.words.story.telling import Words
from haetae.web.words.undercover import undercover_refusal

# A page that is not there for somebody says nothing at all, so that nobody learns that there is one.
_NOT_THERE: Final[Mapping[str, Words]] = {
    "file_of_others": _("There is no such file for whoever does not work on it."),
}


def _investigation(code: str) -> str:
    return str(_NOT_THERE[code])


_ROOMS: Final[Mapping[str, Callable[[str], str]]] = {
    "looks": refusal_words,
    "review": refusal_words,
    "orders": enforcement.problem_words,
    "sanctions": sanctions.problem_words,
    "support": case_refusal,
    "referrals": case_refusal,
    "investigation": _investigation,
    "undercover": undercover_refusal,
}


def refused_words(room: str, code: str) -> str:
    """Raises KeyError for a room of which nothing was recorded."""
    return _ROOMS[room](code)
