"""The record of operators and orders to them, in words: what stands out, what an order rests on, why not."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.enforcement.orders.rules import LONGEST, MOST_ITEMS, SHORTEST
from haetae.agencies.enforcement.orders.states import Ground, Outcome, State, Way
from haetae.agencies.enforcement.record.figures import Finding, Kind, Record
from haetae.web.words.refusals import refusal_words
from haetae.web.words.states import StateMark

Words = str | Promise

GROUNDS: Final[Mapping[Ground, Words]] = {
    Ground.DECISION_IGNORED: _("a decision of the commission was not followed"),
    Ground.CLAIM_FALSE: _("said to be removed, and still there"),
    Ground.OVERDUE: _("neither acted nor asked the commission"),
    Ground.DUTY: _("a duty that is about no single picture"),
}
GROUND_MEANS: Final[Mapping[Ground, Words]] = {
    Ground.DECISION_IGNORED: _("It orders what the commission decided, and nothing else."),
    Ground.CLAIM_FALSE: _(
        "It orders the operator to do as it said, or to ask the commission. It does not say that anything is unlawful."
    ),
    Ground.OVERDUE: _(
        "It orders the operator to act or to ask the commission, and never to delete what nobody has decided."
    ),
    Ground.DUTY: _(
        "It names an article. Two officials say whether it was followed: no look of ours can see that."
    ),
}
_MARKS: Final[Mapping[State, tuple[str, Words, str]]] = {
    State.DRAFT: ("✎", _("a draft"), "wait"),
    State.PRIOR_OPINION: ("◇", _("the operator is heard"), "people"),
    State.ISSUED: ("§", _("in force"), "people"),
    State.COMPLIED: ("✓", _("followed"), "good"),
    State.NOT_COMPLIED: ("✕", _("not followed"), "bad"),
    State.MOOT: ("○", _("decided otherwise since"), "quiet"),
    State.DROPPED: ("–", _("dropped before it was signed"), "quiet"),
}
OUTCOMES: Final[Mapping[Outcome, tuple[str, Words, str]]] = {
    Outcome.DONE: ("✓", _("done: our own look saw it"), "good"),
    Outcome.ASKED: ("✓", _("the operator asked the commission"), "good"),
    Outcome.SETTLED: ("✓", _("decided since: that decision says what follows"), "good"),
    Outcome.LIVE: ("✕", _("still there after the day: our own look saw it"), "bad"),
    Outcome.UNKNOWN: ("?", _("not known yet"), "wait"),
}
WAYS: Final[Mapping[Way, Words]] = {
    Way.MAIL: _("by mail to its mailbox"),
    Way.DESK: _("opened at its desk"),
    Way.LETTER: _("by letter"),
}
KINDS: Final[Mapping[Kind, Words]] = {
    Kind.ASKED: _("requests made"),
    Kind.CLAIMED: _("said to be removed"),
    Kind.VERIFIED: _("seen gone by us"),
    Kind.CLAIM_FALSE: _("said removed, still there"),
    Kind.REFUSED: _("refused to act"),
    Kind.UNSURE: _("cannot tell"),
    Kind.IGNORED: _("decided, not followed"),
    Kind.OVERDUE: _("left too long"),
    Kind.REAPPEARED: _("came back"),
    Kind.OUTAGE: _("our upload check was down"),
}
_FINDINGS: Final[Mapping[Finding, Words]] = {
    Finding.IGNORES: _("Decisions of the commission were not followed: %(count)s."),
    Finding.CLAIMS_FALSELY: _("%(percent)s %% of what it said was removed was still there."),
    Finding.LEAVES_WAITING: _("%(percent)s %% of what it was asked was left too long."),
    Finding.COMES_BACK: _("%(percent)s %% of what was gone came back at the same place."),
    Finding.REFUSES: _("%(percent)s %% of what it was asked was refused."),
    Finding.NOTHING: _("Nothing stands out."),
    Finding.TOO_FEW: _("Too few requests to say anything."),
}
_REFUSALS: Final[Mapping[str, Words]] = {
    "order_same_person": _("You drafted this order. Another official has to sign it."),
    "order_not_heard": _("The operator comes first: let the draft be heard, then sign."),
    "order_signed": _("This order is signed. It cannot be changed or dropped any more."),
    "order_not_draft": _("Only a draft is put before the operator."),
    "order_item_changed": _("One of the requests fits no longer. Take it out, then sign."),
    "order_length": _("Say why, in %(least)s to %(most)s characters."),
    "order_no_duty": _("Choose the duty that the order is about."),
    "order_no_items": _("Choose at least one request that the order is about."),
    "order_too_many": _("One order is about at most %(most)s requests. Make two of it."),
    "order_about_both": _("An order is about requests or about a duty, not about both."),
    "duty_is_about_none": _("An order about a duty is about no single request."),
    "item_of_another": _("One of the requests does not belong to this operator."),
    "item_in_another_order": _("One of the requests stands in another order already."),
    "item_not_waiting": _(
        "One of the requests waits for nothing that could be ordered: it was removed, or is still in time."
    ),
    "item_not_delivered": _("One of the requests has never reached the operator."),
    "item_not_decided": _(
        "Nobody has decided about one of the requests. The regulator decides no single picture alone:"
        " ask the commission."
    ),
    "item_is_decided": _(
        "The commission has decided about one of them. Order that the decision is followed."
    ),
    "item_claim_not_false": _("Our own looks have proven no claim about one of the requests false."),
    "item_not_overdue": _("The time for one of the requests is not over."),
    "order_served_when": _("The day must lie between the signature and now."),
    "order_not_in_force": _("This order is not in force."),
    "order_said_already": _("That has been said already."),
    "order_found_already": _("You have said what you found. A second official says what they find."),
    "order_time_runs": _("Its time still runs. Nobody can say yet that it was not followed."),
    "order_seen_by_probe": _("Our own looks settle this. People speak only where they cannot tell."),
    "order_not_said": _("Choose what you found."),
    "order_no_day": _("Write the day as year, month and day."),
}
_NUMBERS: Final[Mapping[str, tuple[int, int]]] = {
    "order_length": (SHORTEST, LONGEST),
    "order_too_many": (1, MOST_ITEMS),
}


def order_mark(state: str) -> StateMark:
    shape, words, tone = _MARKS[State(state)]
    return StateMark(shape=shape, words=str(words), tone=tone)


def outcome_mark(outcome: Outcome) -> StateMark:
    shape, words, tone = OUTCOMES[outcome]
    return StateMark(shape=shape, words=str(words), tone=tone)


def problem_words(code: str) -> str:
    """Why something about an order was not taken, and what to do; an unknown code is looked up with all others."""
    if code not in _REFUSALS:
        return refusal_words(code)
    least, most = _NUMBERS.get(code, (0, 0))
    words = str(_REFUSALS[code])
    return words % {"least": f"{least:,}", "most": f"{most:,}"} if code in _NUMBERS else words


def finding_words(record: Record) -> str:
    """The one thing that stands out, as a sentence: it must not have to be read out of a table."""
    figures = record.figures
    share = {
        Finding.CLAIMS_FALSELY: (figures.false_claims, figures.claimed),
        Finding.LEAVES_WAITING: (figures.overdue, figures.asked),
        Finding.COMES_BACK: (figures.reappeared, figures.verified),
        Finding.REFUSES: (figures.refused, figures.asked),
    }.get(record.finding, (0, 0))
    words = str(_FINDINGS[record.finding])
    if record.finding is Finding.IGNORES:
        return words % {"count": f"{figures.ignored:,}"}
    return words % {"percent": round(100 * share[0] / share[1])} if share[1] else words


def duty_line(words: str, citation: str) -> str:
    """What a provision is about, with its article."""
    return f"{words} ({citation})"
