"""Charges of what a deletion cost, for stories that need one and are about something else."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.recovery.actions import Offender, draft
from haetae.agencies.recovery.costs.actions import set_cost
from haetae.agencies.recovery.states import Work
from tests import people
from tests.commission import seat
from tests.web.sightings import found, verified

SOURCE = "Table of the ministry of 2 January 2026"
# An invented person: nobody of the cast is an offender.
OFFENDER = Offender(
    name="Offender of the story",
    address="1 Example Road, Example City",
    decision="Example District Court 2026 Kohap 12",
    decided_on=date(2026, 3, 2),
    pay_to="Example Bank 000-00-000000",
)
PRICES = {Work.EXAMINATION: 1_000, Work.REQUEST: 5_000, Work.LOOK: 300}


def recoverer(person: people.Person = people.RECOVERER) -> Official:
    return seat(person, Role.RECOVERY_OFFICER, agency="support_ministry")


def with_prices(official: Official, *, since: date = date(2026, 1, 1)) -> None:
    for work, won in PRICES.items():
        set_cost(work=work, won=won, since=since, source=SOURCE, official_id=official.pk)


def a_place_that_is_gone(number: int = 1) -> UUID:
    """One examination, one request that arrived, two looks: 1,000 + 5,000 + 2 x 300 won."""
    sighting_id = found(number)
    verified(sighting_id)
    return sighting_id


def a_charge(official: Official, places: Sequence[UUID]) -> UUID:
    return draft(
        offender=OFFENDER,
        places=[str(place) for place in places],
        form_key=uuid4(),
        official_id=official.pk,
    )
