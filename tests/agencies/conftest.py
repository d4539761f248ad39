"""Officials who work on cases."""

from datetime import date

import pytest

from haetae.accounts.actions import seat_official
from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from tests.agencies.desk import seated
from tests.people import COUNSELLOR, SECOND_COUNSELLOR


@pytest.fixture
def counsellor(db: None) -> Official:
    return seat_official(
        username=COUNSELLOR.name,
        role=Role.COUNSELLOR,
        agency="support_centre",
        since=date(2026, 1, 1),
        actor=SYSTEM,
    )


@pytest.fixture
def colleague(db: None) -> Official:
    return seated(SECOND_COUNSELLOR.name)
