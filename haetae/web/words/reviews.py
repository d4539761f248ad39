"""Why something is contested, how it can be decided, and what follows from that, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.web.words.states import StateMark

BECAUSE: Final[Mapping[str, str | Promise]] = {
    "unsure": _("the operator cannot tell"),
    "refused": _("the operator refuses"),
    "hidden_only": _("the operator hides it and does not delete it"),
    "objection": _("somebody objects to a decision that it may stay"),
    "appeal": _("whoever posted it objects"),
    "second_look": _("two people see it differently"),
    "asked": _("a state body asks for a decision"),
}
BY: Final[Mapping[str, str | Promise]] = {
    "operator": _("by the operator"),
    "us": _("by us, in the operator's name"),
}
_STATES: Final[Mapping[str, tuple[str, str | Promise, str]]] = {
    "open": ("◇", _("waits for a decision"), "people"),
    "late": ("!", _("waits too long for a decision"), "bad"),
    "remove": ("✕", _("decided: remove"), "quiet"),
    "block_access": ("▣", _("decided: block access"), "quiet"),
    "not_harmful": ("=", _("decided: not harmful"), "quiet"),
    "moot": ("–", _("over: nothing was left to decide"), "quiet"),
}
DECISIONS: Final[Mapping[str, str | Promise]] = {
    "remove": _("Remove"),
    "block_access": _("Block access"),
    "not_harmful": _("Not harmful"),
}
_FOLLOWS: Final[Mapping[str, str | Promise]] = {
    "remove": _(
        "The operator gets the decision and must delete. From now on the picture is recognised wherever it appears."
        " We look whether it is gone."
    ),
    "block_access": _(
        "The operator gets the decision and must keep it hidden for good. It is not counted as removed."
        " From now on the picture is recognised wherever it appears."
    ),
    "not_harmful": _(
        "Nothing more is asked. What is hidden or deleted is shown again, unless another open case has the same"
        " picture, and we look whether it is back. Where it is found lawful, what called it known acts by itself no"
        " more, unless a decision stands behind that."
    ),
    "moot": _("Nothing is left to decide: we saw twice that it is gone, or an objection was taken back."),
}
REASONS: Final[Mapping[str, str | Promise]] = {
    "no_consent": _("made or spread against the will of the person in it"),
    "manipulated": _("face, body or voice of a person edited or synthesised"),
    "minor": _("the person in it is, or looks like, a minor"),
    "out_of_reach": _("it cannot be deleted where it lies"),
    "lawful": _("nothing in it breaks the law"),
    "mistaken": _("not the picture that it was taken for"),
}


def review_mark(state: str) -> StateMark:
    shape, words, tone = _STATES.get(state, ("·", state, "wait"))
    return StateMark(shape=shape, words=str(words), tone=tone)


def because_words(because: str) -> str:
    return str(BECAUSE.get(because, because))


def by_words(by: str) -> str:
    """Whose act a block is."""
    return str(BY.get(by, by))


def decision_words(decision: str) -> str:
    return str(DECISIONS.get(decision, decision))


def decision_follows(decision: str) -> str:
    """What happens when it is decided so."""
    return str(_FOLLOWS.get(decision, ""))


def ground_words(reason: str) -> str:
    """The ground of a decision."""
    return str(REASONS.get(reason, reason))
