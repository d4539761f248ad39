"""What a deletion cost, in words: work, states, and why something was not taken."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.recovery.rules import PLACES_MOST, REFERENCE_LONGEST, WHY_LONGEST, WHY_SHORTEST
from haetae.agencies.recovery.states import ServedBy, State, Work

WORK: Final[Mapping[Work, str | Promise]] = {
    Work.EXAMINATION: _("a picture or film examined"),
    Work.REQUEST: _("a request to delete that reached an operator"),
    Work.LOOK: _("a look whether it is gone"),
}
# Tone, shape, words.
STATES: Final[Mapping[State, tuple[str, str, str | Promise]]] = {
    State.DRAFTED: ("people", "◆", _("drafted; another official signs")),
    State.SIGNED: ("people", "◆", _("signed; the notice is to be served")),
    State.SERVED: ("people", "◆", _("served; the time to pay runs")),
    State.OVERDUE: ("bad", "!", _("not paid in time")),
    State.PAID: ("good", "✓", _("paid")),
    State.WITHDRAWN: ("quiet", "–", _("withdrawn")),
}
SERVED_BY: Final[Mapping[ServedBy, str | Promise]] = {
    ServedBy.POST: _("by post"),
    ServedBy.HAND: _("by hand"),
    ServedBy.PUBLICATION: _("by publication"),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "cost_work": _("Choose which work it is the price of."),
    "cost_sum": _("The price is a whole number of won above 0."),
    "cost_since": _("Give the first day on which work costs this."),
    "cost_source": _("Say on what the number rests: a decision, a table, its day."),
    "cost_set_already": _("A price for this work and this day is set. Set another one from another day on."),
    "charge_name": _("Give the name of whoever has to pay, as the decision says it."),
    "charge_address": _("Give the address to which the notice goes."),
    "charge_decision": _("Name the court and the number of its decision. Nobody is charged without one."),
    "charge_decided_on": _("Give the day of the court's decision, today at the latest."),
    "charge_pay_to": _("Say to which account it is to be paid."),
    "charge_places": _("Give the number of at least one place, and of %(places)s at most."),
    "charge_place_unreadable": _("A line holds no number of a place. One whole number on each line."),
    "charge_place_unknown": _("A number belongs to no place here. Copy it from the handover of the support centre."),
    "charge_place_charged": _("Somebody is charged for one of these places already. Withdraw that charge first."),
    "charge_nothing": _("No price holds for any work that the record shows there. Set the prices first."),
    "charge_not_drafted": _("It does not wait for a signature."),
    "charge_own": _("You drafted it yourself. Another official must sign it."),
    "charge_record_changed": _("The record does not show all of this work any more. Withdraw it and draft it anew."),
    "charge_not_signed": _("It is not signed, or was served already."),
    "charge_way": _("Choose how it was served."),
    "charge_day": _("Give the day."),
    "charge_day_to_come": _("This day has not come yet."),
    "charge_served_before": _("It cannot have been served before it was signed."),
    "charge_not_payable": _("Nothing is to be paid on it now."),
    "charge_paid_before": _("It cannot have been paid before it was served."),
    "charge_won": _("The sum is a whole number of won above 0."),
    "charge_too_much": _("That is more than what is left. Note what belongs to this charge alone."),
    "charge_reference": _("Give the number under which it stands on the account, up to %(reference)s characters."),
    "charge_reference_used": _("This number stands for another sum or day already."),
    "charge_over": _("It is paid or withdrawn."),
    "charge_why": _("Say why, in %(least)s to %(most)s characters."),
}  # fmt: skip


def recovery_refusal(code: str) -> str:
    """Why something was not taken; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    if words is None:
        return code
    return str(words) % {
        "places": PLACES_MOST,
        "reference": REFERENCE_LONGEST,
        "least": WHY_SHORTEST,
        "most": f"{WHY_LONGEST:,}",
    }
