"""Everything somebody can be allowed to do, as `thing:verb`, and which role may do it. Pure."""

from enum import StrEnum


class Permission(StrEnum):
    SIGHTING_READ = "sighting:read"
    REVIEW_READ = "review:read"
    REVIEW_DECIDE = "review:decide"
    BLOCK_END = "block:end"
    TASK_READ = "task:read"
    TASK_FINISH = "task:finish"
    HEALTH_READ = "health:read"
    LOOK_TAKE = "look:take"
    LOOK_MINOR = "look:minor"
    CASE_READ = "case:read"
    CASE_WRITE = "case:write"
    REFERRAL_ANSWER = "referral:answer"
    HOLD_SET = "hold:set"
    OPERATOR_APPROVE = "operator:approve"
    # Of those who sit at an operator, and only about what is the operator's own.
    REQUEST_READ = "request:read"
    REQUEST_ANSWER = "request:answer"
    OPERATOR_MANAGE = "operator:manage"


class Role(StrEnum):
    """A seat in an agency or at an operator. Nobody holds a permission except by a role that is theirs on the day."""

    COUNSELLOR = "counsellor"
    CHILD_PROTECTION_COUNSELLOR = "child_protection_counsellor"
    DETECTION_ANALYST = "detection_analyst"
    REVIEWER = "reviewer"
    REGULATOR = "regulator"
    POLICE_OFFICER = "police_officer"
    EVIDENCE_CUSTODIAN = "evidence_custodian"
    AUDITOR = "auditor"
    OPERATOR_MODERATOR = "operator_moderator"
    OPERATOR_ADMINISTRATOR = "operator_administrator"


# Who sits there holds no seat in an agency, and the other way round.
AT_AN_OPERATOR = frozenset({Role.OPERATOR_MODERATOR, Role.OPERATOR_ADMINISTRATOR})


_WORKS_ON_CASES: frozenset[Permission] = frozenset(
    {Permission.SIGHTING_READ, Permission.TASK_READ, Permission.TASK_FINISH, Permission.HEALTH_READ}
)
# Who stands by a person reads what that person told; nobody else does.
_STANDS_BY: frozenset[Permission] = _WORKS_ON_CASES | {
    Permission.CASE_READ,
    Permission.CASE_WRITE,
    Permission.LOOK_TAKE,
}
_ANSWERS_REQUESTS: frozenset[Permission] = frozenset({Permission.REQUEST_READ, Permission.REQUEST_ANSWER})
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: _STANDS_BY,
    # Pictures of minors are looked at by nobody else.
    Role.CHILD_PROTECTION_COUNSELLOR: _STANDS_BY | {Permission.LOOK_MINOR},
    Role.DETECTION_ANALYST: _WORKS_ON_CASES,
    # Who decides may also end a block; who supervises may end one whose term is over, and decides nothing.
    Role.REVIEWER: _WORKS_ON_CASES
    | {Permission.REVIEW_READ, Permission.REVIEW_DECIDE, Permission.BLOCK_END, Permission.LOOK_TAKE},
    Role.REGULATOR: _WORKS_ON_CASES
    | {Permission.REVIEW_READ, Permission.BLOCK_END, Permission.OPERATOR_APPROVE},
    # Reads what was handed over to the police, and nothing else of a case. Both may forbid that evidence is destroyed,
    # and neither reads a case by it.
    Role.POLICE_OFFICER: frozenset({Permission.HOLD_SET, Permission.REFERRAL_ANSWER}),
    Role.EVIDENCE_CUSTODIAN: frozenset({Permission.HOLD_SET}),
    Role.AUDITOR: frozenset({Permission.HEALTH_READ}),
    Role.OPERATOR_MODERATOR: _ANSWERS_REQUESTS,
    Role.OPERATOR_ADMINISTRATOR: _ANSWERS_REQUESTS | {Permission.OPERATOR_MANAGE},
}


def who_may(permission: Permission) -> list[Role]:
    """The roles that hold a permission, so that a refusal can say who could."""
    return [role for role, permissions in GRANTS.items() if permission in permissions]
