"""Hearings in words: before which act, of whom, how they stand, and why nobody was heard."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.flow.hearings.states import About, Party, State, Told, Unheard, Way
from haetae.web.words.states import StateMark

ABOUT: Final[Mapping[About, str | Promise]] = {
    About.REVIEW: _("Decision of the review commission"),
    About.ORDER: _("Corrective order"),
    About.SANCTION: _("Surcharge or administrative fine"),
    About.DESIGNATION: _("Designation"),
}
# What the operator reads above the form.
ASKS: Final[Mapping[About, str | Promise]] = {
    About.REVIEW: _(
        "The review commission decides about one of our requests to you. Before it decides, you can say what you think."
        " It decides in any case, also when you say nothing."
    ),
    About.ORDER: _(
        "The regulator prepares an order to you. Before it is issued, you can say what you think."
        " The draft stands below."
    ),
    About.SANCTION: _(
        "The regulator prepares a surcharge or a fine. Before it is decided, you can say what you think."
        " What it rests on stands below."
    ),
    About.DESIGNATION: _(
        "The regulator prepares a designation that brings duties with it."
        " Before it is made, you can say what you think."
        " What it rests on stands below."
    ),
}
PARTIES: Final[Mapping[Party, str | Promise]] = {
    Party.OPERATOR: _("The operator"),
    Party.POSTER: _("Whoever posted it"),
}
_STATES: Final[Mapping[State, tuple[str, str | Promise, str]]] = {
    State.ASKED: ("◇", _("asked, no word yet"), "people"),
    State.HEARD: ("✓", _("heard"), "good"),
    State.WAIVED: ("–", _("has nothing to say"), "quiet"),
    State.SILENT: ("…", _("asked, and said nothing in time"), "quiet"),
    State.LEFT_OUT: ("/", _("not heard: the exception is recorded"), "quiet"),
}
# The same for the party itself.
_AT_THE_DESK: Final[Mapping[State, tuple[str, str | Promise, str]]] = {
    State.ASKED: ("◇", _("waits for your word"), "people"),
    State.HEARD: ("✓", _("you were heard"), "good"),
    State.WAIVED: ("–", _("you said that you have nothing to say"), "quiet"),
    State.SILENT: ("…", _("nothing was said in time"), "quiet"),
    State.LEFT_OUT: ("/", _("you were not asked"), "quiet"),
}
TOLD: Final[Mapping[Told, str | Promise]] = {
    Told.MAIL: _("told by mail, with a link to its desk"),
    Told.MAIL_UNSURE: _("a mail went out; nobody said whether it was taken"),
    Told.MAIL_REFUSED: _("its mailbox takes no mail: it stands at its desk, so call them"),
    Told.NO_MAILBOX: _("no mailbox is known: it stands at its desk, so call them"),
    Told.NO_MAIL_SERVER: _("mail is not set up here: it stands at its desk, so call them"),
}
UNHEARD: Final[Mapping[Unheard, str | Promise]] = {
    Unheard.URGENT: _("It is urgent: waiting would do harm"),
    Unheard.DIFFICULT: _("It clearly cannot be done: nobody knows who it is, or where"),
    Unheard.UNNECESSARY: _("It is clearly not needed: the party has said all of it before"),
}
WAYS: Final[Mapping[Way, str | Promise]] = {
    Way.DESK: _("written at the operator's desk"),
    Way.LETTER: _("by letter or mail"),
    Way.TELEPHONE: _("by telephone"),
    Way.OBJECTION: _("by the objection, which stands there"),
}


def hearing_mark(state: State) -> StateMark:
    """As officials read it."""
    shape, words, tone = _STATES[state]
    return StateMark(shape=shape, words=str(words), tone=tone)


def desk_mark(state: State) -> StateMark:
    """As the operator itself reads it."""
    shape, words, tone = _AT_THE_DESK[state]
    return StateMark(shape=shape, words=str(words), tone=tone)
