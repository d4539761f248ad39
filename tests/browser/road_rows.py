"""Rows of the regulator's road: places with a picture of their own, and what waits for an official in the morning."""

from typing import Final
from uuid import UUID

from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import Operator
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.orders.states import Ground
from haetae.audit.actor import SYSTEM, Actor
from haetae.detect.finding import (
    Finding,
    Fingerprints,
    Media,
    PerceptualHash,
    Signal,
    SignalKind,
    Variant,
    Verdict,
)
from haetae.detect.matching import Tier
from haetae.flow.assessment.actions import examined, open_assessment
from haetae.flow.removal.actions import operator_answered, request_deletion
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State as Request
from haetae.flow.review.commission.actions import propose
from haetae.flow.review.models import Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.hashbank.actions import add_known_picture
from tests import people
from tests.browser.docket_stage import STATEMENT
from tests.browser.road_stage import OLD
from tests.commission import commission_decides, leave_out_hearing, seat, seat_commission
from tests.enforcement import drafted, heard
from tests.web import sightings
from tests.work import do_all_jobs

FIVE: Final = range(11, 16)


def operator(name: str) -> Operator:
    return register_operator(
        name=name, connector="web_page", origin=f"https://{name.lower()}.example", actor=SYSTEM,
        standing=Standing(zone="Asia/Seoul"),
    )  # fmt: skip


def asked(number: int, *, host: str = "board.example") -> UUID:
    """Each shows a picture of its own, which a counsellor has checked."""
    print_ = f"{number:02x}" * 32
    known = add_known_picture(
        list_name="checked",
        tier=Tier.COUNSELLOR_CHECKED,
        sha256=print_,
        pdq=print_,
        dhash=print_,
        actor=SYSTEM,
    )
    sighting_id = sightings.found(number, host=host)
    assessment_id = open_assessment(sighting_id=sighting_id, reported=False)
    assert assessment_id is not None
    examined(assessment_id=assessment_id, finding=_finding(print_, known_id=known))
    request_id = request_deletion(sighting_id=sighting_id, assessment_id=assessment_id)
    assert request_id is not None
    return request_id


def _finding(print_: str, *, known_id: UUID) -> Finding:
    facts = {
        "entry_id": str(known_id), "list_name": "checked", "tier": int(Tier.COUNSELLOR_CHECKED),
        "distance_bits": 0, "confirmed": True, "exact": True, "variant": "whole",
    }  # fmt: skip
    whole = PerceptualHash(variant=Variant.WHOLE, pdq=print_, pdq_quality=100, dhash=print_)
    return Finding(
        media=Media(kind="image", format="jpeg", width_px=1600, height_px=1200, frames=1, size_bytes=412_345),
        fingerprints=Fingerprints(sha256=print_, perceptual=(whole,)),
        signals=(Signal(kind=SignalKind.KNOWN_HASH, facts=facts),),
        verdict=Verdict.REQUEST,
        reasons=(),
    )


def ready_for_a_day(forum: Operator) -> UUID:
    """Five reviews that may be voted on, an old case, and an order that waits for a signature, whose number this is."""
    requests = [asked(number, host="forum.example") for number in (*FIVE, OLD)]
    for request_id in requests:
        answers(request_id, Request.UNSURE, blocked=True)
    do_all_jobs()
    for review in Review.objects.filter(sighting__operator=forum):
        leave_out_hearing(review.pk)
        propose(
            review_id=review.pk, official_id=seat(people.REVIEWER, Role.REVIEWER).pk, decision=State.REMOVE,
            reason=Reason.MANIPULATED, statement=STATEMENT,
        )  # fmt: skip
    _decided_long_ago(requests[-1])
    order_id = drafted(forum, ground=Ground.DUTY)
    heard(order_id)
    return order_id


def _decided_long_ago(request_id: UUID) -> None:
    """It was ordered, and the operator says that it is gone."""
    old = Review.objects.get(request=request_id)
    commission_decides(old.pk, decision=State.REMOVE, reason=Reason.MANIPULATED, members=seat_commission(5))
    do_all_jobs()
    ordered = DeletionRequest.objects.get(sighting=old.sighting_id, ordered="remove")
    answers(ordered.pk, Request.CLAIMED)
    do_all_jobs()


def answers(request_id: UUID, answer: Request, *, blocked: bool = False) -> None:
    actor = Actor(kind="operator", id="forum")
    operator_answered(request_id=request_id, answer=answer, blocked=blocked, actor=actor)
