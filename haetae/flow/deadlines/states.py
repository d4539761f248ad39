"""What can become of a due date. Pure."""

from enum import StrEnum


class State(StrEnum):
    SET = "set"
    MET = "met"
    PASSED = "passed"
    CLOSED = "closed"  # it no longer runs, although what was due did not happen


MOVES: dict[State, frozenset[State]] = {
    State.SET: frozenset({State.MET, State.PASSED, State.CLOSED}),
    State.MET: frozenset(),
    State.PASSED: frozenset(),
    State.CLOSED: frozenset(),
}


class Basis(StrEnum):
    """Where a due date comes from. The two are never mixed: nobody is told that a target is law."""

    LEGAL = "legal"
    POLICY = "policy"


class Kind(StrEnum):
    """What is due."""

    EXAMINE_AGAIN = "examine_again"
    SEND_AGAIN = "send_again"
    ASK_STATUS = "ask_status"
    ACKNOWLEDGE = "acknowledge"
    REMOVE = "remove"
    LOOK = "look"
    DECIDE = "decide"
    BLOCK_REMINDER = "block_reminder"
    BLOCK_ENDS = "block_ends"
    SEE_BACK = "see_back"
    REFERRAL_ANSWER = "referral_answer"
    RETENTION_ENDS = "retention_ends"
    HOLD_ENDS = "hold_ends"
    NOTICE = "notice"
    NOTICE_MONTH = "notice_month"
    REMEDY_STATUS = "remedy_status"
    DISPUTE = "dispute"
    OPINION = "opinion"
    COMPLY = "comply"
    REPORT_DUE = "report_due"
    DESIGNATION_DUE = "designation_due"
    PAY_BY = "pay_by"
    SEAL_AGAIN = "seal_again"
    REPAY_BY = "repay_by"
    PLATFORM_ANSWER = "platform_answer"
    APPROVE_URGENT = "approve_urgent"
    PRESERVED_UNTIL = "preserved_until"
    URGENT_ENDS = "urgent_ends"
    PERMIT_ENDS = "permit_ends"
    WATCH_ENDS = "watch_ends"
    TEACHING_REPORT = "teaching_report"
    INCIDENT_NOTICE = "incident_notice"
    INCIDENT_PLAN = "incident_plan"
    TRAINING_BY = "training_by"
