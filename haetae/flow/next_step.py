"""What follows from what: the only module that knows the order of the flow.

Every change of state writes one event, and every event comes through here once. FOLLOWS says which step each event
causes; what is not in it causes none, and ends.ENDS says so by name.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from haetae.audit.models import Event
from haetae.audit.queries import get_event
from haetae.common import clock, jobs
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.models import Step
from haetae.flow.steps import (
    answering,
    appealing,
    asking,
    caring,
    enforcing,
    exercising,
    filing,
    finding,
    hearing,
    joining,
    keeping,
    looking,
    official,
    people,
    preserving,
    reaching,
    recovering,
    referring,
    reviewing,
    sanctioning,
    seconding,
    teaching,
    telling,
    terms,
    undercover,
    watching,
)  # fmt: skip

StepFunction = Callable[[Event], None]


def act_on_time(event: Event) -> None:
    """A due date has passed: what it was set for happens now."""
    subject_id, kind = UUID(str(event.facts["for"])), Kind(str(event.facts["kind"]))
    act = WHEN_LAW_IS_DUE.get(kind) if event.facts["basis"] == Basis.LEGAL else None
    (act or WHEN_DUE[kind])(subject_id)


WHEN_DUE: dict[Kind, Callable[[UUID], None]] = {
    Kind.EXAMINE_AGAIN: finding.examine_again,
    Kind.SEND_AGAIN: asking.hand_over,
    Kind.ASK_STATUS: asking.ask_status,
    Kind.ACKNOWLEDGE: asking.remind,
    Kind.REMOVE: asking.overdue,
    Kind.DECIDE: reviewing.late,
    Kind.BLOCK_REMINDER: terms.block_ends_soon,
    Kind.BLOCK_ENDS: terms.block_expires,
    Kind.SEE_BACK: reviewing.not_seen_back,
    Kind.LOOK: looking.look,
    Kind.REFERRAL_ANSWER: referring.not_answered,
    Kind.RETENTION_ENDS: keeping.term_ends,
    Kind.HOLD_ENDS: keeping.hold_ends,
    Kind.NOTICE: telling.send_notice,
    Kind.NOTICE_MONTH: telling.month_is_over,
    Kind.REMEDY_STATUS: reaching.ask_status,
    Kind.DISPUTE: appealing.dispute_is_over,
    Kind.OPINION: hearing.time_is_over,
    Kind.COMPLY: enforcing.time_to_comply_is_over,
    Kind.PAY_BY: sanctioning.not_paid,
    Kind.REPAY_BY: recovering.not_repaid,
    Kind.REPORT_DUE: filing.report_is_due,
    Kind.DESIGNATION_DUE: filing.time_to_name_is_over,
    Kind.SEAL_AGAIN: preserving.stamp_again,
    Kind.PLATFORM_ANSWER: official.platform_is_silent,
    Kind.APPROVE_URGENT: official.not_approved,
    Kind.PRESERVED_UNTIL: official.kept_long_enough,
    Kind.URGENT_ENDS: undercover.stop_unpermitted,
    Kind.PERMIT_ENDS: undercover.stop_at_end,
    Kind.WATCH_ENDS: watching.stop_at_end,
    Kind.TEACHING_REPORT: teaching.report_is_due,
    Kind.INCIDENT_NOTICE: teaching.not_told,
    Kind.INCIDENT_PLAN: teaching.plan_is_awaited,
    Kind.TRAINING_BY: teaching.training_is_due,
}

# Where it is another thing that a term of the law is over than that a target of ours has passed.
WHEN_LAW_IS_DUE: dict[Kind, Callable[[UUID], None]] = {
    Kind.REMOVE: asking.term_over,
    Kind.INCIDENT_PLAN: teaching.plan_is_due,
}

FOLLOWS: dict[str, StepFunction] = {
    "arrival.reported": finding.look_up_link,
    "arrival.located": official.pass_on_what_waited,
    "arrival.not_found": official.nothing_there,
    "arrival.found": finding.assess_sighting,
    "arrival.report_joined": finding.take_report_seriously,
    "arrival.report_corrected": finding.judge_by_the_other_answer,
    "arrival.report_withdrawn": finding.judge_by_what_stands,
    "arrival.report_renewed": finding.judge_by_what_stands,
    "arrival.hook_down": answering.call_people,
    "arrival.hook_back": answering.look_at_what_passed,
    "assessment.opened": finding.examine,
    "assessment.request": asking.request_deletion,
    "assessment.nothing": referring.ask_what_was_confirmed,
    "assessment.review": people.call_a_person,
    "assessment.undetermined": people.call_a_person,
    "removal.requested": asking.send_request,
    "removal.claimed": looking.look_for_ourselves,
    "removal.unsure": reviewing.open_review,
    "removal.refused": reviewing.review_refusal,
    "removal.access_blocked": reviewing.see_it_hidden_for_good,
    "removal.undeliverable": reaching.look_and_reach,
    "removal.overdue": reaching.reach_around,
    "removal.verified": looking.end_what_waited,
    "removal.claim_false": asking.hand_to_people,
    "removal.reappeared": asking.ask_again,
    "review.opened": reviewing.block_for_now,
    "review.block_wanted": reviewing.ask_to_block,
    "review.block_claimed": reviewing.see_it_hidden,
    "review.remove": reviewing.order_removal,
    "review.block_access": reviewing.order_block,
    "review.not_harmful": reviewing.give_it_back,
    "review.block_expired": terms.show_what_expired,
    "review.lift_wanted": reviewing.ask_to_restore,
    "review.lift_claimed": reviewing.see_it_back,
    "review.not_restored": reviewing.see_whether_it_is_back,
    "remedies.serving_noted": reaching.reach_through_it,
    "remedies.wanted": reaching.ask_intermediary,
    "remedies.claimed": reaching.look_whether_it_helped,
    "remedies.withdrawn": reaching.have_it_undone,
    "appeals.filed": appealing.review_appeal,
    "appeals.withdrawn": appealing.drop_review,
    "verification.unknown": looking.look_closer,
    "verification.gone": looking.believe_our_eyes,
    "verification.live": looking.believe_our_eyes,
    "delivery.no_channel": asking.give_up_saying,
    "delivery.unfit": asking.give_up_saying,
    "delivery.dead": asking.give_up_saying,
    "delivery.revived": asking.hand_over_again,
    "delivery.replayed": asking.hand_over_again,
    "delivery.breaker_closed": asking.send_what_waited,
    "tasks.opened": people.put_in_turn,
    "tasks.done": people.act_on_task,
    "tasks.second_said": seconding.compare,
    "second_looks.drawn": seconding.put_before_another,
    "second_looks.differed": seconding.have_it_decided,
    "looks.match": people.believe_what_was_seen,
    "hearings.asked": hearing.tell_the_operator,
    "looks.found": people.protect_what_was_seen,
    "looks.failed": people.examine_what_lies_there,
    "hashbank.added": finding.look_back,
    "hashbank.imported": finding.look_back,
    "hashbank.released": finding.look_back,
    "hashbank.tier_raised": finding.judge_again,
    "hashbank.quarantined": people.look_at_a_list,
    "hashbank.source_silent": people.ask_about_a_source,
    "canaries.wrongful": people.ask_about_canaries,
    "hashbank.source_back": people.ask_no_more_about_a_source,
    "hashbank.source_removed": people.ask_no_more_about_a_source,
    "support.consent_ended": referring.call_back,
    "support.destroyed": referring.end_with_the_case,
    "support.destroyed_in_part": referring.end_with_the_case,
    "referrals.sent": referring.ask_at_once,
    "referrals.accepted": referring.begin_work,
    "referrals.returned": referring.take_back,
    "referrals.overdue": referring.take_back,
    "referrals.called_back": referring.take_back,
    "hashbank.recall_acknowledged": keeping.forget_what_was_told,
    "support.opened": keeping.say_until_when,
    "support.hold_ended": keeping.destroy_what_was_held,
    "support.withdrawn": caring.follow_the_person,
    "support.resumed": caring.follow_the_person,
    "support.corrected": caring.follow_the_person,
    "support.identity_erased": telling.tell_no_more,
    "onboarding.look_asked": joining.look_for_the_proof,
    "onboarding.link_wanted": joining.send_the_first_sign_in,
    "accounts.operator_registered": asking.reach_them_now,
    "trials.begun": exercising.send_trial,
    "trials.test_begun": exercising.test_way,
    "orders.issued": enforcing.tell_operator,
    "filings.missing": filing.ask_for_report,
    "filings.sent": filing.report_came,
    "designation.not_complied": filing.see_to_designation,
    "designation.complied": filing.designation_is_met,
    "designation.ended": filing.designation_is_met,
    "sanctions.paid": sanctioning.press_no_more,
    "sanctions.contested": sanctioning.press_no_more,
    "sanctions.annulled": sanctioning.press_no_more,
    "evidence.asked": preserving.keep_page,
    "evidence.captured": preserving.stamp_it,
    "evidence.sealed": preserving.let_deletion_go,
    "evidence.not_captured": preserving.let_deletion_go,
    "evidence.damaged": preserving.call_custodians,
    "deadlines.passed": act_on_time,
}


@app.task(name=jobs.NEXT_STEP, queue="flow", priority=10, retry=jobs.AFTER_A_FAULT)
def next_step(event_id: int) -> None:
    """Take the step that follows from one event. Taken twice, it happens once."""
    event = get_event(event_id)
    step = FOLLOWS.get(event.name)
    if step is None:
        return
    try:
        with transaction.atomic():
            Step.objects.create(event_id=event_id, step=step.__name__, taken_at=clock.now())
            step(event)
    except IntegrityError:
        # Only the row of the step itself may be there already; any other clash is a fault and comes back as one.
        if not Step.objects.filter(event_id=event_id, step=step.__name__).exists():
            raise
