"""An operator that remembers every key under which it was asked, and an examination that knows every picture."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from unittest import mock
from uuid import UUID

from haetae.connectors.base import Answer, AnswerKind, DeletionOrder, Locator, NothingThereError
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
from tests.flow.board import Board

_KNOWN: Final = {
    "entry_id": str(UUID(int=1)), "list_name": "test", "tier": 2, "distance_bits": 4, "confirmed": True,
    "exact": False, "variant": "whole", "benign": False,
}  # fmt: skip
_STAGES = ("arrival", "assessment", "removal", "verification")


@dataclass
class RememberingOperator(Board):
    """Has what it was asked by key, and what each key came to; `asked` holds the digests of what was asked under it."""

    asked: defaultdict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: defaultdict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    deliveries: int = 0

    def find(self, url: str) -> list[Locator]:
        if "/p/" not in url:
            raise NothingThereError("http_404", "nothing there")
        return [Locator(page_url=url, media_url=url.replace("/p/", "/m/"))]

    def read_media(self, locator: Locator) -> bytes:
        return locator.media_url.encode()

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        self.deliveries += 1
        told = [order.locator.media_url, order.legal_basis, str(order.fingerprints)]
        self.asked[order.key].add(hashlib.sha256(json.dumps(told).encode()).hexdigest())
        self.places[order.locator.media_url].add(order.key)
        return Answer(kind=AnswerKind.RECEIVED, reference="r")

    def answer_to(self, key: UUID) -> Answer | None:
        self.status_questions += 1
        return Answer(kind=AnswerKind.RECEIVED, reference="r") if key in self.asked else None


@contextmanager
def spoken_with(operator: RememberingOperator) -> Iterator[None]:
    """Everybody who speaks with an operator speaks with this one; every picture is one that is known."""

    def examine(data: bytes, **_named: object) -> Finding:
        digest = hashlib.sha256(data).hexdigest()
        whole = PerceptualHash(variant=Variant.WHOLE, pdq=digest, pdq_quality=100, dhash=digest)
        return Finding(
            media=Media(kind="image", format="jpeg", width_px=9, height_px=9, frames=1, size_bytes=9),
            fingerprints=Fingerprints(sha256=digest, perceptual=(whole,)),
            signals=(Signal(kind=SignalKind.KNOWN_HASH, facts=_KNOWN),),
            verdict=Verdict.REQUEST,
            reasons=(),
        )

    with mock.patch.multiple("haetae.flow.assessment.jobs", examine_bytes=examine, models=object):
        patches = [
            mock.patch(f"haetae.flow.{stage}.jobs.connector_for", return_value=operator) for stage in _STAGES
        ]
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()
