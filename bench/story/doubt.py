"""The operator cannot tell: hidden for now, heard, voted on by the commission, and done."""

from datetime import timedelta
from functools import partial

from bench.story.house import House, counsellor_checked
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import About, Party
from haetae.flow.review.commission import actions as commission
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State

STATEMENT = "The picture was edited without the consent of the person in it."
OPINION = "We could not tell whether the person agreed. We follow what is decided."


def in_doubt(house: House) -> None:
    """From the operator's doubt to the end of the block."""
    counsellor_checked(house.another)
    house.board.behaves(answer="unsure")
    with house.tape.scene("unsure"):
        post = house.posts(house.another.copy, title="Not sure about this one")
        house.watch()
    with house.tape.scene("hidden") as scene:
        house.tape.passes(seconds=10)
        block = ProvisionalBlock.objects.get(sighting=house.place(post.media))
        scene.facts["state"] = block.state
    assert house.request_of(post.media).state == "unsure", "hidden is not called removed"
    review = Review.objects.get(sighting=house.place(post.media))
    _heard(house, review)
    house.board.behaves()
    _decided(house, review)
    with house.tape.scene("obeyed"):
        house.tape.jobs()
        house.tape.passes(seconds=30)
    assert house.request_of(post.media).state == "verified"


def _heard(house: House, review: Review) -> None:
    house.tape.passes(hours=2)
    vote = partial(_vote, review)
    with house.tape.scene("heard") as scene:
        commission.propose(
            review_id=review.pk,
            official_id=house.reviewer.pk,
            decision=State.REMOVE,
            reason=Reason.NO_CONSENT,
            statement=STATEMENT,
        )
        scene.refuses("review", lambda: vote(house.members[0]), who="commission_member")
        scene.refuses("review", lambda: vote(house.regulators[0]), who="regulator")
        hearing = hearings.ask(
            about=About.REVIEW,
            subject_id=review.pk,
            party=Party.OPERATOR,
            operator=house.operator,
            until=clock.now() + timedelta(days=3),
            source="haetae",
            official_id=house.reviewer.pk,
        )
    house.tape.passes(hours=20)
    with house.tape.scene("answered"):
        hearings.heard(
            hearing_id=hearing, opinion=OPINION, actor=Actor(kind="operator", id=str(house.operator.pk))
        )


def _decided(house: House, review: Review) -> None:
    house.tape.passes(hours=4)
    with house.tape.scene("voted", follows=False) as scene:
        for member in house.members[:4]:
            _vote(review, member)
        twice = partial(_vote, review, house.members[0], State.NOT_HARMFUL, Reason.LAWFUL)
        scene.refuses("review", twice, who="commission_member")
        decided = _vote(review, house.members[4])
        scene.facts |= {"votes": 5, "seats": len(house.members)}
        assert decided is State.REMOVE


def _vote(
    review: Review, member: object, decision: State = State.REMOVE, reason: Reason = Reason.NO_CONSENT
) -> State | None:
    return commission.vote(
        review_id=review.pk,
        member_id=member.pk,  # type: ignore[attr-defined]
        decision=decision,
        reason=reason,
        statement=STATEMENT,
        round_=1,
    )
