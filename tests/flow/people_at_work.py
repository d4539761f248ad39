"""A review without the flow around it, and seats that end: for the stories of the commission."""

from datetime import date
from uuid import UUID

from haetae.accounts.models import Official
from tests.commission import leave_out_hearing
from tests.web import sightings


def opened_review(number: int = 1, *, heard: bool = True) -> UUID:
    """The operator is unsure. With `heard` the hearing is settled, and a vote may come."""
    review_id = sightings.contested(number)
    if heard:
        leave_out_hearing(review_id)
    return review_id


def end_seat(official: Official, last_day: date) -> None:
    """The seat ends with this day; by hand, because no action of ours takes a seat away yet."""
    official.seats.update(until=last_day)
