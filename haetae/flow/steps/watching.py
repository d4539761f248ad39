"""Watch lists end by themselves."""

from uuid import UUID

from haetae.flow.arrival.watching import actions


def stop_at_end(list_id: UUID) -> None:
    """The date of a watch list has come: nothing of it is visited any more."""
    actions.time_is_over(list_id=list_id)
