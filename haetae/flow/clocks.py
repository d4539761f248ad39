"""What runs on which clock: every due date with its basis, its length, its source, and what sets it.

Lengths and sources are read from the packs when the page is printed: `python -m haetae.running.clocks_page`.
"""

from collections.abc import Iterator
from typing import Final

from haetae.agencies.support.notices import rules as notices
from haetae.flow.clocks_investigation import OF_INVESTIGATIONS, Clock
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.drawing import name_of
from haetae.flow.lengths import durations, duties_elsewhere, hours, law, plan, settling, terms, yearly
from haetae.flow.next_step import WHEN_DUE, WHEN_LAW_IS_DUE
from haetae.law.duration import Duration
from haetae.law.packs import load_pack

CLOCKS: Final = (
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
    Clock(
        kind=Kind.COMPLY,
        basis=Basis.POLICY,
        set_by="agencies.enforcement.orders.actions._set_term",
        length=lambda pack: (
            f"from when an order has reached the operator: {pack.orders.follow_within}; "
            f"where it has to set something up {pack.orders.duty_within}"
        ),
        source=lambda pack: plan(pack.orders),
    ),
    Clock(
        kind=Kind.REPORT_DUE,
        basis=Basis.LEGAL,
        set_by="agencies.enforcement.filings.actions.expect_report",
        length=lambda pack: f"to the end of {yearly(pack).due_on} of the year after (month and day)",
        source=lambda pack: law(yearly(pack).article, yearly(pack)),
    ),
    Clock(
        kind=Kind.DESIGNATION_DUE,
        basis=Basis.POLICY,
        set_by="agencies.enforcement.designation.actions.designate",
        length=lambda pack: f"from the signature: {pack.designation.name_within}",
        source=lambda pack: pack.designation.practice.title_en,
    ),
    Clock(
        kind=Kind.PAY_BY,
        basis=Basis.POLICY,
        set_by="agencies.enforcement.sanctions.actions.set_time_to_pay",
        length=lambda pack: (
            "from the day on which it was served: "
            f"surcharge {pack.surcharge.terms.pay_within}, fine {pack.fine.terms.pay_within}"
        ),
        source=lambda pack: plan(pack.surcharge.terms),
    ),
    Clock(
        kind=Kind.REPAY_BY,
        basis=Basis.LEGAL,
        set_by="agencies.recovery.actions.serve",
        length=lambda pack: f"from the day on which the notice was served: {pack.cost_recovery.pay_within}",
        source=lambda pack: law(pack.cost_recovery.article, pack.cost_recovery),
    ),
    Clock(
        kind=Kind.REFERRAL_ANSWER,
        basis=Basis.LEGAL,
        set_by="agencies.referrals.actions._set_clock",
        length=lambda pack: "from the handing over: " + ", ".join(str(row.within) for row in terms(pack)),
        source=lambda pack: "; ".join(law(row.article, row) for row in terms(pack)),
    ),
    Clock(
        kind=Kind.REFERRAL_ANSWER,
        basis=Basis.POLICY,
        set_by="agencies.referrals.actions._set_clock",
        length=lambda pack: f"from the handing over: {pack.referral_answer.due_after}",
        source=lambda pack: plan(pack.referral_answer),
    ),
    Clock(
        kind=Kind.RETENTION_ENDS,
        basis=Basis.LEGAL,
        set_by="agencies.support.retention.actions.set_term",
        length=lambda pack: (
            "from the last thing that happened, by what the case holds: "
            + ", ".join(str(row.keep_for) if row.keep_for else "for good" for row in pack.retentions)
        ),
        source=lambda pack: "; ".join(dict.fromkeys(law(row.article, row) for row in pack.retentions)),
    ),
    Clock(
        kind=Kind.HOLD_ENDS,
        basis=Basis.LEGAL,
        set_by="agencies.support.retention.actions.set_hold",
        length=lambda pack: f"as ordered; by our own rule at most {pack.hold.longest}",
        source=lambda pack: law(pack.hold.article, pack.hold),
    ),
    Clock(
        kind=Kind.SEND_AGAIN,
        basis=Basis.POLICY,
        set_by="flow.delivery.actions._send_again_at",
        length=lambda pack: (
            "from when an investigator asks to keep a place as evidence, at most: "
            f"{pack.evidence.deletion_waits}, where it may show a minor {pack.evidence.deletion_waits_for_minors}"
        ),
        source=lambda pack: plan(pack.evidence),
    ),
    Clock(
        kind=Kind.NOTICE,
        basis=Basis.POLICY,
        set_by="agencies.support.notices.sending.actions._due",
        length=lambda _: f"at once, and no sooner after the last than {Duration(exact=notices.NOT_SOONER)}",
        source=lambda pack: plan(pack.review),
    ),
    Clock(
        kind=Kind.NOTICE_MONTH,
        basis=Basis.POLICY,
        set_by="agencies.support.notices.actions._begin_month",
        length=lambda _: f"while something is open: {Duration(exact=notices.MONTH)}",
        source=lambda pack: plan(pack.review),
    ),
    *OF_INVESTIGATIONS,
)


def table() -> Iterator[str]:
    """One line for each clock, the law's first."""
    yield "| due | basis | how long | source | set by | when it passes |"
    yield "|---|---|---|---|---|---|"
    pack = load_pack()
    for clock in sorted(CLOCKS, key=lambda clock: clock.basis is not Basis.LEGAL):
        by_law = WHEN_LAW_IS_DUE.get(clock.kind) if clock.basis is Basis.LEGAL else None
        basis = "**law**" if clock.basis is Basis.LEGAL else "target"
        then = name_of(by_law or WHEN_DUE[clock.kind])
        yield (
            f"| `{clock.kind}` | {basis} | {clock.length(pack)} | {clock.source(pack)} | `{clock.set_by}` | `{then}` |"
        )
