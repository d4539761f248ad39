"""Who sits where: given and ended by the agency's own administrator, handed over, and nothing to do for a new name."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from haetae.accounts.actions import seat_official
from haetae.accounts.models import HandedOver, Official, Seat
from haetae.accounts.permissions import Role
from haetae.accounts.seats import queries as seats
from haetae.accounts.seats.queries import carriers_of
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground
from haetae.agencies.referrals.models import Referral
from haetae.agencies.support.desk.actions import take_on
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.flow.steps.carrying_on import carried_by
from tests.agencies.desk import a_case, fresh, seated
from tests.enforcement import drafted, operator, overdue
from tests.people import (
    COUNSELLOR,
    REGULATOR,
    REVIEWER,
    SEATS_ADMINISTRATOR,
    SECOND_COUNSELLOR,
    SECOND_REGULATOR,
)
from tests.web.test_referrals_between_agencies import hand

pytestmark = pytest.mark.django_db
PEOPLE = "/console/people/"


def page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def administrator(visitor, agency: str = "regulator") -> Client:
    browser = visitor("en")
    browser.force_login(seated(SEATS_ADMINISTRATOR.name, Role.AGENCY_ADMINISTRATOR, agency))
    return browser


def today() -> str:
    """Where the officials are: there it may be tomorrow already."""
    return seats.today().isoformat()


def give(browser, name: str, role: Role, since: str = ""):
    return browser.post(f"{PEOPLE}add/", {"name": name, "role": role, "since": since or today()})


def end(browser, seat: Seat, **fields: object):
    sent = {"seat": seat.pk, "when": "at_once", **fields}
    return browser.post(f"{PEOPLE}{seat.official_id}/end/", sent)


def test_a_newcomer_is_let_in_by_an_address_that_is_shown_once(visitor) -> None:
    admin = administrator(visitor)
    shown = page(give(admin, SECOND_REGULATOR.name, Role.REGULATOR))
    where = re.search(r"http://testserver(/console/sign-in/once/[^<\s]+)", shown)
    assert where
    assert where[1] not in page(admin.get(PEOPLE))
    newcomer = visitor("en")
    newcomer.post(where[1])
    assert newcomer.get("/console/reviews/").status_code in {200, 302}
    assert Seat.objects.get(official__username=SECOND_REGULATOR.name).agency == "regulator"


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [
        (SEATS_ADMINISTRATOR.name, Role.REGULATOR, "Nobody gives a seat to themselves"),
        (REVIEWER.name, Role.REGULATOR, "sits, or sat, elsewhere"),
        (SECOND_REGULATOR.name, Role.REVIEWER, "Choose what they may do"),
        (SECOND_REGULATOR.name, Role.OPERATOR_MODERATOR, "Choose what they may do"),
        ("Two words", Role.REGULATOR, "small letters"),
    ],
)
def test_what_an_administrator_may_not_give_is_refused_and_recorded(
    visitor, reviewer, name, role, said
) -> None:
    answer = give(administrator(visitor), name, role)
    assert (answer.status_code, said in page(answer)) == (422, True)
    assert Event.objects.filter(name="accounts.seat_refused").count() == 1
    assert not Seat.objects.filter(agency="regulator", role=Role.REGULATOR).exists()


def test_an_administrator_reaches_nobody_of_another_agency(visitor, reviewer) -> None:
    """A link would let them in as somebody who decides."""
    admin, seat = administrator(visitor), Seat.objects.get(official=reviewer)
    for verb in ("", "link/", "end/"):
        where = f"{PEOPLE}{reviewer.pk}/{verb}"
        answer = admin.post(where, {"seat": seat.pk, "when": "at_once"}) if verb else admin.get(where)
        assert answer.status_code == 404, verb
    assert REVIEWER.name not in page(admin.get(PEOPLE))
    seat.refresh_from_db()
    assert seat.until is None


def test_nobody_ends_the_last_administrator_and_no_day_that_is_over_is_taken_back(visitor, regulator) -> None:
    admin = administrator(visitor)
    own = Seat.objects.get(role=Role.AGENCY_ADMINISTRATOR)
    assert "last administrator" in page(end(admin, own))
    official = Seat.objects.get(official__username=REGULATOR.name)
    assert end(admin, official, when="day", last_day="2026-01-02").status_code == 409
    give(admin, "administrator-two", Role.AGENCY_ADMINISTRATOR)
    assert end(admin, own).status_code == 302


def test_whoever_leaves_hands_everything_over_and_what_was_done_keeps_the_old_name(
    visitor, regulator, second_regulator
) -> None:
    leaver, colleague = (Official.objects.get(username=who.name) for who in (REGULATOR, SECOND_REGULATOR))
    admin, board = administrator(visitor), operator()
    drafted(board, ground=Ground.OVERDUE, items=[overdue(board, 1)])
    order = CorrectiveOrder.objects.get()
    assert order.drafted_by == leaver
    referral = hand(regulator, "regulator:crime_seen_in_office", operator=board.pk)
    seat = Seat.objects.get(official=leaver)
    shown = page(admin.get(f"{PEOPLE}{leaver.pk}/"))
    assert "drafts of orders" in shown
    assert "referrals that nobody has answered" in shown
    refused = end(admin, seat)
    assert (refused.status_code, "Choose a colleague" in page(refused)) == (409, True)
    seat.refresh_from_db()
    assert seat.until is None, "nothing of it happened"
    assert end(admin, seat, successor=colleague.pk).status_code == 302
    assert {kind: len(rows) for kind, rows in carried_by(colleague.pk).items()} == {"order": 1, "referral": 1}
    assert carried_by(leaver.pk) == {}
    assert carriers_of([order.pk])[order.pk] == colleague
    assert Referral.objects.get(pk=referral.pk).sent_by == leaver
    order.refresh_from_db()
    assert order.drafted_by == leaver
    assert Event.objects.filter(name="accounts.handed_over").count() == HandedOver.objects.count() == 2
    assert regulator.get("/console/reviews/").status_code == 302, "outside at once"


def test_a_counsellors_cases_go_to_a_counsellor_and_to_nobody_else(visitor) -> None:
    admin = administrator(visitor, "support_centre")
    leaver, colleague = seated(COUNSELLOR.name), seated(SECOND_COUNSELLOR.name)
    analyst = seated("analyst", Role.DETECTION_ANALYST)
    case = a_case().case
    take_on(case_id=case.pk, official_id=leaver.pk)
    seat = Seat.objects.get(official=leaver)
    refused = end(admin, seat, successor=analyst.pk)
    assert "may not do all that lies there" in page(refused)
    assert end(admin, seat, when="day", last_day=today(), successor=colleague.pk).status_code == 302
    assert fresh(case.pk).counsellor == colleague
    assert Event.objects.filter(name="support.handed_on").count() == 1


@pytest.mark.parametrize(
    ("agency", "role", "day", "before", "after"),
    [
        ("regulator", Role.REGULATOR, date(2025, 9, 30), "(KCC)", "(KMCC)"),
        ("reviewer", Role.REVIEWER, date(2025, 9, 30), "(KCSC)", "(KMCSC)"),
        (
            "prosecutor",
            Role.AUDITOR,
            date(2026, 10, 1),
            "Prosecutors&#x27; Office",
            "Public Prosecution Office",
        ),
    ],
)
def test_when_an_agency_gets_a_new_name_nothing_has_to_be_done(
    visitor, agency, role, day, before, after
) -> None:
    noon = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    admin = visitor("en")
    with time_machine.travel(noon, tick=False) as traveller:
        since = date(2025, 1, 1)
        for name, held in ((SEATS_ADMINISTRATOR.name, Role.AGENCY_ADMINISTRATOR), ("official-one", role)):
            seat_official(username=name, role=held, agency=agency, since=since, actor=SYSTEM)
        admin.force_login(Official.objects.get(username=SEATS_ADMINISTRATOR.name))
        assert before in page(admin.get(PEOPLE))
        traveller.shift(timedelta(days=1))
        admin.force_login(
            Official.objects.get(username=SEATS_ADMINISTRATOR.name)
        )  # yesterday's session is over
        shown = page(admin.get(PEOPLE))
        assert after in shown
        assert f"since {since} · then" in shown
        assert before in shown, "the seat was given under the old name"
        assert Seat.objects.filter(agency=agency, until=None).count() == 2
