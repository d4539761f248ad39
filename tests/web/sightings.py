"""Sightings in the states that the control room must word, brought there by the actions of each stage."""

from uuid import UUID

from haetae.audit.actor import Actor
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
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment import actions as assessment
from haetae.flow.delivery import actions as delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.removal import actions as removal
from haetae.flow.removal.states import State
from haetae.flow.review import actions as review
from haetae.flow.review.block import actions as block
from haetae.flow.review.states import Because, By
from haetae.flow.tasks.models import Task
from haetae.flow.verification import actions as verification
from haetae.flow.verification.models import Probe

_OPERATOR = Actor(kind="operator", id="board")
KNOWN = Signal(
    kind=SignalKind.KNOWN_HASH,
    facts={
        "entry_id": "rocket-1", "list_name": "demo", "tier": 2, "distance_bits": 6,
        "confirmed": True, "exact": False, "variant": "whole",
    },
)  # fmt: skip
LEAD = Signal(
    kind=SignalKind.MODEL_SAID,
    facts={"task": "image_generated", "model": "trial-1", "probability": 0.7, "level": "review"},
)


def found(number: int = 1, *, host: str = "board.example") -> UUID:
    return register_sighting(
        page_url=f"https://{host}/posts/{number}",
        media_url=f"https://{host}/media/{number}.jpg",
        source=Source.WATCH,
    )


def examined(sighting_id: UUID, *signals: Signal, reported: bool = False, picture: str = "3f") -> UUID:
    """`picture`: two hex digits; of others it is another picture."""
    opened = assessment.open_assessment(sighting_id=sighting_id, reported=reported)
    assert opened is not None
    assessment.examined(assessment_id=opened, finding=_finding(signals, picture))
    return opened


def asked(sighting_id: UUID) -> UUID:
    request_id = removal.request_deletion(sighting_id=sighting_id, assessment_id=examined(sighting_id, KNOWN))
    assert request_id is not None
    return request_id


def answered(sighting_id: UUID, answer: State, *, reason: str = "", blocked: bool = False) -> UUID:
    request_id = asked(sighting_id)
    said = delivery.open_delivery(
        kind=Said.DELETE, subject_id=request_id, sighting_id=sighting_id, operator=None
    )
    attempt = delivery.begin_attempt(delivery_id=said.pk)
    assert attempt is not None
    removal.operator_answered(
        request_id=request_id,
        answer=answer,
        facts={"reference": "DR-1", "reason": reason},
        blocked=blocked,
        attempt_id=attempt.pk,
        actor=_OPERATOR,
    )
    return request_id


def contested(number: int = 1, *, by: By | None = By.OPERATOR, host: str = "board.example") -> UUID:
    """The operator is unsure: a review is open, and meanwhile the picture is hidden by somebody or by nobody."""
    sighting_id = found(number, host=host)
    request_id = answered(sighting_id, State.UNSURE, reason="cannot_judge", blocked=by is By.OPERATOR)
    review_id = review.open_review(request_id=request_id, sighting_id=sighting_id, because=Because.UNSURE)
    assert review_id is not None
    block.begin_block(request_id=request_id, sighting_id=sighting_id, by=by)
    return review_id


def overdue(number: int = 1, *, host: str = "board.example") -> Task:
    """The time is up: people have the task."""
    request_id = asked(found(number, host=host))
    removal.mark_overdue(request_id=request_id)
    return Task.objects.get(subject_id=request_id)


def verified(sighting_id: UUID) -> UUID:
    """Claimed, looked at twice, gone."""
    request_id = answered(sighting_id, State.CLAIMED)
    verification.plan_probes(request_id=request_id)
    for _ in range(2):
        look(request_id, seen="gone", page="tombstone", media="http_410")
    believed(request_id, gone=True)
    return request_id


def believed(request_id: UUID, *, gone: bool) -> None:
    """What both looks of a probe make of a request that nobody has hidden."""
    removal.probe_saw(request_id=request_id, gone=gone, hidden=False)


def look(request_id: UUID, *, seen: str, page: str, media: str) -> None:
    probe = Probe.objects.get(request_id=request_id, planned_after="PT0S")
    codes = {"seen": seen, "page_seen": seen, "page_why": page, "media_seen": seen, "media_why": media}
    verification.looked(probe_id=probe.pk, sight=verification.SightCodes(**codes))


def _finding(signals: tuple[Signal, ...], picture: str) -> Finding:
    dhash = f"{int(picture, 16) ^ 0x9E:02x}"
    whole = PerceptualHash(variant=Variant.WHOLE, pdq=picture * 32, pdq_quality=100, dhash=dhash * 32)
    return Finding(
        media=Media(kind="image", format="jpeg", width_px=1600, height_px=1200, frames=1, size_bytes=412_345),
        fingerprints=Fingerprints(sha256=f"{int(picture, 16) ^ 0x94:02x}" * 32, perceptual=(whole,)),
        signals=signals,
        verdict=Verdict.NOTHING,
        reasons=(),
    )
