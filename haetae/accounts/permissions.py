"""Everything somebody can be allowed to do, as `thing:verb`, and which role may do it. Pure."""

from enum import StrEnum


class Permission(StrEnum):
    SIGHTING_READ = "sighting:read"
    REVIEW_READ = "review:read"
    REVIEW_VOTE = "review:vote"
    REVIEW_PREPARE = "review:prepare"
    BLOCK_END = "block:end"
    BLOCK_EXTEND = "block:extend"
    TASK_READ = "task:read"
    TASK_FINISH = "task:finish"
    HEALTH_READ = "health:read"
    LOOK_TAKE = "look:take"
    LOOK_MINOR = "look:minor"
    CASE_READ = "case:read"
    CASE_WRITE = "case:write"
    REFERRAL_ANSWER = "referral:answer"
    REFERRAL_SEND = "referral:send"
    HOLD_SET = "hold:set"
    OPERATOR_APPROVE = "operator:approve"
    # Orders, surcharges, fines, designations, filings: read, prepared by one, signed by another.
    ENFORCEMENT_READ = "enforcement:read"
    ENFORCEMENT_PREPARE = "enforcement:prepare"
    ENFORCEMENT_SIGN = "enforcement:sign"
    FIGURES_READ = "figures:read"
    STATISTICS_PUBLISH = "statistics:publish"
    RECORD_EXPORT = "record:export"
    SEAT_MANAGE = "seat:manage"
    # Of investigations: worked on by officers, gated by whom the law names, watched by whom it reports to.
    INVESTIGATION_WORK = "investigation:work"
    UNDERCOVER_APPROVE = "undercover:approve"
    UNDERCOVER_PETITION = "undercover:petition"
    UNDERCOVER_PERMIT = "undercover:permit"
    PRESERVATION_APPROVE = "preservation:approve"
    DELETION_ASK = "deletion:ask"
    EVIDENCE_KEEP = "evidence:keep"
    OVERSIGHT_READ = "oversight:read"
    CONFISCATION_DECIDE = "confiscation:decide"
    RECOVERY_CHARGE = "recovery:charge"
    LOG_EXPORT = "log:export"
    # Of public pages that an agency watches: drafted by one, switched on by another.
    WATCH_READ = "watch:read"
    WATCH_MANAGE = "watch:manage"
    WATCH_CONFIRM = "watch:confirm"
    # Of places at which people decide: marked by one, ended by two.
    MARK_READ = "mark:read"
    MARK_SET = "mark:set"
    # Of teaching: what one institution does, and the ministry that checks it. Neither reads a case.
    EDUCATION_WORK = "education:work"
    EDUCATION_SUPERVISE = "education:supervise"
    # Of those who sit at an operator, and only about what is the operator's own.
    REQUEST_READ = "request:read"
    REQUEST_ANSWER = "request:answer"
    OPERATOR_MANAGE = "operator:manage"
    ORDER_ANSWER = "order:answer"


class Role(StrEnum):
    """A seat in an agency or at an operator. Nobody holds a permission except by a role that is theirs on the day."""

    COUNSELLOR = "counsellor"
    CHILD_PROTECTION_COUNSELLOR = "child_protection_counsellor"
    DETECTION_ANALYST = "detection_analyst"
    REVIEWER = "reviewer"
    CHILD_PROTECTION_REVIEWER = "child_protection_reviewer"
    COMMISSION_MEMBER = "commission_member"
    REGULATOR = "regulator"
    POLICE_OFFICER = "police_officer"
    POLICE_APPROVER = "police_approver"
    EVIDENCE_CUSTODIAN = "evidence_custodian"
    PROSECUTOR = "prosecutor"
    JUDGE = "judge"
    OVERSIGHT = "oversight"
    RECOVERY_OFFICER = "recovery_officer"
    AUDITOR = "auditor"
    POLICY_LEAD = "policy_lead"
    EDUCATION_OFFICER = "education_officer"
    EDUCATION_SUPERVISOR = "education_supervisor"
    AGENCY_ADMINISTRATOR = "agency_administrator"
    OPERATOR_MODERATOR = "operator_moderator"
    OPERATOR_ADMINISTRATOR = "operator_administrator"


# Who sits there holds no seat in an agency, and the other way round.
AT_AN_OPERATOR = frozenset({Role.OPERATOR_MODERATOR, Role.OPERATOR_ADMINISTRATOR})


