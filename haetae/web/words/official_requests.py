"""What officials ask platforms, the commission and the centre for, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from haetae.agencies.investigation.deletions.states import State as Deletion
from haetae.agencies.investigation.preservation.states import Origin
from haetae.agencies.investigation.preservation.states import State as Keeping
from haetae.agencies.investigation.subscribers.states import Refusal, State, Way
from haetae.law.asking import DataKind, Instrument
from haetae.web.words.states import StateMark

Words = str | Promise
_STATES: Final[Mapping[State, tuple[str, Words, str]]] = {
    State.DRAFT: ("○", _("draft: another officer signs it"), "people"),
    State.SIGNED: ("◆", _("signed: to be sent"), "people"),
    State.DROPPED: ("–", _("dropped"), "quiet"),
    State.SENT: ("→", _("sent, no answer yet"), "quiet"),
    State.ACKNOWLEDGED: ("→", _("the platform has it"), "quiet"),
    State.NO_ANSWER: ("!", _("no answer in our own term"), "bad"),
    State.PARTLY: ("◐", _("answered in part"), "people"),
    State.ANSWERED: ("✓", _("answered by the platform"), "good"),
    State.REFUSED: ("✕", _("refused by the platform"), "bad"),
}
_NOTED: Final[Mapping[State, Words]] = {
    State.SIGNED: _("signed by a second officer"),
    State.SENT: _("sent to the platform"),
}
_KEEPING: Final[Mapping[Keeping, tuple[str, Words, str]]] = {
    Keeping.APPLIED: ("○", _("a prosecutor decides"), "quiet"),
    Keeping.URGENT: ("!", _("asked at once, not approved yet"), "people"),
    Keeping.APPROVED: ("◆", _("approved: to be sent"), "people"),
    Keeping.SENT: ("→", _("asked, no report yet"), "quiet"),
    Keeping.KEPT: ("✓", _("the platform keeps it"), "good"),
    Keeping.NOT_KEPT: ("✕", _("the platform does not keep it"), "bad"),
    Keeping.REFUSED: ("✕", _("refused by the prosecutor"), "bad"),
    Keeping.LAPSED: ("✕", _("lapsed: nobody approved it in time"), "bad"),
    Keeping.OVER: ("–", _("over"), "quiet"),
}
_DELETION: Final[Mapping[Deletion, tuple[str, Words, str]]] = {
    Deletion.WAITING: ("○", _("the address is being opened"), "quiet"),
    Deletion.ASKED: ("✓", _("everybody was asked"), "good"),
    Deletion.NOT_FOUND: ("!", _("no picture lies there"), "bad"),
}
ORIGINS: Final[Mapping[Origin, Words]] = {
    Origin.POLICE: _("the police apply"),
    Origin.URGENT: _("urgent: the police have asked already"),
    Origin.PROSECUTOR: _("by a prosecutor"),
}
INSTRUMENTS: Final[Mapping[Instrument, Words]] = {
    Instrument.PLATFORM_FORM: _("the platform's form for authorities, or a letter"),
    Instrument.MLAT: _("mutual legal assistance between states"),
    Instrument.WARRANT: _("a court's permission or warrant"),
}
DATA: Final[Mapping[DataKind, Words]] = {
    DataKind.IDENTITY: _("name and registration"),
    DataKind.CONTACT: _("telephone number and mail address"),
    DataKind.ACCOUNT_DATES: _("when the account was made and last used"),
    DataKind.LOGIN_ADDRESSES: _("access records with addresses and times"),
    DataKind.PAYMENT: _("payments"),
    DataKind.CONTENT: _("content of posts and messages"),
}
WAYS: Final[Mapping[Way, Words]] = {
    Way.PLATFORM_FORM: _("by the platform's form"),
    Way.MAIL: _("by mail to its desk for authorities"),
    Way.LETTER: _("by letter"),
    Way.THROUGH_MINISTRY: _("through the prosecutor and the ministry"),
}
REFUSED_FOR: Final[Mapping[Refusal, Words]] = {
    Refusal.NOT_DUAL_CRIMINAL: _("it is no crime where the platform is"),
    Refusal.POLICY: _("against the platform's own rules"),
    Refusal.NO_DATA: _("it has no such data"),
    Refusal.NO_JURISDICTION: _("it says that we have no jurisdiction"),
    Refusal.NEEDS_MLAT: _("it wants mutual legal assistance"),
    Refusal.NEEDS_WARRANT: _("it wants a court's warrant"),
    Refusal.TOO_BROAD: _("it finds the request too broad"),
    Refusal.NO_REASON: _("it gave no reason"),
}
_WHY_NOT: Final[Mapping[str, Words]] = {
    "no_legal_basis": _("Choose the article on which you ask. Without a legal basis nothing is asked."),
    "platform_is_no_host": _(
        "Name the platform by its host, like example.org: so it counts as one everywhere."
    ),
    "no_account": _("Name at least one account, one on each line."),
    "too_many_accounts": _("Name at most 20 accounts, each with at most 200 characters."),
    "no_offence_that_day": _(
        "The offence of this file was none on that day, as far as the law is known here. Check the day of the act."
    ),
    "time_range_wrong": _("The period must begin before it ends, and end before now."),
    "no_data_chosen": _("Choose what you ask for."),
    "data_beyond_basis": _(
        "This article does not reach all that you chose. Choose less, or another article."
    ),
    "preserved_needs_warrant": _(
        "Data that is only kept is acquired on a court's permission or warrant alone. Choose such an article."
    ),
    "warrant_missing": _("This article needs the number of a court's permission or warrant."),
    "warrant_not_needed": _(
        "This article rests on no warrant. Choose the one that does, or leave the number out."
    ),
    "request_text_long": _("A text is too long: at most 2,000 characters each."),
    "office_missing": _("Say which office asks, and how the platform reaches it."),
    "facts_missing": _("Say in at least 10 characters what happened."),
    "dual_criminality_missing": _(
        "The platform is abroad: say in at least 10 characters why it is a crime there too, or why you think so."
    ),
    "request_own_draft": _("You drafted this. Another officer of this file signs it."),
    "request_not_now": _("That does not fit where the request stands now."),
    "day_ahead": _("That moment lies ahead."),
    "day_before_last": _("That moment lies before the step before it."),
    "moment_missing": _("Say when it happened."),
    "way_missing": _("Say how it was sent."),
    "answer_unknown": _("Choose what the platform said."),
    "refusal_reason_missing": _("Choose why the platform refused, as it said."),
    "reasons_without_refusal": _("Reasons belong to a refusal, or to an answer in part."),
    "answer_empty": _("Enter what was handed over. If it was nothing, it is a refusal."),
    "data_without_answer": _("Data comes with an answer alone."),
    "answer_too_long": _("At most 20,000 characters. Note the rest as an answer of its own."),
    "preservation_holds_no_data": _(
        "This only keeps. Nothing that a platform sent can be entered here: ask for it with a court's warrant."
    ),
    "why_keep_missing": _("Say in at least 10 characters why it must be kept."),
    "urgency_missing": _("Say in at least 10 characters why it could not wait for a prosecutor."),
    "urgent_too_old": _("The time in which a prosecutor has to approve it is over already. Apply instead."),
    "keep_own_application": _("You asked for it yourself. Another prosecutor decides."),
    "keep_own_file": _("You work on this file. Somebody who does not decides."),
    "keep_not_waiting": _("It does not wait for a decision any more."),
    "keep_refusal_missing": _("Say in at least 10 characters why not."),
    "keep_file_unknown": _("Nothing of a file with this number was laid before you. Check the number."),
    "keep_not_now": _("That does not fit where it stands now."),
    "not_chosen": _("Choose one of the two."),
    "not_confirmed_public": _(
        "Confirm first that everybody can see it. It is asked without delay then, and not before."
    ),
    "deletion_no_link": _(
        "That is no address that can be opened. Copy it from the browser, with https:// before it."
    ),
    "deletion_note_length": _("Say in 10 to 2,000 characters what the others should know."),
}


def request_mark(state: str) -> StateMark:
    return _mark(_STATES[State(state)])


def noted_mark(state: str) -> StateMark:
    """What happened then, where request_mark says what waits now."""
    words = _NOTED.get(State(state))
    mark = request_mark(state)
    return StateMark(shape=mark.shape, words=str(words), tone="quiet") if words else mark


def keeping_mark(state: str) -> StateMark:
    return _mark(_KEEPING[Keeping(state)])


def deletion_mark(state: str) -> StateMark:
    return _mark(_DELETION[Deletion(state)])


def official_refusal(code: str) -> str:
    """Why something was not taken; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    return str(words) if words else _now(code)


def _mark(found: tuple[str, Words, str]) -> StateMark:
    shape, words, tone = found
    return StateMark(shape=shape, words=str(words), tone=tone)
