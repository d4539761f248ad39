"""Officials who work on cases."""

from collections.abc import Iterator
from datetime import date

import pytest

from haetae.accounts.actions import seat_official
from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from tests.agencies.desk import seated
from tests.agencies.ending import StandingClock
from tests.agencies.mailing import account_at
from tests.people import COUNSELLOR, SECOND_COUNSELLOR
from tests.post_office import PostOffice, post_office


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


@pytest.fixture
def standing(monkeypatch) -> StandingClock:
    held = StandingClock(at=clock.now())
    monkeypatch.setattr(clock, "now", held)
    return held


@pytest.fixture
def office(settings) -> Iterator[PostOffice]:
    with post_office() as opened:
        settings.MAIL = account_at(opened)
        yield opened
