"""The law says how many sit in the commission, and nobody makes more of them."""

from datetime import date

import pytest
from people_at_work import opened_review

from haetae.accounts.actions import seat_official
from haetae.accounts.permissions import Role
from haetae.accounts.seats.actions import CannotSeatError, give_seat
from haetae.audit.actor import SYSTEM
from haetae.flow.review.commission.actions import CannotVoteError, vote
from haetae.flow.review.commission.queries import COMMISSION, places_of, standing, today
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from tests.commission import STATEMENT, seat, seat_commission
from tests.people import SEATS_ADMINISTRATOR, STRANGER

pytestmark = pytest.mark.django_db


def test_a_tenth_member_of_nine_has_no_vote_however_the_seat_was_given() -> None:
    seat_commission(9)
    tenth = seat_official(
        username=STRANGER.name,
        role=Role.COMMISSION_MEMBER,
        agency=COMMISSION,
        since=date(2026, 2, 1),
        actor=SYSTEM,
    )
    assert (standing().seats, standing().seated) == (9, 9)
    with pytest.raises(CannotVoteError, match="not_a_member"):
        vote(
            review_id=opened_review(),
            member_id=tenth.pk,
            decision=State.NOT_HARMFUL,
            reason=Reason.LAWFUL,
            statement=STATEMENT,
            round_=1,
        )


def test_an_administrator_gives_no_seat_beyond_those_of_the_law_and_a_free_one_again() -> None:
    administrator = seat(SEATS_ADMINISTRATOR, Role.AGENCY_ADMINISTRATOR)
    members = seat_commission(9)

    def given(name: str):
        return give_seat(
            agency=COMMISSION,
            name=name,
            role=Role.COMMISSION_MEMBER,
            since=today(),
            by=administrator,
            places=places_of(Role.COMMISSION_MEMBER),
        )

    with pytest.raises(CannotSeatError, match="seats_are_taken"):
        given(STRANGER.name)
    given(members[0].username)  # who sits there already takes no place
    members[1].seats.update(until=date(2026, 3, 1))
    assert given(STRANGER.name).username == STRANGER.name
    assert places_of(Role.REVIEWER) is None
