"""Surcharges and administrative fines in words: what they are, how they stand, and why something was not taken."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.enforcement.sanctions.rules import EVIDENCE_MOST, LONGEST, SHORTEST
from haetae.agencies.enforcement.sanctions.states import Kind, Served, State
from haetae.law.sanctioning.facts import Factor, Level
from haetae.web.words.refusals import refusal_words
from haetae.web.words.states import StateMark

Words = Mapping[str, str | Promise]
KINDS: Final[Words] = {Kind.SURCHARGE: _("Surcharge"), Kind.FINE: _("Administrative fine")}
SERVED: Final[Words] = {
    Served.LETTER: _("by post or by hand"),
    Served.MAIL: _("by electronic mail"),
    Served.DESK: _("at its desk here"),
}
LEVELS: Final[Words] = {Level.HIGH: _("high"), Level.MIDDLE: _("middle"), Level.LOW: _("low")}
_MARKS: Final[Mapping[State, tuple[str, str | Promise, str]]] = {
    State.PROPOSED: ("◇", _("proposed"), "people"),
    State.HEARING: ("…", _("the operator is heard"), "people"),
    State.DECIDED: ("◆", _("decided, and not served yet"), "people"),
    State.NOTIFIED: ("→", _("to be paid"), "quiet"),
    State.PAID: ("✓", _("paid"), "good"),
    State.CONTESTED: ("↯", _("contested"), "people"),
    State.UPHELD: ("=", _("upheld, to be paid"), "quiet"),
    State.CHANGED: ("±", _("changed, to be paid"), "quiet"),
    State.ANNULLED: ("○", _("annulled"), "quiet"),
    State.DROPPED: ("–", _("dropped before it was decided"), "quiet"),
}
# What our own record counts for a level, in words with the number.
COUNTED: Final[Words] = {
    Factor.REQUESTS: _("%(number)s requests"),
    Factor.RECOVERY: _("%(number)s %% never seen gone"),
    Factor.HARM: _("%(number)s still there after a claim, or back again"),
    Factor.SCALE: _("%(number)s users a day"),
}
BY_MINORS: Final = _("%(number)s in which a minor may be shown: high whatever the rest")
_PROBLEMS: Final[Words] = {
    "fine_without_order": _(
        "Nobody is sanctioned without an order that was issued and not followed in time. This order is not there yet,"
        " or it was followed."
    ),
    "surcharge_for_a_duty": _(
        "A surcharge is for pictures that were not deleted on purpose. For a duty that is about no single picture"
        " there is a fine."
    ),
    "article_does_not_fit": _("This article does not stand behind this order, or was not in force that day."),
    "sanctioned_already": _("The same failure is sanctioned in this way already. Nobody pays twice for it."),
    "intent_missing": _(
        "Say what shows that it was on purpose, in %(least)s to %(most)s characters. Without it the law gives no"
        " surcharge."
    ),
    "revenue_from_missing": _("Say where the revenue comes from, in %(least)s to %(most)s characters."),
    "revenue_unreadable": _(
        "Write the revenue in whole won, for up to three years, or leave all of them empty."
    ),
    "factor_missing": _("Choose a level for each of the six."),
    "evidence_missing": _("A level above low rests on evidence. Name at least one number for each."),
    "evidence_too_much": _("Name %(evidence)s pieces of evidence at most for one level."),
    "level_reason_missing": _(
        "Where you choose another level than the record proposes, say why, in %(least)s to %(most)s characters."
    ),
    "effort_reason_missing": _("Say why it is more or less for effort, in %(least)s to %(most)s characters."),
    "effort_too_far": _("More or less for effort goes up to half, and no further."),
    "number_unreadable": _("Write whole numbers only."),
    "earlier_below_record": _("The record holds more earlier ones that stand than you wrote. They count."),
    "amount_above_cap": _("No sum goes above what the law allows."),
    "nothing_to_pay": _(
        "This comes to nothing. Where there is no revenue, leave it empty: another article holds then."
    ),
    "decided_already": _("This is decided already, so nothing of it was changed."),
    "not_your_proposal": _("Only whoever proposed it works it out anew. Drop it, or let a colleague decide."),
    "over_the_hearing": _(
        "The operator is heard about a lower sum. It may fall and not rise: drop this one and propose another."
    ),
    "past_the_hearing": _("The hearing has begun already, or is over."),
    "not_in_hearing": _("The operator has to be heard first, or the exception recorded."),
    "signed_by_proposer": _("You proposed it. Another official decides."),
    "sheet_altered": _(
        "The worksheet does not come to this sum. Nothing was signed. Tell whoever runs this system."
    ),
    "not_decided_yet": _("Nobody is told of what is not decided."),
    "notified_already": _("It was served already, on another day or in another way."),
    "day_to_come": _("This day has not come yet."),
    "day_unreadable": _("Choose a day."),
    "served_before_decided": _("It cannot have been served before it was decided."),
    "way_missing": _("Choose how it was served."),
    "not_payable": _(
        "Nothing is to be paid for it now: it is not served, contested, annulled, or paid already."
    ),
    "paid_before_notice": _("Nobody paid before it was served. Look at the day once more."),
    "sum_unreadable": _("Write a sum in whole won, above nothing."),
    "payment_above": _("This is more than what is left to be paid. Look at the sum once more."),
    "reference_missing": _("Write the number under which it stands on the account."),
    "reference_used": _("This number stands for another payment already."),
    "nothing_to_pay_back": _("Nothing was paid beyond what stands."),
    "pay_back_above": _("This is more than what has to be paid back."),
    "not_notified_yet": _("Only what was served can be contested."),
    "contested_already": _(
        "It was contested already. What was decided about that stands; a court can be asked."
    ),
    "contest_too_late": _(
        "The time to contest it is over. One that reached us in time can be written down by an official."
    ),
    "text_length": _("Write %(least)s to %(most)s characters."),
    "not_contested": _("Nobody contests it, so there is nothing to decide about."),
    "third_person_needed": _("You proposed or decided it. A third official decides about it now."),
    "changed_not_lower": _("Contesting makes nothing worse: the new sum has to be lower, and above nothing."),
    "outcome_unknown": _("Choose what becomes of it."),
}


def mark(state: str) -> StateMark:
    shape, words, tone = _MARKS[State(state)]
    return StateMark(shape=shape, words=str(words), tone=tone)


def problem_words(code: str) -> str:
    """A sentence that says what to do; what belongs to hearings has its words there."""
    if code not in _PROBLEMS:
        return refusal_words(code)
    numbers = {"least": f"{SHORTEST:,}", "most": f"{LONGEST:,}", "evidence": EVIDENCE_MOST}
    words = str(_PROBLEMS[code])
    return words % numbers if "%(" in words else words


def won(sum_: int) -> str:
    """As both languages write it, with the unit."""
    return str(_("%(sum)s won")) % {"sum": f"{sum_:,}"}
