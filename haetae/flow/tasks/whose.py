"""Whose work a task is, so that nobody's list holds what another has to do. Pure.

Who stands by people asks and reaches operators; the secretariat sees to what the commission decides, whose members
have votes and no tasks; the regulator sees to orders and duties, and the custodians to what they keep.
"""

from collections.abc import Iterable
from typing import Final

from haetae.accounts.permissions import Role
from haetae.flow.tasks.states import Kind

_OF_THE_SECRETARIAT: Final = frozenset(
    {Kind.NOT_BLOCKED, Kind.BLOCK_ENDS, Kind.SHOWN_UNDECIDED, Kind.REVIEW_LATE, Kind.NOT_RESTORED}
)
_OF_THE_REGULATOR: Final = frozenset(
    {Kind.ORDER_UNCLEAR, Kind.REPORT_MISSING, Kind.DESIGNATION_LATE, Kind.NOT_PAID}
)
_OF_THE_CUSTODIANS: Final = frozenset({Kind.EVIDENCE_DAMAGED})
# What somebody has to know as well who supervises operators.
_ALSO_FOR_THE_REGULATOR: Final = frozenset({Kind.CLAIM_FALSE, Kind.OVERDUE, Kind.TERM_OVER, Kind.HOOK_DOWN})
_OF_THE_DESK: Final = frozenset(Kind) - _OF_THE_REGULATOR - _OF_THE_CUSTODIANS - {Kind.REVIEW_LATE}
THEIRS: Final[dict[Role, frozenset[Kind]]] = {
    Role.COUNSELLOR: _OF_THE_DESK,
    Role.CHILD_PROTECTION_COUNSELLOR: _OF_THE_DESK,
    Role.DETECTION_ANALYST: _OF_THE_DESK,
    Role.REVIEWER: _OF_THE_SECRETARIAT,
    Role.CHILD_PROTECTION_REVIEWER: _OF_THE_SECRETARIAT,
    Role.EVIDENCE_CUSTODIAN: _OF_THE_CUSTODIANS,
    Role.REGULATOR: _OF_THE_REGULATOR | _ALSO_FOR_THE_REGULATOR,
}


def kinds_for(roles: Iterable[Role]) -> frozenset[Kind]:
    """What stands in the list of somebody with these roles."""
    return frozenset().union(*(THEIRS.get(role, frozenset()) for role in roles))
