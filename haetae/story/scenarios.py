"""The scenarios. Each is a story with an end that is checked on both sides: in our record and on the platform."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.detect.matching import Tier
from haetae.hashbank.actions import add_known_picture
from haetae.story.pictures import KnownOriginal, photo
from haetae.story.stage import Stage

_ASKED = "/operator/v1/deletion-requests"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The pictures that play: two originals that are known, and one that nobody minds."""

    known: KnownOriginal
    known_too: KnownOriginal
    benign: bytes = field(default_factory=lambda: photo("rocket"))


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """`play` returns the events of the picture it was about; it raises StoryError where the story goes wrong."""

    name: str
    title: str
    play: Callable[[Stage, Cast], list[Event]]


def known_picture_is_removed(stage: Stage, cast: Cast) -> list[Event]:
    """A known picture appears, re-encoded; it is found, asked for, deleted and proven gone."""
    stage.set_manners()
    _make_known(cast.known)
    post = stage.post(cast.known.copy, title="A picture passed on")
    events = stage.until(post, _holds("removal.verified"), what="the proof that it is gone")
    _check_order(stage, events, "arrival.found", "assessment.request", "removal.requested", "removal.claimed")
    _check_order(
        stage, events, "removal.claimed", "verification.gone_once", "verification.gone", "removal.verified"
    )
    stage.check(stage.public_status(post.media) == 410, "the picture is gone from the platform")
    stage.check(stage.public_status(post.page) == 410, "its page is gone from the platform")
    _check_asked_once(stage)
    return events


def benign_picture_is_untouched(stage: Stage, cast: Cast) -> list[Event]:
    """A picture that nobody knows is looked at and left alone."""
    stage.set_manners()
    post = stage.post(cast.benign, title="A launch pad at dusk")
    events = stage.until(post, _holds("assessment.nothing"), what="the examination")
    stage.check(
        not any(event.name.startswith("removal.") for event in events), "nobody was asked for anything"
    )
    stage.check(not _requests_in(stage.platform_log()), "the operator got no request")
    stage.check(stage.public_status(post.media) == 200, "the picture is where it was")
    return events


def false_claim_is_caught(stage: Stage, cast: Cast) -> list[Event]:
    """Somebody reports a link; the operator claims removal and deletes nothing; our own probe sees it."""
    stage.set_manners(misbehave="claims_without_deleting")
    _make_known(cast.known_too)
    post = stage.post(cast.known_too.copy, title="Another picture passed on")
    stage.report(post.page)
    events = stage.until(post, _holds("removal.overdue"), what="people to be called")
    _check_order(
        stage, events, "removal.claimed", "verification.live", "removal.claim_false", "removal.overdue"
    )
    stage.check(
        stage.public_status(post.media) == 200, "the picture is still there, whatever the operator says"
    )
    stage.check(not _holds("removal.verified")(events), "nothing was called verified")
    stage.set_manners()
    return events


SCENARIOS = (
    Scenario(
        name="known_picture_removed",
        title="A known picture, passed on: found, asked, deleted, proven gone",
        play=known_picture_is_removed,
    ),
    Scenario(
        name="benign_picture_untouched",
        title="A harmless picture: looked at, left alone",
        play=benign_picture_is_untouched,
    ),
    Scenario(
        name="false_claim_caught",
        title="An operator that says deleted and does not: caught by our own eyes",
        play=false_claim_is_caught,
    ),
)


def _make_known(original: KnownOriginal) -> None:
    whole = original.fingerprints.perceptual[0]
    add_known_picture(
        list_name="story",
        tier=Tier.COUNSELLOR_CHECKED,
        sha256=original.fingerprints.sha256,
        pdq=whole.pdq,
        dhash=whole.dhash,
        actor=SYSTEM,
    )


def _holds(name: str) -> Callable[[list[Event]], bool]:
    return lambda events: any(event.name == name for event in events)


def _check_order(stage: Stage, events: list[Event], *names: str) -> None:
    """The named events happened in this order, whatever happened between them."""
    happened = iter(event.name for event in events)
    stage.check(all(name in happened for name in names), " -> ".join(names))


def _requests_in(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in log if line["method"] == "POST" and line["path"].startswith(_ASKED)]


def _check_asked_once(stage: Stage) -> None:
    asked = _requests_in(stage.platform_log())
    keys = {(line["idempotency_key"], line["body_sha256"]) for line in asked}
    stage.check(len(keys) == 1, "the operator was asked under one key with one body")
