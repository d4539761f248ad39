"""A designation in words: its states, what it rests on, and why something was not taken."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.enforcement.designation.states import SeenOn, State, WhyEnded

Words = Mapping[str, str | Promise]
STATES: Final[Mapping[State, tuple[str, str, str | Promise]]] = {
    # Tone, shape, words.
    State.PROPOSED: ("people", "◆", _("proposed; the operator is to be heard")),
    State.HEARING: ("people", "◆", _("the operator is heard; another official signs")),
    State.DESIGNATED: ("people", "◆", _("designated; an officer and a hotline are to be named")),
    State.COMPLIED: ("good", "✓", _("designated; an officer and a hotline are named")),
    State.NOT_COMPLIED: ("bad", "!", _("designated, and it did not do what that asks")),
    State.ENDED: ("quiet", "–", _("ended")),
    State.DROPPED: ("quiet", "–", _("dropped before it was signed")),
}
SEEN_ON: Final[Words] = {
    SeenOn.WEB_PAGE: _("on a web page"),
    SeenOn.SEARCH_RESULT: _("in search results"),
    SeenOn.PUBLIC_POST: _("in a public post"),
    SeenOn.SERVICE_LISTING: _("in the service's own public list"),
}
ENDED: Final[Words] = {
    WhyEnded.BELOW_SIZE: _("It has become smaller than the size."),
    WhyEnded.NO_OPEN_CHANNELS: _("It has no open channels any more."),
    WhyEnded.CLOSED_DOWN: _("The service has closed down."),
    WhyEnded.IN_ERROR: _("It should not have been designated."),
}
_PROBLEMS: Final[Words] = {
    "designation_open_already": _("It is proposed or designated already."),
    "users_not_known": _("Nobody knows how many users a day it has. Note it first, with its source."),
    "too_few_users": _("It has fewer users a day than the size from which on it can be designated."),
    "no_open_channel": _("No open channel of it is noted. Note where everybody can read an invitation first."),
    "designation_reason": _("Say why, in 10 to 4,000 characters."),
    "designation_not_heard": _("The operator has not been heard. Ask for its opinion, or record the law's exception."),
    "designation_hearing_runs": _("The time for its opinion still runs."),
    "designation_not_open": _("It does not wait for this any more."),
    "designation_same_official": _("You proposed it yourself. Another official must sign it."),
    "designation_not_in_force": _("It is not in force, or that is so already."),
    "no_officer_named": _("No youth protection officer is noted. Note who it is first."),
    "no_hotline_named": _("No hotline is noted. Note its address first."),
    "channel_not_public": _("Note only what everybody can read: never a chat that somebody was let into."),
    "channel_link": _("Write the whole invitation, beginning with https://."),
    "channel_source": _("Say where it stood in public, in 4 to 500 characters."),
    "channel_title": _("What the channel calls itself: one line, up to 200 characters."),
    "channel_subscribers": _("The number of subscribers is a whole number, as it is shown there."),
    "channel_in_future": _("It can have been seen today at the latest."),
    "channel_incomplete": _("Choose where it stood and on which day you saw it."),
    "question_in_future": _("That moment has not come yet."),
    "question_order": _("It cannot have answered before it was asked."),
    "question_answered_already": _("It has answered already. The first answer counts."),
    "question_incomplete": _("Write the day and the time."),
    "reason_missing": _("Choose why."),
}  # fmt: skip


def problem_words(code: str) -> str:
    """Why something was not taken; an unknown code is shown as it is."""
    return str(_PROBLEMS.get(code, code))
