"""Looking at a published picture, in words: why, how it went, and what somebody may say of it."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.looks.states import Answer, Reason, State, Step

REASONS: Final[Mapping[Reason, str | Promise]] = {
    Reason.CHECK_MATCH: _("To see whether it is what a hash was given for"),
    Reason.CHECK_REPORT: _("To see whether it is what somebody reported"),
    Reason.CHECK_MODELS: _("To see whether what the models suspect is so"),
    Reason.DECIDE: _("To say what it shows, because words and facts do not"),
}
STEPS: Final[Mapping[Step, str | Promise]] = {
    Step.BLURRED: _("One look, grey and blurred"),
    Step.CLEARER: _("One clearer look, grey"),
}
# What is said where no picture stands any more.
STATES: Final[Mapping[State, str | Promise]] = {
    State.BEGUN: _("It was not looked at in time, and this look is over. It counts for nothing."),
    State.TAKEN: _(
        "It is being fetched, or that broke off. Each look is had once, so this one is used up. Ask for another."
    ),
    State.SHOWN: _("You have seen it. It was shown once and is kept nowhere."),
    State.FAILED: _("There was nothing to show. This look does not count."),
}
ANSWERS: Final[Mapping[Answer, tuple[str | Promise, str | Promise]]] = {
    Answer.MATCH: (
        _("It is what it was reported or known as"),
        _(
            "The operator is asked to delete it. What it surely is known as counts as checked from now on, so that"
            " copies elsewhere are asked for and nobody has to look at them."
        ),
    ),
    Answer.SOMETHING_ELSE: (
        _("It is something else"),
        _(
            "Nothing is asked here. The hash that somebody gave stays: one look of one person does not undo it."
        ),
    ),
    Answer.CANNOT_TELL: (_("I cannot tell"), _("The task stays, for you or for somebody else.")),
    Answer.HANDED_ON: (_("Hand it on"), _("The task stays for somebody else. Nobody asks why.")),
}
# What is said after a look before a decision: codes that all who decide read, and no words about anybody.
FOUND: Final[Mapping[Answer, str | Promise]] = {
    Answer.MATCH: _("It shows what was reported"),
    Answer.SOMETHING_ELSE: _("It shows something else"),
    Answer.CANNOT_TELL: _("It cannot be told from it"),
}
ALTERED: Final = _("It is visibly altered")
MINOR: Final = _("Somebody in it looks like a minor")


def found_words(answer: Answer, *, altered: bool, minor: bool) -> list[str]:
    """One finding, the marks behind it."""
    marks = ((altered, ALTERED), (minor, MINOR))
    return [str(FOUND[answer]), *(str(words) for is_set, words in marks if is_set)]


def reason_words(reason: Reason) -> str:
    return str(REASONS[reason])
