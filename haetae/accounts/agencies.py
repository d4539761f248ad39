"""Which role sits in which agency. Pure. Agencies are named here by what they do, as the jurisdiction pack names them.

What such an agency is called, and was called on an earlier day, is data of the pack: a seat outlives a new name.
"""

from enum import StrEnum
from typing import Final

from haetae.accounts.permissions import AT_AN_OPERATOR, Role


class AgencyKey(StrEnum):
    """The roles of the pack's agencies, said again because law and accounts do not know each other; a test compares."""

    REGULATOR = "regulator"
    REVIEWER = "reviewer"
    PROSECUTOR = "prosecutor"
    POLICE = "police"
    SUPPORT_MINISTRY = "support_ministry"
    SUPPORT_CENTRE = "support_centre"
    COORDINATION = "coordination"
    COURT = "court"
    POLICE_COMMISSION = "police_commission"
    ASSEMBLY = "assembly"
    INSTITUTION = "institution"


_ANYWHERE: Final = frozenset(AgencyKey)
SITS_IN: Final[dict[Role, frozenset[AgencyKey]]] = {
    Role.COUNSELLOR: frozenset({AgencyKey.SUPPORT_CENTRE}),
    Role.CHILD_PROTECTION_COUNSELLOR: frozenset({AgencyKey.SUPPORT_CENTRE}),
    Role.DETECTION_ANALYST: frozenset({AgencyKey.SUPPORT_CENTRE}),
    Role.REVIEWER: frozenset({AgencyKey.REVIEWER}),
    Role.CHILD_PROTECTION_REVIEWER: frozenset({AgencyKey.REVIEWER}),
    Role.COMMISSION_MEMBER: frozenset({AgencyKey.REVIEWER}),
    Role.REGULATOR: frozenset({AgencyKey.REGULATOR}),
    Role.POLICE_OFFICER: frozenset({AgencyKey.POLICE}),
    Role.POLICE_APPROVER: frozenset({AgencyKey.POLICE}),
    Role.EVIDENCE_CUSTODIAN: frozenset({AgencyKey.POLICE}),
    Role.PROSECUTOR: frozenset({AgencyKey.PROSECUTOR}),
    Role.JUDGE: frozenset({AgencyKey.COURT}),
    Role.OVERSIGHT: frozenset({AgencyKey.POLICE_COMMISSION, AgencyKey.ASSEMBLY}),
    Role.RECOVERY_OFFICER: frozenset({AgencyKey.SUPPORT_MINISTRY}),
    Role.POLICY_LEAD: frozenset({AgencyKey.COORDINATION}),
    # Of which institution somebody is, the room of education knows.
    Role.EDUCATION_OFFICER: frozenset({AgencyKey.INSTITUTION}),
    Role.EDUCATION_SUPERVISOR: frozenset({AgencyKey.SUPPORT_MINISTRY}),
    # Whoever audits, and whoever says who sits where, is needed in each.
    Role.AUDITOR: _ANYWHERE,
    Role.AGENCY_ADMINISTRATOR: _ANYWHERE,
}


def home_of(role: Role) -> AgencyKey:
    """The agency in which a role sits; of several the first, and of those that sit anywhere the regulator."""
    homes = SITS_IN[role]
    return AgencyKey.REGULATOR if homes == _ANYWHERE else min(homes, key=list(AgencyKey).index)


def roles_in(agency: AgencyKey) -> list[Role]:
    """Every role that may sit in an agency, in their order."""
    return [role for role in Role if role not in AT_AN_OPERATOR and agency in SITS_IN[role]]


def why_not_there(role: Role, *, agency: str) -> str | None:
    """None when this role sits in this agency, otherwise the sentence that says where it does."""
    if agency in SITS_IN[role]:
        return None
    where = ", ".join(sorted(SITS_IN[role]))
    return f"{role} does not sit in an agency of the kind {agency!r}; it sits in: {where}."
