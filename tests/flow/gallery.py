"""Many posts on one platform, each seen as a test says: what is examined is the address, and no picture."""

from collections.abc import Sequence
from uuid import uuid4

import pytest
from board import Board
from doubt import HIDDEN

from haetae.connectors.base import Locator
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


def known(*, tier: int = 2, list_name: str = "test", confirmed: bool = True) -> Signal:
    facts = {
        "entry_id": str(uuid4()), "list_name": list_name, "tier": tier, "distance_bits": 4, "confirmed": confirmed,
        "exact": False, "variant": "whole", "benign": False,
    }  # fmt: skip
    return Signal(kind=SignalKind.KNOWN_HASH, facts=facts)


class Gallery(Board):
    """A platform with many posts; a picture is told from another by its address."""

    def find(self, url: str) -> Sequence[Locator]:
        return [Locator(page_url=url, media_url=media(url))]

    def read_media(self, locator: Locator) -> bytes:
        return locator.media_url.encode()


def page(number: int) -> str:
    return f"https://board.example/p/{number}"


def media(url: str) -> str:
    return url.replace("/p/", "/m/")


def open_gallery(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Signal, ...]]:
    """What is seen in the picture at each address, in place of an examination."""
    signals: dict[str, tuple[Signal, ...]] = {}
    gallery = Gallery()
    gallery.answers = [HIDDEN] * 20
    for stage in ("arrival", "assessment", "removal", "review", "verification"):
        monkeypatch.setattr(f"haetae.flow.{stage}.jobs.connector_for", lambda _operator: gallery)

    def examine(data: bytes, **_named: object) -> Finding:
        # Hashes as the address says: two with the same end are copies of one picture.
        digits = f"{int(data.decode().rsplit('/', 1)[1]) % 100:02d}"
        whole = PerceptualHash(
            variant=Variant.WHOLE, pdq=digits * 32, pdq_quality=100, dhash=(digits[1] + "a") * 32
        )
        return Finding(
            media=Media(kind="image", format="jpeg", width_px=9, height_px=9, frames=1, size_bytes=9),
            fingerprints=Fingerprints(sha256=digits * 32, perceptual=(whole,)),
            signals=signals.get(data.decode(), ()),
            verdict=Verdict.NOTHING,
            reasons=(),
        )

    monkeypatch.setattr("haetae.flow.assessment.jobs.examine_bytes", examine)
    monkeypatch.setattr("haetae.flow.assessment.jobs.models", object)
    return signals
