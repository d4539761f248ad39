"""The plan's first sentence: found, asked, deleted, proven gone; left alone; and a false claim caught."""

from haetae.audit.models import Event
from haetae.story.cast import Cast
from haetae.story.checks import check_asked_once, check_order, holds, make_known, requests_in
from haetae.story.stage import Stage


def known_picture_is_removed(stage: Stage, cast: Cast) -> list[Event]:
    """A known picture appears, re-encoded; it is found, asked for, deleted and proven gone."""
    stage.set_manners()
    make_known(cast.known)
    post = stage.post(cast.known.copy, title="A picture passed on")
    events = stage.until(post, holds("removal.verified"), what="the proof that it is gone")
    check_order(stage, events, "arrival.found", "assessment.request", "removal.requested", "removal.claimed")
    check_order(
        stage, events, "removal.claimed", "verification.gone_once", "verification.gone", "removal.verified"
    )
    stage.check(stage.public_status(post.media) == 410, "the picture is gone from the platform")
    stage.check(stage.public_status(post.page) == 410, "its page is gone from the platform")
    check_asked_once(stage)
    return events


def benign_picture_is_untouched(stage: Stage, cast: Cast) -> list[Event]:
    """A picture that nobody knows is looked at and left alone."""
    stage.set_manners()
    post = stage.post(cast.benign, title="A launch pad at dusk")
    events = stage.until(post, holds("assessment.nothing"), what="the examination")
    stage.check(
        not any(event.name.startswith("removal.") for event in events), "nobody was asked for anything"
    )
    stage.check(not requests_in(stage.platform_log()), "the operator got no request")
    stage.check(stage.public_status(post.media) == 200, "the picture is where it was")
    return events


def false_claim_is_caught(stage: Stage, cast: Cast) -> list[Event]:
    """Somebody reports a link; the operator claims removal and deletes nothing; our own probe sees it."""
    stage.set_manners(misbehave="claims_without_deleting")
    make_known(cast.known_too)
    post = stage.post(cast.known_too.copy, title="Another picture passed on")
    stage.report(post.page)
    events = stage.until(post, holds("removal.overdue"), what="people to be called")
    check_order(
        stage, events, "removal.claimed", "verification.live", "removal.claim_false", "removal.overdue"
    )
    stage.check(
        stage.public_status(post.media) == 200, "the picture is still there, whatever the operator says"
    )
    stage.check(not holds("removal.verified")(events), "nothing was called verified")
    stage.set_manners()
    return events
