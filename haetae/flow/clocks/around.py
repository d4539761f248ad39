"""The clocks of what the state does around the flow: orders, sums, referrals, a person's case, investigations."""

from typing import Final

from haetae.agencies.support.notices import rules as notices
from haetae.flow.clocks.clock import Clock
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.lengths import law, plan, terms, yearly
from haetae.law.duration import Duration

AROUND: Final = (
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
        kind=Kind.TEACHING_REPORT,
        basis=Basis.LEGAL,
        set_by="agencies.education.years.actions._expected",
        length=lambda pack: f"to the end of month {pack.teaching.report.by_end_of_month} of the year after",
        source=lambda pack: law(pack.teaching.report.article, pack.teaching.report),
    ),
    Clock(
        kind=Kind.INCIDENT_NOTICE,
        basis=Basis.LEGAL,
        set_by="agencies.education.incidents.actions._set_clocks",
        length=lambda _: "without delay: no number of hours (never passes)",
        source=lambda pack: law(pack.teaching.incident.article, pack.teaching.incident),
    ),
    Clock(
        kind=Kind.INCIDENT_NOTICE,
        basis=Basis.POLICY,
        set_by="agencies.education.incidents.actions._set_clocks",
        length=lambda pack: f"from when it is noted: {pack.teaching.targets.tell_within}",
        source=lambda pack: plan(pack.teaching.targets),
    ),
    Clock(
        kind=Kind.INCIDENT_PLAN,
        basis=Basis.LEGAL,
        set_by="agencies.education.incidents.actions._set_clocks",
        length=lambda pack: (
            f"from the day on which the institution learnt of it: {pack.teaching.incident.plan_within}; "
            f"where a head did it whom the decree names {pack.teaching.by_a_head.plan_within}"
        ),
        source=lambda pack: law(pack.teaching.incident.article, pack.teaching.incident),
    ),
    Clock(
        kind=Kind.INCIDENT_PLAN,
        basis=Basis.POLICY,
        set_by="agencies.education.incidents.actions._set_clocks",
        length=lambda pack: f"where any other head did it: {pack.teaching.targets.plan_within_by_a_head}",
        source=lambda pack: plan(pack.teaching.targets),
    ),
    Clock(
        kind=Kind.TRAINING_BY,
        basis=Basis.POLICY,
        set_by="agencies.education.years.actions.order_training",
        length=lambda pack: f"from the order: {pack.teaching.targets.training_within}",
        source=lambda pack: plan(pack.teaching.targets),
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
        kind=Kind.SEAL_AGAIN,
        basis=Basis.POLICY,
        set_by="agencies.investigation.evidence.capture.actions.not_stamped",
        length=lambda pack: f"between two tries to have it stamped: {pack.evidence.stamp_again}",
        source=lambda pack: plan(pack.evidence),
    ),
    Clock(
        kind=Kind.URGENT_ENDS,
        basis=Basis.LEGAL,
        set_by="agencies.investigation.undercover.authorisation.actions.begin_urgently",
        length=lambda pack: (
            "from an urgent start: "
            + ", ".join(dict.fromkeys(str(one.urgent.within) for one in pack.undercover.rules if one.urgent))
        ),
        source=lambda pack: "; ".join(
            law(one.urgent.article, one) for one in pack.undercover.rules if one.urgent
        ),
    ),
    Clock(
        kind=Kind.PERMIT_ENDS,
        basis=Basis.LEGAL,
        set_by="agencies.investigation.undercover.deciding.actions._run",
        length=lambda pack: (
            "as permitted; at most "
            + ", ".join(dict.fromkeys(f"{one.longest}, in all {one.in_all}" for one in pack.undercover.rules))
        ),
        source=lambda pack: "; ".join(law(one.decided_article, one) for one in pack.undercover.rules),
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
    Clock(
        kind=Kind.PLATFORM_ANSWER,
        basis=Basis.POLICY,
        set_by="agencies.investigation.subscribers.actions.sent",
        length=lambda pack: f"from when it was sent: {pack.asking.answer_within}",
        source=lambda pack: plan(pack.asking),
    ),
    Clock(
        kind=Kind.APPROVE_URGENT,
        basis=Basis.LEGAL,
        set_by="agencies.investigation.preservation.actions.ask_urgently",
        length=lambda _: "immediately after: no number of hours (never passes)",
        source=lambda pack: law(pack.asking.preserving.article, pack.asking.preserving),
    ),
    Clock(
        kind=Kind.APPROVE_URGENT,
        basis=Basis.POLICY,
        set_by="agencies.investigation.preservation.actions.ask_urgently",
        length=lambda pack: f"from when the platform was asked: {pack.asking.preserving.approve_within}",
        source=lambda pack: plan(pack.asking),
    ),
    Clock(
        kind=Kind.PRESERVED_UNTIL,
        basis=Basis.POLICY,
        set_by="agencies.investigation.preservation.actions._keep_from",
        length=lambda pack: f"from when the platform was asked: {pack.asking.preserving.keep_for}",
        source=lambda pack: plan(pack.asking),
    ),
)
