"""The clocks of the main flow, from the request to what comes after a decision."""

from typing import Final

from haetae.flow.arrival.watching import rules as watching
from haetae.flow.clocks.clock import Clock
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.lengths import durations, duties_elsewhere, hours, law, plan, settling
from haetae.law.duration import Duration

FLOW: Final = (
    Clock(
        kind=Kind.REMOVE,
        basis=Basis.LEGAL,
        set_by="flow.removal.due.set_for_new_request",
        length=lambda pack: (
            f"from the request: {hours(pack.removal.legal_deadline)} (“without delay” never passes)"
        ),
        source=lambda pack: law(pack.removal.legal_deadline.article, pack.removal.legal_deadline),
    ),
    Clock(
        kind=Kind.REMOVE,
        basis=Basis.LEGAL,
        set_by="flow.removal.due._set_term_of_the_operators_law",
        length=lambda _: (
            "from the operator's first answer: "
            + ", ".join(f"`{duty.pack_id}` {hours(duty)}" for duty in duties_elsewhere())
        ),
        source=lambda _: "; ".join(law(duty.article, duty) for duty in duties_elsewhere()),
    ),
    Clock(
        kind=Kind.REMOVE,
        basis=Basis.POLICY,
        set_by="flow.removal.due._set_target",
        length=lambda pack: f"from the request, and anew from a late claim: {pack.removal.target_removal}",
        source=lambda pack: plan(pack.removal.removal),
    ),
    Clock(
        kind=Kind.ACKNOWLEDGE,
        basis=Basis.POLICY,
        set_by="flow.removal.due.set_for_new_request",
        length=lambda pack: f"from the request: {pack.removal.target_acknowledgement}",
        source=lambda pack: plan(pack.removal.acknowledgement),
    ),
    Clock(
        kind=Kind.ASK_STATUS,
        basis=Basis.POLICY,
        set_by="flow.removal.due.set_next_status_question",
        length=lambda pack: f"between two questions: {durations(pack.removal.send_again_after[1:])}",
        source=lambda pack: plan(pack.removal.sending),
    ),
    Clock(
        kind=Kind.SEND_AGAIN,
        basis=Basis.POLICY,
        set_by="flow.delivery.actions._send_again_at",
        length=lambda pack: f"between two tries: {durations(pack.removal.send_again_after)}",
        source=lambda pack: plan(pack.removal.sending),
    ),
    Clock(
        kind=Kind.REMEDY_STATUS,
        basis=Basis.POLICY,
        set_by="flow.remedies.due.set_next_question",
        length=lambda pack: f"between two questions: {durations(pack.removal.send_again_after[1:])}",
        source=lambda pack: plan(pack.removal.sending),
    ),
    Clock(
        kind=Kind.EXAMINE_AGAIN,
        basis=Basis.POLICY,
        set_by="flow.assessment.actions._try_again",
        length=lambda pack: f"between two tries: {durations(pack.probes.unknown_look_again)}",
        source=lambda pack: plan(pack.probes),
    ),
    Clock(
        kind=Kind.LOOK,
        basis=Basis.POLICY,
        set_by="flow.verification.actions._look_at",
        length=lambda pack: f"from the operator's claim: {durations(pack.probes.schedule)}",
        source=lambda pack: plan(pack.probes),
    ),
    Clock(
        kind=Kind.DECIDE,
        basis=Basis.POLICY,
        set_by="flow.review.actions.open_review",
        length=lambda pack: f"from when it is contested: {pack.review.decide_within}",
        source=lambda pack: plan(pack.review),
    ),
    Clock(
        kind=Kind.WATCH_ENDS,
        basis=Basis.POLICY,
        set_by="flow.arrival.watching.actions._set_end",
        length=lambda _: f"as whoever drafts it names, at most {Duration(exact=watching.LONGEST)}",
        source=lambda pack: f"{plan(pack.review)} (the law that was read names no length)",
    ),
    Clock(
        kind=Kind.BLOCK_ENDS,
        basis=Basis.LEGAL,
        set_by="flow.review.block.due.set_term",
        length=lambda pack: f"from the begin of the block, at most: {pack.provisional_block.maximum}",
        source=lambda pack: law(pack.provisional_block.article, pack.provisional_block),
    ),
    Clock(
        kind=Kind.BLOCK_ENDS,
        basis=Basis.POLICY,
        set_by="flow.review.block.due.set_extended",
        length=lambda pack: (
            f"from the end before it, for each extension: {pack.block_extension.extend_by},"
            f" by people at most {pack.block_extension.at_most} times"
        ),
        source=lambda pack: f"{plan(pack.block_extension)} (the law that was read names no extension)",
    ),
    Clock(
        kind=Kind.BLOCK_REMINDER,
        basis=Basis.POLICY,
        set_by="flow.review.block.due._set_reminder",
        length=lambda pack: f"before the block ends: {pack.review.remind_before_block_ends}",
        source=lambda pack: plan(pack.review),
    ),
    Clock(
        kind=Kind.SEE_BACK,
        basis=Basis.POLICY,
        set_by="flow.review.block.due.set_see_back",
        length=lambda pack: f"from the operator's word that it is back: {pack.review.decide_within}",
        source=lambda pack: plan(pack.review),
    ),
    Clock(
        kind=Kind.DISPUTE,
        basis=Basis.LEGAL,
        set_by="operators.appeals.actions._keep_for_a_dispute",
        length=lambda pack: f"from the decision on an objection: {settling(pack).within}, of a dispute body",
        source=lambda pack: law(settling(pack).article, settling(pack)),
    ),
    Clock(
        kind=Kind.DISPUTE,
        basis=Basis.POLICY,
        set_by="operators.appeals.actions._keep_for_a_dispute",
        length=lambda pack: f"from the decision on an objection, its text: {pack.appeals.statement_kept}",
        source=lambda pack: plan(pack.appeals),
    ),
    Clock(
        kind=Kind.OPINION,
        basis=Basis.POLICY,
        set_by="flow.hearings.actions.ask",
        length=lambda pack: (
            f"as the official names who asks: {pack.hearings.operator_within}, in a hurry {pack.hearings.urgent_within}"
        ),
        source=lambda pack: plan(pack.hearings),
    ),
    Clock(
        kind=Kind.DECIDE,
        basis=Basis.LEGAL,
        set_by="flow.review.asked.actions.ask_commission",
        length=lambda pack: f"from when a state body asks the commission: {pack.asked_review.within}",
        source=lambda pack: law(pack.asked_review.article, pack.asked_review),
    ),
)
