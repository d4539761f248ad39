"""Why a person is needed, how a task may end, and what follows from that, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What is the matter, and what a person can do about it.
TASKS: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "judge": (
        _("a person has to judge"),
        _("No machine may decide this. Say whether the operator is asked to delete it."),
    ),
    "dead_letter": (
        _("the operator cannot be reached"),
        _("Every try has failed. Have it tried again, or reach the operator another way."),
    ),
    "no_channel": (
        _("no way to ask this operator"),
        _("Nobody is registered for this address. Find out who runs it, and reach them."),
    ),
    "notice_unfit": (
        _("the notice may not go out"),
        _("The operator was not asked. Tell whoever runs this system what is missing, then try again."),
    ),
    "evidence_damaged": (
        _("evidence is not what it was"),
        _(
            "What lies in the store was altered, or is gone. Find out since when and why, and say what was done."
        ),
    ),
    "claim_false": (
        _("said to be removed, and still there"),
        _("We saw it twice after the operator said that it is gone. Speak with the operator."),
    ),
    "overdue": (
        _("not removed in time"),
        _("Our own target has passed; it is no term of the law. Speak with the operator."),
    ),
    "term_over": (
        _("not removed within the law's term"),
        _(
            "The term that the law of the operator's country gives has passed, and we have not seen it gone. "
            "Speak with the operator, and tell whoever supervises it."
        ),
    ),
    "not_blocked": (
        _("undecided, and everybody can see it"),
        _("The operator is unsure and has not hidden it. Ask for it to be hidden until it is decided."),
    ),
    "block_ends": (
        _("a block ends without a decision"),
        _(
            "It is hidden for a limited time. Extend it for a reason, or end the block. When nobody chooses it is shown"
            " again at its end; where a minor may be shown it goes on."
        ),
    ),
    "shown_undecided": (
        _("shown again, and nobody has decided"),
        _("The time of the block is over, or the operator ended it. See to it that somebody decides."),
    ),
    "review_late": (
        _("a decision is late"),
        _("Our own term for the decision is up. See to it that somebody decides."),
    ),
    "not_restored": (
        _("ought to be shown again and is not"),
        _("It was decided that it is not harmful. Speak with the operator."),
    ),
    "hook_down": (
        _("platforms get no answer from us"),
        _("Uploads are not being checked. Tell whoever runs this system."),
    ),
    "list_flooded": (
        _("a partner's hash list is put aside"),
        _(
            "More hashes came in at once than anybody can have checked. None of them counts. Ask the partner first."
        ),
    ),
    "not_paid": (
        _("a surcharge or a fine is not paid"),
        _("The time to pay is over. Look whether money came in, and speak with the operator."),
    ),
    "canary": (
        _("a harmless picture of ours would have been asked for"),
        _(
            "Each week we try harmless pictures that we make ourselves. Find out which list or model is wrong."
        ),
    ),
    "source_silent": (
        _("a partner's hash list does not come any more"),
        _("It has not come for a day, and what was withdrawn there is still matched here. Ask the partner."),
    ),
    "order_unclear": (
        _("nobody knows whether an order was followed"),
        _(
            "Its time is over, and our own look cannot tell, or it never reached the operator."
            " Open the order: two officials say what they found."
        ),
    ),
    "report_missing": (
        _("a yearly report is missing"),
        _("The day of the law has passed. Ask the operator; an order and a fine may follow."),
    ),
    "designation_late": (
        _("no officer or hotline is named"),
        _("A designated operator has not done what that asks. See whether it has; an order may follow."),
    ),
}
# How a task ends, and what follows then.
OUTCOMES: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "ask": (_("ask the operator to delete it"), _("A request is made at once, as for a known picture.")),
    "leave": (_("leave it"), _("Nothing is asked. A new report brings it back to you.")),
    "send_again": (_("try again"), _("The operator is tried anew at once, from the first pause on.")),
    "reached": (
        _("reached another way"),
        _("By telephone, by letter or through another agency. We go on looking whether it is gone."),
    ),
    "handled": (_("dealt with"), _("Nothing is done by the system. Where it is, it still shows.")),
    "extend": (
        _("extend the block"),
        _(
            "It stays hidden, with your reason. The operator reads that, and may show it by its own judgement."
        ),
    ),
    "restore": (
        _("end the block now"),
        _("It is shown again, unless another open case has the same picture. The review stays open."),
    ),
    "release": (
        _("use the list"),
        _("Its hashes are matched from now on, also against what was seen in the last thirty days."),
    ),
}

_WHOSE: Final[Mapping[str, str | Promise]] = {
    "extend": _("The secretariat of the commission may do this."),
    "restore": _("The secretariat of the commission and the regulator may do this."),
}


def task_words(kind: str) -> str:
    """What is the matter; an unknown kind is shown as it is."""
    return str(TASKS[kind][0]) if kind in TASKS else kind


def task_advice(kind: str) -> str:
    return str(TASKS[kind][1]) if kind in TASKS else ""


def outcome_words(outcome: str) -> str:
    return str(OUTCOMES[outcome][0]) if outcome in OUTCOMES else outcome


def outcome_follows(outcome: str) -> str:
    """What happens when a task is ended so."""
    return str(OUTCOMES[outcome][1]) if outcome in OUTCOMES else ""


def outcome_whose(outcome: str) -> str:
    """Who may end a task so, where not everybody may who ends tasks."""
    return str(_WHOSE.get(outcome, ""))
