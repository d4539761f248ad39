"""What a deletion cost, and the offender has not paid in the time of the law."""

from uuid import UUID

from haetae.agencies.recovery.actions import overdue


def not_repaid(charge_id: UUID) -> None:
    """The time to pay is over: whoever charges it sees what is left."""
    overdue(charge_id=charge_id)
