"""What is asked of those who stand between, and how it stands, in words. Nothing here is called a removal."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.web.words.states import StateMark

KINDS: Final[Mapping[str, str | Promise]] = {
    "host_notice": _("host: asked to take it down"),
    "cdn_notice": _("CDN: asked to deliver it no more"),
    "de_index": _("search engine: asked to leave it out of its results"),
    "cached_copy": _("search engine: asked to drop its own copies"),
    "access_block": _("access provider: ordered to open it no more"),
}
_STATES: Final[Mapping[str, tuple[str, str | Promise, str]]] = {
    "wanted": ("→", _("to be asked"), "wait"),
    "sent": ("◑", _("has been asked"), "wait"),
    "claimed": ("◕", _("says that it has acted"), "quiet"),
    "refused": ("⊘", _("says no"), "people"),
    "unsure": ("?", _("cannot tell"), "people"),
    "undeliverable": ("⊘", _("could not be asked"), "people"),
    "claim_false": ("✕", _("says that it has acted, and everybody can see it"), "bad"),
    "withdrawn": ("–", _("not wanted any more"), "quiet"),
    "lifted": ("↑", _("undone, by its own word"), "quiet"),
}
# What a person whose case it is reads, when it was asked and when somebody says that it is done.
_TOLD: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "sent": {
        "host_notice": _("We asked the company on whose computers the site runs."),
        "cdn_notice": _("We asked the company that carries the site to its visitors."),
        "de_index": _("We asked a search engine to leave it out of its results."),
        "cached_copy": _("We asked a search engine to delete its own copy."),
        "access_block": _("An internet company was told to open this address no more."),
    },
    "claimed": {
        "host_notice": _("The company on whose computers the site runs says that it took it down."),
        "cdn_notice": _("The company that carries the site says that it carries it no more."),
        "de_index": _("A search engine says that it shows it no more. It is not deleted by that."),
        "cached_copy": _("A search engine says that its own copy is deleted."),
        "access_block": _("An internet company says that it opens it no more. It is not deleted by that."),
    },
}
TOLD: Final = frozenset(f"remedies.{state}" for state in _TOLD)


def remedy_words(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def remedy_mark(state: str, *, must_be_told: bool = False) -> StateMark:
    """What is wanted no more and not undone yet needs somebody's eye."""
    shape, words, tone = _STATES.get(state, ("·", state, "wait"))
    if state == "withdrawn" and must_be_told:
        shape, words, tone = "↑", _("is to undo it, and has not said so"), "people"
    return StateMark(shape=shape, words=str(words), tone=tone)


def told_words(name: str, kind: str) -> str:
    """Empty for what tells a person nothing."""
    return str(_TOLD.get(name.removeprefix("remedies."), {}).get(kind, ""))