_WORKS_ON_CASES: frozenset[Permission] = frozenset(
    {Permission.SIGHTING_READ, Permission.TASK_READ, Permission.TASK_FINISH, Permission.HEALTH_READ}
)
# Who stands by a person reads what that person told; nobody else does.
# What investigators and prosecutors ask the centre to have deleted is answered by the same people.
_STANDS_BY: frozenset[Permission] = _WORKS_ON_CASES | {
    Permission.CASE_READ,
    Permission.CASE_WRITE,
    Permission.LOOK_TAKE,
    Permission.REFERRAL_ANSWER,
    Permission.WATCH_READ,
}
# Those who prepare what the commission decides: they hear, look and propose, and have no vote.
_PREPARES_DECISIONS: frozenset[Permission] = _WORKS_ON_CASES | {
    Permission.REVIEW_READ,
    Permission.REVIEW_PREPARE,
    Permission.BLOCK_END,
    Permission.BLOCK_EXTEND,
    Permission.LOOK_TAKE,
    Permission.REFERRAL_SEND,
    Permission.REFERRAL_ANSWER,
    Permission.RECORD_EXPORT,
    Permission.MARK_READ,
    Permission.MARK_SET,
}
_ANSWERS_REQUESTS: frozenset[Permission] = frozenset({Permission.REQUEST_READ, Permission.REQUEST_ANSWER})
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: _STANDS_BY,
    # Pictures of minors are looked at by nobody else.
    Role.CHILD_PROTECTION_COUNSELLOR: _STANDS_BY | {Permission.LOOK_MINOR},
    # Draft and confirm are of two of them: nobody switches on what they drafted.
    Role.DETECTION_ANALYST: _WORKS_ON_CASES
    | {Permission.WATCH_READ, Permission.WATCH_MANAGE, Permission.WATCH_CONFIRM},
    # Who prepares may also end a block; who supervises may end one whose term is over. Neither decides.
    Role.REVIEWER: _PREPARES_DECISIONS,
    Role.CHILD_PROTECTION_REVIEWER: _PREPARES_DECISIONS | {Permission.LOOK_MINOR},
    # Decides with the others about one content, and never about a fine. What else waits is prepared by others.
    Role.COMMISSION_MEMBER: frozenset(
        {Permission.SIGHTING_READ, Permission.REVIEW_READ, Permission.REVIEW_VOTE, Permission.LOOK_TAKE}
    ),
    # Orders and fines, and never decides about one content.
    Role.REGULATOR: _WORKS_ON_CASES
    | {
        Permission.REVIEW_READ,
        Permission.OPERATOR_APPROVE,
        Permission.ENFORCEMENT_READ,
        Permission.ENFORCEMENT_PREPARE,
        Permission.ENFORCEMENT_SIGN,
        Permission.FIGURES_READ,
        Permission.REFERRAL_SEND,
        Permission.REFERRAL_ANSWER,
        Permission.RECORD_EXPORT,
        Permission.MARK_READ,
        Permission.MARK_SET,
    },
    # Reads what was handed over to the police, and nothing else of a case. Both may forbid that evidence is destroyed,
    # and neither reads a case by it.
    Role.POLICE_OFFICER: frozenset(
        {
            Permission.HOLD_SET,
            Permission.REFERRAL_ANSWER,
            Permission.REFERRAL_SEND,
            Permission.INVESTIGATION_WORK,
            Permission.DELETION_ASK,
        }
    ),
    # Of the immediately higher office: says yes or no to what officers apply for, and works on no file.
    Role.POLICE_APPROVER: frozenset({Permission.UNDERCOVER_APPROVE}),
    Role.EVIDENCE_CUSTODIAN: frozenset(
        {Permission.HOLD_SET, Permission.RECORD_EXPORT, Permission.EVIDENCE_KEEP}
    ),
    # Petitions the court, approves what is preserved, asks for deletion, decides whether the court is asked for
    # proceeds. Does not investigate.
    Role.PROSECUTOR: frozenset(
        {
            Permission.UNDERCOVER_PETITION,
            Permission.PRESERVATION_APPROVE,
            Permission.DELETION_ASK,
            Permission.REFERRAL_SEND,
            Permission.CONFISCATION_DECIDE,
            # Reads what came of what was sent; nobody hands a prosecutor anything by a referral.
            Permission.REFERRAL_ANSWER,
        }
    ),
    Role.JUDGE: frozenset({Permission.UNDERCOVER_PERMIT}),
    # Reads the fields that the decree names, and nothing else of an operation.
    Role.OVERSIGHT: frozenset({Permission.OVERSIGHT_READ}),
    Role.RECOVERY_OFFICER: frozenset({Permission.RECOVERY_CHARGE}),
    Role.AUDITOR: frozenset(
        {Permission.HEALTH_READ, Permission.FIGURES_READ, Permission.LOG_EXPORT, Permission.MARK_READ}
    ),
    # Sees sums and nobody's case, and says which of them everybody may read.
    Role.POLICY_LEAD: frozenset({Permission.FIGURES_READ, Permission.STATISTICS_PUBLISH}),
    Role.EDUCATION_OFFICER: frozenset({Permission.EDUCATION_WORK}),
    Role.EDUCATION_SUPERVISOR: frozenset({Permission.EDUCATION_SUPERVISE}),
    Role.AGENCY_ADMINISTRATOR: frozenset({Permission.SEAT_MANAGE}),
    Role.OPERATOR_MODERATOR: _ANSWERS_REQUESTS,
    Role.OPERATOR_ADMINISTRATOR: _ANSWERS_REQUESTS | {Permission.OPERATOR_MANAGE, Permission.ORDER_ANSWER},
}


def who_may(permission: Permission) -> list[Role]:
    """The roles that hold a permission, so that a refusal can say who could."""
    return [role for role, permissions in GRANTS.items() if permission in permissions]
