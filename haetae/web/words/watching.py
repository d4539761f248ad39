"""Watch lists in words: states, kinds of places, why nothing was seen, and why something was not taken."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.flow.arrival.watching.rules import (
    DEPTH_MOST,
    EVERY_LEAST_S,
    HOSTS_MOST,
    LONGEST,
    NAME_LONGEST,
    NAME_SHORTEST,
    PHRASE_LONGEST,
    PHRASE_SHORTEST,
    PHRASES_MOST,
    PLACES_MOST,
    WEIGHT_MOST,
    WHY_LONGEST,
    WHY_SHORTEST,
)
from haetae.flow.arrival.watching.states import Kind, State
from haetae.web.words.codes import code_words

# Tone, shape, words.
STATES: Final[Mapping[State, tuple[str, str, str | Promise]]] = {
    State.DRAFT: ("people", "◆", _("drafted; another official switches it on")),
    State.ON: ("good", "●", _("on")),
    State.PAUSED: ("people", "‖", _("paused")),
    State.ENDED: ("quiet", "–", _("ended")),
}
KINDS: Final[Mapping[Kind, str | Promise]] = {
    Kind.PAGE: _("page"),
    Kind.FEED: _("feed (RSS, Atom)"),
    Kind.SITEMAP: _("sitemap"),
    Kind.CHANNEL: _("open channel, as everybody sees it without an account"),
    Kind.SEARCH: _("what a search engine still suggests, or keeps a small copy of"),
}
_NOT_SEEN: Final[Mapping[str, str | Promise]] = {
    "seen": _("seen"),
    "unchanged": _("unchanged since the last visit"),
    "robots": _("its robots.txt asks not to visit it"),
    "robots_unreachable": _("its robots.txt did not answer, so we wait"),
    "banned": _("the host turns us away: left alone"),
    "too_many_hops": _("it leads on and on"),
    "outside": _("it leads to where the list may not go"),
    "private": _("it leads into a private room, which is never opened"),
    "engine_error": _("a fault of ours: it is visited again"),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "watch_name": _("Give the list a name of %(name_least)s to %(name_most)s characters."),
    "watch_name_taken": _("A list of this name is there already. Give another name, or end that one first."),
    "watch_purpose": _("Say why it is watched, in %(least)s to %(most)s characters."),
    "watch_basis": _("Choose the legal basis on which it is watched. It must hold today."),
    "watch_until": _("Give the day on which it ends."),
    "watch_until_over": _("The day on which it ends is over. Choose a later one."),
    "watch_until_long": _("A list ends after %(days)s days at the latest. It can be extended later."),
    "watch_every": _("A visit every %(every)s seconds is the most often, once a day the least."),
    "watch_depth": _("Links are followed 0 to %(depth)s deep."),
    "watch_weight": _("The risk is a number from 1 to %(weight)s."),
    "watch_places": _("Name at least one address, and %(places)s at most."),
    "watch_hosts": _("Name %(hosts)s further hosts at most."),
    "watch_host": _("This is not the name of a public host, such as board.example."),
    "watch_phrases": _("Give %(phrases)s phrases at most."),
    "watch_phrase": _("A phrase has %(phrase_least)s to %(phrase_most)s characters."),
    "watch_link_missing": _("There is no address."),
    "watch_link_too_long": _("This address is too long."),
    "watch_link_without_scheme": _("A public address begins with http:// or https://. Nothing else is visited."),
    "watch_link_with_spaces": _("An address holds no spaces. Put each one on a line of its own."),
    "watch_link_unreadable": _("This address cannot be read. Copy it once more."),
    "watch_link_sign_in": _("This address carries a name to sign in with. Only what everybody may see is visited."),
    "watch_invitation": _("This is an invitation. Nobody joins anything here; name a page that everybody may read."),
    "watch_private_room": _("This is a private place, or leads into one. Private chats are never visited."),
    "watch_not_draft": _("It does not wait to be switched on any more."),
    "watch_same_person": _("You drafted it yourself. Another official must switch it on."),
    "watch_not_on": _("It is not on."),
    "watch_not_paused": _("It is not paused."),
    "watch_over": _("It has ended already."),
    "watch_not_running": _("It does not run, so there is nothing to extend."),
    "watch_extended_same_person": _("You said last until when. Another official must extend it."),
    "watch_why": _("Say why, in %(least)s to %(most)s characters."),
    "watch_all_stopped": _("Everything stands still already."),
    "watch_not_stopped": _("Nothing stands still."),
}  # fmt: skip
_NUMBERS: Final = {
    "name_least": NAME_SHORTEST,
    "name_most": NAME_LONGEST,
    "least": WHY_SHORTEST,
    "most": f"{WHY_LONGEST:,}",
    "days": LONGEST.days,
    "every": EVERY_LEAST_S,
    "depth": DEPTH_MOST,
    "weight": WEIGHT_MOST,
    "places": PLACES_MOST,
    "hosts": HOSTS_MOST,
    "phrases": PHRASES_MOST,
    "phrase_least": PHRASE_SHORTEST,
    "phrase_most": PHRASE_LONGEST,
}


def watch_refusal(code: str) -> str:
    """Why something was not taken; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    return code if words is None else str(words) % _NUMBERS


def visit_words(code: str) -> str:
    """What the last visit came to."""
    if not code:
        return now("not visited yet")
    if code in _NOT_SEEN:
        return str(_NOT_SEEN[code])
    words = code_words(code)
    if words == code and code.startswith("unreadable"):
        return now("what answers cannot be read")
    return now("not opened, by our own rule") if words == code and code.startswith("refused") else words
