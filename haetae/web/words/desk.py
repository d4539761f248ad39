"""A request as its operator reads it: how it stands, what is asked, what happened, and what follows from an answer."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.flow.delivery.states import Kind
from haetae.flow.removal.states import Ordered, State
from haetae.web.words.answers import reason_of_refusal
from haetae.web.words.codes import code_words
from haetae.web.words.states import StateMark

_WAITS: Final = _("waits for you")
_STATES: Final[Mapping[State, tuple[str, str | Promise, str]]] = {
    State.REQUESTED: ("◇", _WAITS, "wait"),
    State.SENT: ("◇", _WAITS, "wait"),
    State.UNDELIVERABLE: ("◇", _WAITS, "wait"),
    State.OVERDUE: ("!", _("late: waits for you"), "bad"),
    State.CLAIM_FALSE: ("✕", _("said removed, and everybody can still see it"), "bad"),
    State.CLAIMED: ("◕", _("said removed: we look"), "wait"),
    State.REFUSED: ("⊘", _("refused: being decided"), "people"),
    State.UNSURE: ("?", _("cannot tell: being decided"), "people"),
    State.ACCESS_BLOCKED: ("▣", _("said hidden for good: we look"), "quiet"),
    State.VERIFIED: ("✓", _("gone: we saw it twice"), "good"),
    State.REAPPEARED: ("↺", _("it came back, and was asked about anew"), "bad"),
    State.SUPERSEDED: ("⇢", _("decided: a new request carries it"), "quiet"),
    State.NOT_HARMFUL: ("=", _("decided: it may stay"), "quiet"),
}
_TO_BE_SHOWN: Final = ("↑", _("decided: it may stay, and is to be shown again"), "people")
_ASKED: Final[Mapping[str, str | Promise]] = {
    "": _("Delete it"),
    Ordered.REMOVE: _("Delete it: decided by the review commission"),
    Ordered.BLOCK_ACCESS: _("Keep it hidden for good: decided by the review commission"),
    "restore": _("Show it again: decided by the review commission"),
}
_HAPPENED: Final[Mapping[str, str | Promise]] = {
    "removal.requested": _("We decided to ask you"),
    "removal.sent": _("It is with you"),
    "removal.claimed": _("You said that it is removed"),
    "removal.refused": _("You refused"),
    "removal.unsure": _("You said that you cannot tell"),
    "removal.access_blocked": _("You said that it is hidden for good"),
    "removal.verified": _("We saw twice that it is gone"),
    "removal.claim_false": _("We saw twice that it is still there"),
    "removal.overdue": _("The time was up, and people of ours took it over"),
    "removal.undeliverable": _("We found no way to send it to you"),
    "removal.reappeared": _("We saw twice that it is back"),
    "removal.superseded": _("A new request carries the decision"),
    "removal.not_harmful": _("Nothing more is asked: it may stay"),
    "review.opened": _("The review commission has it"),
    "review.remove": _("Decided: it has to be removed"),
    "review.block_access": _("Decided: it has to stay hidden"),
    "review.not_harmful": _("Decided: it may stay"),
    "review.moot": _("Nothing was left to decide: it was gone"),
    "review.block_wanted": _("Your system is asked to hide it for now"),
    "review.block_claimed": _("You said that it is hidden for now"),
    "review.block_seen": _("We saw twice that it is hidden"),
    "review.not_blocked": _("Not hidden: everybody can see it"),
    "review.block_lasting": _("It stays hidden, by decision"),
    "review.block_ended": _("Nothing is left to hide"),
    "review.block_expired": _("The time for hiding it is over, and nothing is decided yet"),
    "review.block_extended": _("It is to stay hidden longer; you may show it by your own judgement"),
    "review.operator_asked_itself": _("Nobody can decide at present: judge by yourself"),
    "review.lift_wanted": _("You are asked to show it again"),
    "review.lift_claimed": _("You said that it is shown again"),
    "review.restored": _("We saw twice that it is back"),
    "review.not_restored": _("It ought to be shown again, and is not yet"),
    "delivery.attempt_failed": _("You could not be reached"),
    "delivery.dead": _("No try reached you: people of ours have it"),
    "delivery.no_channel": _("There was no way to send it to you"),
    "verification.gone_once": _("We looked: gone, to be confirmed"),
    "verification.gone": _("We looked again: gone"),
    "verification.live_once": _("We looked: still there, to be confirmed"),
    "verification.live": _("We looked again: still there"),
    "verification.unknown": _("We looked and could not tell"),
}
TOLD: Final = frozenset(_HAPPENED)
_KINDS: Final[Mapping[Kind, str | Promise]] = {
    Kind.DELETE: _("delete"),
    Kind.BLOCK: _("hide for now"),
    Kind.RESTORE: _("show again"),
}
CONNECTORS: Final[Mapping[str, str | Promise]] = {
    "sandbox": _("the interface of the sandbox platform"),
    "web_page": _("no interface: we only read your public pages"),
    "webhook": _("signed messages to your address (webhook)"),
    "polling": _("your system fetches its requests from us"),
    "email": _("mail with a link to answer by"),
    "matrix": _("the interface of a Matrix server"),
    "xarf": _("abuse reports in the form XARF"),
    "cloudflare": _("the abuse form of Cloudflare"),
    "search_index": _("the form of a search engine"),
    "access_provider": _("the list of an access provider"),
}


def desk_mark(state: str, *, to_be_shown: bool = False, seen_live: bool = False) -> StateMark:
    """`seen_live`: it is late because what the operator said was false."""
    known = State.CLAIM_FALSE if seen_live and state == State.OVERDUE else State(state)
    shape, words, tone = _TO_BE_SHOWN if to_be_shown else _STATES[known]
    return StateMark(shape=shape, words=str(words), tone=tone)


def asked_words(ordered: str, *, to_be_shown: bool = False) -> str:
    """What the operator is asked to do."""
    return str(_ASKED["restore" if to_be_shown else ordered])


def told_words(name: str) -> str:
    """What happened between us; empty for what is not told here."""
    return str(_HAPPENED.get(name, ""))


def told_facts(name: str, facts: Mapping[str, Any]) -> str:
    """A code that helps to understand it; ids stay in the record."""
    if name == "removal.refused":
        return reason_of_refusal(str(facts.get("reason", "")))
    if name.startswith("delivery."):
        return code_words(str(facts.get("code", "")))
    return ""


def connector_words(connector: str) -> str:
    """How an operator is reached; an unknown way is shown by its name."""
    return str(CONNECTORS.get(connector, connector))


def kind_words(kind: str) -> str:
    """What is said to an operator."""
    return str(_KINDS[Kind(kind)])
