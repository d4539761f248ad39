"""Undercover operations in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.investigation.undercover.rules import ITEM_LONGEST, ITEMS_MOST, TEXT_SHORTEST
from haetae.agencies.investigation.undercover.states import Desk, Item, Material, Paper, State, WhyEnded
from haetae.law.undercover import ActKind, Operation, Threshold
from haetae.web.words.investigations import investigation_refusal

Words = str | Promise
KINDS: Final[Mapping[Operation, Words]] = {
    Operation.UNDISCLOSED: _("Undisclosed identity"),
    Operation.ASSUMED: _("Assumed identity"),
}
STATES: Final[Mapping[State, tuple[str, Words]]] = {
    State.WAITING: ("○", _("Nobody has decided: nothing may be done")),
    State.URGENT: ("!", _("Begun in urgency, without permission yet")),
    State.RUNNING: ("▶", _("Permitted")),
    State.ENDED: ("■", _("Over")),
    State.NEVER_BEGUN: ("×", _("Never begun")),
}
PAPERS: Final[Mapping[Paper, Words]] = {
    Paper.APPLIED: _("applied for"),
    Paper.PETITIONED: _("before the court"),
    Paper.RETURNED: _("came back: something is missing"),
    Paper.GRANTED: _("permitted"),
    Paper.REFUSED: _("refused"),
    Paper.WITHDRAWN: _("taken back"),
    Paper.LAPSED: _("needed no more: the operation is over"),
}
WHY_ENDED: Final[Mapping[WhyEnded, Words]] = {
    WhyEnded.PURPOSE_REACHED: _("Its purpose is reached"),
    WhyEnded.PERIOD_OVER: _("What was permitted is over"),
    WhyEnded.NOT_PERMITTED_IN_TIME: _("Nobody permitted it in time"),
    WhyEnded.REFUSED: _("It was refused"),
    WhyEnded.WITHDRAWN: _("The application was taken back"),
    WhyEnded.GIVEN_UP: _("It was given up"),
}
DESKS: Final[Mapping[Desk, Words]] = {
    Desk.APPROVER: _("The head of investigation of the next higher office decides next."),
    Desk.PROSECUTOR: _("The prosecutor decides next, whether to ask the court."),
    Desk.COURT: _("The court decides next."),
}
ITEMS: Final[Mapping[Item, Words]] = {
    Item.TARGET: _("Target"),
    Item.PLACE: _("Place or channel"),
    Item.METHOD: _("Method"),
}
ACTS: Final[Mapping[ActKind, Words]] = {
    ActKind.APPROACH: _("approach somebody"),
    ActKind.OBSERVE: _("join or watch a conversation"),
    ActKind.NOT_DISCLOSE: _("not say, or deny, being the police"),
    ActKind.BUY: _("buy material"),
    ActKind.RECEIVE: _("receive material for free"),
    ActKind.USE_PAPERS: _("make, change or use papers of another identity"),
    ActKind.CONTRACT: _("contract or deal under the other identity"),
    ActKind.POSSESS: _("possess material"),
    ActKind.PROVIDE: _("hand material over"),
    ActKind.SELL: _("sell material"),
    ActKind.ADVERTISE: _("advertise material"),
}
THRESHOLDS: Final[Mapping[Threshold, Words]] = {
    Threshold.NECESSITY: _("Why it is necessary"),
    Threshold.SUFFICIENT_GROUNDS: _(
        "What grounds there are to suspect that the crime is planned or committed"
    ),
    Threshold.OTHER_MEANS_HARD: _("Why other means would hardly stop it, find who does it, or give evidence"),
    Threshold.UNAVOIDABLE: _("Why it cannot be avoided"),
}
MATERIALS: Final[Mapping[Material, Words]] = {
    Material.NONE: _("no material"),
    Material.NOBODY: _("material without a victim"),
    Material.ADULT: _("an adult is shown"),
    Material.UNDER_19: _("somebody under 19 is shown, or may be"),
    Material.INFIRM: _("somebody is shown who cannot judge what it means"),
    Material.UNKNOWN: _("it is not known who is shown"),
}
REPORTED: Final[Mapping[str, Words]] = {
    "office": _("Requesting office"),
    "approved_period": _("Approved period"),
    "ended_at": _("Ended"),
    "end_reason": _("Reason of the end"),
    "target": _("Target"),
    "method": _("Method"),
    "summary": _("Summary"),
    "necessity": _("Why it was necessary"),
    "count": _("Count"),
}
_WHY_NOT: Final[Mapping[str, Words]] = {
    # Why an act is refused.
    "operation_over": _("This operation is over. Nothing more may be done in it."),
    "no_law_today": _("No law lets the police do this today."),
    "longest_over": _("The longest time that the law allows is over."),
    "permit_not_yet": _("What was permitted has not begun yet."),
    "permit_over": _("What was permitted is over."),
    "not_permitted": _("Nobody has permitted it yet."),
    "urgent_over": _("The hours for a permission after an urgent start are over: it has stopped by law."),
    "urgent_not_applied": _("The application came back. Send it again first: nothing is done meanwhile."),
    "act_not_in_law": _("The law does not let the police do this in such an operation."),
    "act_not_in_scope": _("What was permitted does not cover this kind of act."),
    "target_not_in_scope": _("What was permitted does not name this target."),
    "place_not_in_scope": _("What was permitted does not name this place or channel."),
    "method_not_in_scope": _("What was permitted does not name this method."),
    "material_not_said": _("Say who is shown in the material."),
    "material_of_minor": _("Material in which somebody under 19 is shown is never handed on."),
    "material_of_infirm": _(
        "Material of somebody who cannot judge what it means is never handed on, not even with consent."
    ),
    "material_of_unknown": _("Where nobody knows who is shown, material is not handed on."),
    "material_without_consent_rule": _(
        "Here the law knows no consent by which somebody may be shown: it is not allowed."
    ),
    "consent_missing": _("The written consent of the person shown is missing."),
    "consent_withdrawn": _("The person shown has taken the consent back."),
    "consent_over": _("The consent does not cover this moment."),
    "consent_not_for_this": _("The consent does not cover this kind of act."),
    "intent_not_said": _("Say on what it rests that the other intended the crime before."),
    "what_missing": _("Write what is done, in a sentence at least."),
    # Why a form is not taken.
    "offence_not_covered": _(
        "The law allows no undercover work for the offence of this file, or not with such a victim."
        " Begin a file about the right offence."
    ),
    "office_missing": _("Name the office that applies."),
    "purpose_missing": _("Write the purpose, in a sentence at least."),
    "scope_missing": _("Write the scope, in a sentence at least."),
    "support_missing": _("Write what is enclosed to show the reasons."),
    "threshold_missing": _("Write for each condition of the law why it is met."),
    "target_missing": _("Name one target at least."),
    "place_missing": _("Name one place or channel at least."),
    "method_missing": _("Name one method at least."),
    "items_many": _("Name %(items)s at most of each, one a line."),
    "item_length": _("A line has %(item)s characters at most."),
    "acts_missing": _("Choose one kind of act at least."),
    "period_missing": _("Give the last day."),
    "period_over": _("The last day must lie ahead, and after what was permitted before."),
    "period_too_long": _("That is longer than the law allows. Choose an earlier last day."),
    "no_urgent_law": _("The law knows no urgent start for this. Wait for the permission."),
    "urgent_before": _(
        "Such an operation of this file began in urgency without a permission, or was refused."
        " Send this one without urgency and wait for the permission."
    ),
    "urgency_missing": _("Write why it cannot wait for a permission."),
    "operation_not_waiting": _("It has begun, or is over."),
    "operation_not_running": _("It is not running."),
    "operation_unknown": _("There is no such operation."),
    "operation_not_over": _("The operation is not over yet."),
    "no_extension": _("The law knows no extension here."),
    "extension_asked": _("An extension is asked for already."),
    "answer_missing": _("Write what was missing, in a sentence at least."),
    "paper_not_returned": _("It did not come back."),
    "paper_decided": _("It is decided already."),
    "end_reason_missing": _("Choose why it ends."),
    "report_written": _("The report is written already."),
    "report_missing": _("Write the reason and a summary, in a sentence each at least."),
    "consent_of_minor": _("Somebody under 19 cannot consent to this, nor anybody for them."),
    "consent_of_infirm": _("Whoever cannot judge what it means cannot consent, nor anybody for them."),
    "consent_not_written": _("The consent must be in writing."),
    "consent_words_missing": _("Write who consents, to what, and what was explained."),
    "consent_explained_later": _("It must be explained before the consent."),
    # Why somebody does not decide.
    "not_your_desk": _("This is not yours to decide."),
    "same_person_applied": _("You belong to this file, or applied yourself: somebody else decides."),
    "same_person_petitioned": _("You petitioned it yourself: somebody else decides."),
    "paper_not_before_you": _("It does not lie before you now."),
    "wider_than_applied": _("Nothing may be permitted that was not applied for."),
    "permit_words_missing": _("Write the purpose and the scope of what is permitted."),
    "note_missing": _("Write the reason, in a sentence at least."),
    "decision_missing": _("Choose what you decide."),
}


def undercover_refusal(code: str) -> str:
    """Why something was not taken or is refused; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    if words is None:
        return investigation_refusal(code)
    return str(words) % {"items": ITEMS_MOST, "item": ITEM_LONGEST, "least": TEXT_SHORTEST}


def acts_words(acts: list[str]) -> str:
    """Kinds of acts in one line."""
    return ", ".join(str(ACTS[ActKind(one)]) for one in acts)
