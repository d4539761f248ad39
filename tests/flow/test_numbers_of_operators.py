"""How operators answer, counted from the record: what one removes on one ground and leaves on another must be seen."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.actions import open_assessment
from haetae.flow.removal import actions as removal
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.numbers.figures import apart
from haetae.flow.removal.numbers.queries import all_numbers, numbers_of
from haetae.flow.removal.states import State

pytestmark = pytest.mark.django_db
ABUSE, COPYRIGHT = "designated_body_request", "infringed_person_request"


def operator(name: str) -> Operator:
    return register_operator(name=name, connector="sandbox", origin=f"https://{name}.example", actor=SYSTEM)


def asked(of: Operator, number: int, *, basis: str = ABUSE) -> UUID:
    place = f"{of.origin}/posts/{number}"
    sighting_id = register_sighting(page_url=place, media_url=f"{place}.jpg", source=Source.WATCH)
    assessment_id = open_assessment(sighting_id=sighting_id, reported=False)
    assert assessment_id is not None
    request_id = removal.request_deletion(
        sighting_id=sighting_id, assessment_id=assessment_id, legal_basis=basis
    )
    assert request_id is not None
    return request_id


def says(request_id: UUID, answer: State, *, reason: str = "") -> None:
    of = DeletionRequest.objects.get(pk=request_id).sighting.operator_id
    actor = Actor(kind="operator", id=str(of))
    removal.operator_answered(request_id=request_id, answer=answer, facts={"reason": reason}, actor=actor)


def sees(request_id: UUID, *, gone: bool) -> None:
    removal.probe_saw(request_id=request_id, gone=gone, hidden=False)


def test_a_claim_is_not_a_removal_and_a_request_counts_once(moving_clock: time_machine.Traveller) -> None:
    board, since = operator("board"), clock.now()
    removed, refused, unsure, lied, _open = (asked(board, number) for number in range(5))
    moving_clock.shift(timedelta(hours=2))
    says(refused, State.REFUSED, reason="lawful")
    says(unsure, State.UNSURE)
    says(unsure, State.CLAIMED)
    says(removed, State.CLAIMED)
    says(lied, State.CLAIMED)
    moving_clock.shift(timedelta(hours=4))
    sees(removed, gone=True)
    sees(lied, gone=False)

    found = numbers_of(board.pk, since=since)
    whole = found.whole
    assert (whole.asked, whole.answered, whole.running) == (5, 4, 1)
    assert (whole.claimed, whole.verified, whole.unsure, whole.refused) == (3, 1, 1, 1)
    assert whole.false_claims == 1
    assert whole.reasons == {"lawful": 1}
    assert whole.removed_percent == 25, "one of the four that are settled"
    assert whole.answer_median == timedelta(hours=2)
    assert whole.removal_p90 == timedelta(hours=6)
    assert [group.channel for group in found.by_channel] == ["sandbox"]


def test_what_is_removed_on_one_ground_and_not_on_another_jumps_to_the_eye(
    moving_clock: time_machine.Traveller,
) -> None:
    board, since = operator("board"), clock.now()
    for number in range(6):
        as_copyright, as_abuse = asked(board, number, basis=COPYRIGHT), asked(board, 10 + number)
        says(as_copyright, State.CLAIMED)
        sees(as_copyright, gone=True)
        says(as_abuse, State.REFUSED, reason="not_convinced")
    found = numbers_of(board.pk, since=since)
    difference = apart(found.by_basis)
    assert difference is not None
    assert (difference.more.basis, difference.more.removed_percent) == (COPYRIGHT, 100)
    assert (difference.less.basis, difference.less.removed_percent) == (ABUSE, 0)


def test_a_few_cases_accuse_nobody(moving_clock: time_machine.Traveller) -> None:
    board, since = operator("board"), clock.now()
    for number in range(4):
        as_copyright = asked(board, number, basis=COPYRIGHT)
        says(as_copyright, State.CLAIMED)
        sees(as_copyright, gone=True)
        says(asked(board, 10 + number), State.REFUSED)
    assert apart(numbers_of(board.pk, since=since).by_basis) is None


def test_nobody_sees_another_operators_numbers_and_officials_see_all(
    moving_clock: time_machine.Traveller,
) -> None:
    board, other, since = operator("board"), operator("other"), clock.now()
    says(asked(board, 1), State.CLAIMED)
    asked(other, 2)
    asked(other, 3)
    assert numbers_of(board.pk, since=since).whole.asked == 1
    assert numbers_of(other.pk, since=since).whole.answered == 0
    every = all_numbers(since=since)
    assert {one.whole.asked for one in every.values()} == {1, 2}
    moving_clock.shift(timedelta(days=1))
    assert all_numbers(since=clock.now()) == {}, "what was asked before that day is not counted"
