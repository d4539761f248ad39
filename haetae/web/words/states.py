"""States in words and as shapes: nobody has to tell two colours apart to read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STAGES: Final[Mapping[str, str | Promise]] = {
    "arrival": _("Found"),
    "assessment": _("Examined"),
    "removal": _("Deletion asked"),
    "review": _("In review"),
    "verification": _("Checked by us"),
}
SOURCES: Final[Mapping[str, str | Promise]] = {
    "report": _("by a report"),
    "watch": _("by watching public pages"),
    "upload_check": _("by a platform that asked before publishing"),
}
SEEN: Final[Mapping[str, str | Promise]] = {
    "gone": pgettext_lazy("seen", "gone"),
    "live": pgettext_lazy("seen", "still there"),
    "unknown": pgettext_lazy("seen", "cannot tell"),
}
PROBES: Final[Mapping[str, str | Promise]] = {
    "planned": _("planned"),
    "gone_once": _("gone once, second look to come"),
    "live_once": _("there once, second look to come"),
    "gone": _("gone, seen twice"),
    "live": _("still there"),
    "unknown": _("cannot tell, looks again"),
}
PURPOSES: Final[Mapping[str, str | Promise]] = {
    "removal": _("Is it gone?"),
    "block": _("Is it hidden?"),
    "restore": _("Is it back?"),
}


@dataclass(frozen=True, kw_only=True)
class StateMark:
    """`tone` is a class of the stylesheet: wait, people, bad, good or quiet."""

    shape: str
    words: str
    tone: str


_MARKS: Final[Mapping[str, tuple[str, str | Promise, str]]] = {
    "found": ("○", _("found"), "wait"),
    "open": ("◔", _("being examined"), "wait"),
    "request": ("→", _("deletion will be asked"), "wait"),
    "review": ("◆", _("a person decides"), "people"),
    "nothing": ("–", _("no lead"), "quiet"),
    "undetermined": ("?", _("could not be judged"), "people"),
    "requested": ("→", _("request prepared"), "wait"),
    "sent": ("◑", _("sent to the operator"), "wait"),
    "claimed": ("◕", _("claimed removed"), "wait"),
    "refused": ("⊘", _("operator refused"), "people"),
    "unsure": ("?", _("operator is unsure"), "people"),
    "verified": ("✓", _("verified removed"), "good"),
    "claim_false": ("✕", _("false claim"), "bad"),
    "overdue": ("!", _("overdue"), "bad"),
    "undeliverable": ("⊘", _("cannot be delivered"), "people"),
    "reappeared": ("↺", _("back again"), "bad"),
    "access_blocked": ("▣", _("hidden for good, not removed"), "quiet"),
    "superseded": ("⇢", _("replaced by a decision"), "wait"),
    "not_harmful": ("=", _("decided: may stay"), "quiet"),
}
_BLOCKS: Final[Mapping[str, tuple[str, str | Promise, str]]] = {
    "wanted": ("◌", _("the operator's system is asked to hide it for now"), "wait"),
    "claimed": ("◐", _("said to be hidden for now; we are looking"), "wait"),
    "hidden": ("◉", _("hidden for now; we saw it twice"), "wait"),
    "not_done": ("!", _("not hidden: everybody can see it"), "bad"),
    "expired": ("!", _("the time of the block is over: it is about to be shown again"), "bad"),
    "lasting": ("▣", _("stays hidden, by decision"), "quiet"),
    "lifting": ("↑", _("is to be shown again"), "wait"),
    "kept": ("◉", _("stays hidden for another open case with the same picture"), "people"),
    "lift_claimed": ("↑", _("said to be shown again; we are looking"), "wait"),
    "restored": ("✓", _("shown again; we saw it twice"), "quiet"),
    "not_back": ("!", _("ought to be shown again and is not"), "bad"),
    "ended": ("–", _("over: it was removed"), "quiet"),
}


def state_mark(state: str) -> StateMark:
    shape, words, tone = _MARKS.get(state, ("·", state, "wait"))
    return StateMark(shape=shape, words=str(words), tone=tone)


def block_mark(state: str) -> StateMark:
    """How a provisional block stands."""
    shape, words, tone = _BLOCKS.get(state, ("·", state, "wait"))
    return StateMark(shape=shape, words=str(words), tone=tone)


def stage_words(stage: str) -> str:
    return str(STAGES.get(stage, stage))
