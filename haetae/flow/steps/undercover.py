"""Undercover operations stop by themselves."""

from uuid import UUID

from haetae.agencies.investigation.undercover import actions


def stop_unpermitted(operation_id: UUID) -> None:
    """It began in urgency and nobody permitted it in time: it stops."""
    actions.time_is_over(operation_id=operation_id)


def stop_at_end(operation_id: UUID) -> None:
    """What was permitted is over: it stops."""
    actions.time_is_over(operation_id=operation_id)
