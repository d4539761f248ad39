"""Whoever was to be heard has said nothing in time."""

from uuid import UUID

from haetae.flow.hearings import actions as hearings


def time_is_over(hearing_id: UUID) -> None:
    """The time for an opinion is over: the act before which it was asked may come."""
    hearings.silent(hearing_id=hearing_id)
