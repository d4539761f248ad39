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
    "verification": _("Checked by us"),
}
SOURCES: Final[Mapping[str, str | Promise]] = {
    "report": _("by a report"),
    "watch": _("by watching public pages"),
}
SEEN: Final[Mapping[str, str | Promise]] = {
    "gone": pgettext_lazy("seen", "gone"),
    "live": pgettext_lazy("seen", "still there"),
    "unknown": pgettext_lazy("seen", "cannot tell"),
}
PROBES: Final[Mapping[str, str | Promise]] = {
    "planned": _("planned"),
    "gone_once": _("gone once, second look to come"),
    "gone": _("gone, seen twice"),
    "live": _("still there"),
    "unknown": _("cannot tell, looks again"),
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
}


def state_mark(state: str) -> StateMark:
    shape, words, tone = _MARKS.get(state, ("·", state, "wait"))
    return StateMark(shape=shape, words=str(words), tone=tone)


def stage_words(stage: str) -> str:
    return str(STAGES.get(stage, stage))
