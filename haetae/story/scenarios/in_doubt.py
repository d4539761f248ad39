"""The operator is unsure: hidden for now, then decided by the commission, one way and the other."""

from haetae.audit.models import Event
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.story.cast import Cast
from haetae.story.checks import check_order, holds, make_known, requests_in
from haetae.story.pictures import KnownOriginal
from haetae.story.stage import Post, Stage


def unsure_then_removed(stage: Stage, cast: Cast) -> list[Event]:
    """The operator is unsure and hides it; the commission decides to remove; the operator obeys; proven gone."""
    post = _hidden(stage, cast.known_too, title="Not sure about this one")
    stage.decide(post, State.REMOVE, Reason.NO_CONSENT, "Edited without the consent of the person in it.")
    events = stage.until(post, holds("review.block_ended"), what="the proof that it is gone")
    check_order(stage, events, "removal.unsure", "review.opened", "review.block_claimed", "review.block_seen")
    check_order(stage, events, "review.block_seen", "review.voted", "review.remove", "removal.superseded")
    check_order(
        stage, events, "removal.superseded", "removal.claimed", "removal.verified", "review.block_ended"
    )
    stage.check(stage.public_status(post.media) == 410, "the picture is gone from the platform")
    keys = {line["idempotency_key"] for line in requests_in(stage.platform_log())}
    stage.check(len(keys) == 2, "the operator got one request and one decision")
    return events


def unsure_then_restored(stage: Stage, cast: Cast) -> list[Event]:
    """The operator is unsure and hides it; the commission finds it not harmful; it is back, and seen."""
    post = _hidden(stage, cast.known, title="Not sure about this one either")
    stage.decide(post, State.NOT_HARMFUL, Reason.MISTAKEN, "Not the picture that it was taken for.")
    events = stage.until(post, holds("review.restored"), what="the proof that it is back")
    check_order(stage, events, "review.block_seen", "review.not_harmful", "review.lift_wanted")
    check_order(stage, events, "review.lift_claimed", "verification.live", "review.restored")
    stage.check(stage.public_status(post.media) == 200, "everybody can see it again")
    stage.check(not holds("removal.verified")(events), "nothing was called removed")
    return events


def _hidden(stage: Stage, known: KnownOriginal, *, title: str) -> Post:
    stage.set_manners(answer="unsure")
    make_known(known)
    post = stage.post(known.another_copy(), title=title)
    events = stage.until(post, holds("review.block_seen"), what="the block to be seen")
    stage.check(stage.public_status(post.media) == 404, "nobody can see it while it is reviewed")
    stage.check(not holds("removal.verified")(events), "hidden is not called removed")
    return post
