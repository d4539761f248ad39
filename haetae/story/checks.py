"""What several scenarios look for, in our record and in the platform's own log."""

from collections.abc import Callable
from typing import Any

from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.detect.matching import Tier
from haetae.hashbank.actions import add_known_picture
from haetae.story.pictures import KnownOriginal
from haetae.story.stage import Stage

ASKED = "/operator/v1/deletion-requests"


def make_known(original: KnownOriginal) -> None:
    """As if a counsellor had checked it."""
    whole = original.fingerprints.perceptual[0]
    add_known_picture(
        list_name="story",
        tier=Tier.COUNSELLOR_CHECKED,
        sha256=original.fingerprints.sha256,
        pdq=whole.pdq,
        dhash=whole.dhash,
        actor=SYSTEM,
    )


def holds(name: str) -> Callable[[list[Event]], bool]:
    """Whether an event of this name is among those that have happened."""
    return lambda events: any(event.name == name for event in events)


def check_order(stage: Stage, events: list[Event], *names: str) -> None:
    """The named events happened in this order, whatever happened between them."""
    happened = iter(event.name for event in events)
    stage.check(all(name in happened for name in names), " -> ".join(names))


def requests_in(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The platform's own lines about requests to delete."""
    return [line for line in log if line["method"] == "POST" and line["path"].startswith(ASKED)]


def check_asked_once(stage: Stage) -> None:
    """However often it was asked: one key, one body."""
    asked = requests_in(stage.platform_log())
    keys = {(line["idempotency_key"], line["body_sha256"]) for line in asked}
    stage.check(len(keys) == 1, "the operator was asked under one key with one body")
