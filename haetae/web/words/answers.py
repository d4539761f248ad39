"""What operators answer, and why an answer was not taken: the same sentences at the desk, the API and the mail link."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from haetae.operators.answers.rules import Outcome, Reason, Way, Word

_NOT_KNOWN: Final = _(
    "There is no request to your platform under this number. It was recorded that it was asked for. Look the number"
    " up in your list of requests."
)
# Each refusal says why, and the way out.
OUTCOMES: Final[Mapping[Outcome, str | Promise]] = {
    Outcome.TAKEN: _("Your answer was taken."),
    Outcome.SAID_ALREADY: _("You said this before, and it stands."),
    Outcome.UNSIGNED: _(
        "The answer carries no signature, so nobody can know that it is yours. Sign it with a key of your platform and"
        " send it again."
    ),
    Outcome.BAD_SIGNATURE: _(
        "The signature fits no key of your platform that is in force. Compare the key that signs with those at your"
        " desk, and send it again."
    ),
    Outcome.STALE: _(
        "The answer was signed more than five minutes ago, or ahead of our clock. Set your clock, sign it anew and"
        " send it again."
    ),
    Outcome.REPLAYED: _(
        "An answer with this number was taken before, and this one changed nothing. Give every new answer a number of"
        " its own."
    ),
    Outcome.UNKNOWN_SCHEMA: _(
        "The answer names a form that is not known here. Write it in the form answer/1 and send it again."
    ),
    Outcome.MALFORMED: _(
        "The answer could not be read: something is missing in it, or stands there that may not. Compare it with the"
        " description of answer/1 and send it again."
    ),
    Outcome.NOT_YOURS: _NOT_KNOWN,
    Outcome.UNKNOWN_REQUEST: _NOT_KNOWN,
    Outcome.LINK_USED: _(
        "This link has been used: it takes one answer. To correct that answer, sign in at your desk, or write to the"
        " mailbox that the mail names."
    ),
    Outcome.LINK_OVER: _(
        "This link is no longer good. Take the one in the newest mail about this request, or sign in at your desk."
    ),
    Outcome.TOO_LATE: _(
        "The request has gone on, so this can no longer be said of it. Its page shows how it stands and what can still"
        " be said."
    ),
    Outcome.REASON_MISSING: _("A refusal needs its reason. Choose one and send it again."),
    Outcome.NOTHING_HIDDEN: _(
        "Nothing is hidden for now at this place, and nothing is to be shown again. If you hide it for good, say so as"
        " your answer to the request."
    ),
}
WORDS: Final[Mapping[Word, str | Promise]] = {
    Word.RECEIVED: _("received"),
    Word.REMOVED: _("removed"),
    Word.REFUSED: pgettext_lazy("answer", "refused"),
    Word.UNSURE: _("cannot tell"),
    Word.BLOCKED: _("hidden for good"),
    Word.HIDDEN: _("hidden for now"),
    Word.RESTORED: _("shown again"),
}
# On buttons: short enough to be read at a glance, and no two begin alike.
REASONS: Final[Mapping[Reason, str | Promise]] = {
    Reason.NOT_INTIMATE: _("Nothing intimate in it"),
    Reason.CONSENT_SHOWN: _("Consent was shown to us"),
    Reason.NOTHING_THERE: _("Gone before you asked"),
    Reason.NOT_OURS: _("Not on our platform"),
    Reason.LAWFUL: _("Lawful here"),
    Reason.PRIVATE_CHAT: _("A private chat: out of scope"),
}
WAYS: Final[Mapping[Way, str | Promise]] = {
    Way.API: _("API"),
    Way.WEBHOOK: _("signed answer"),
    Way.MAIL_LINK: _("link in a mail"),
    Way.DESK: _("desk"),
}


def outcome_words(outcome: str) -> str:
    """What became of an answer; an unknown code is shown as it is."""
    return str(OUTCOMES[Outcome(outcome)]) if outcome in set(Outcome) else outcome


def word_words(word: str) -> str:
    """What was said; empty where nothing could be read."""
    return str(WORDS[Word(word)]) if word in set(Word) else word


def reason_of_refusal(reason: str) -> str:
    """Why an operator refuses; a code of its own system is shown as it is."""
    return str(REASONS[Reason(reason)]) if reason in set(Reason) else reason


def way_words(way: str) -> str:
    """By which door it came."""
    return str(WAYS[Way(way)]) if way in set(Way) else way
