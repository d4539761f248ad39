"""An operator that is down, one whose answer is lost, and a picture that comes back."""

from haetae.audit.models import Event
from haetae.flow.arrival.queries import sighting_at
from haetae.flow.assessment.queries import sightings_with_the_same_picture
from haetae.story.cast import Cast
from haetae.story.checks import ASKED, check_asked_once, check_order, holds, make_known, requests_in
from haetae.story.stage import Stage


def operator_down_then_done(stage: Stage, cast: Cast) -> list[Event]:
    """The operator's systems are down; we try again by ourselves; it is done."""
    stage.set_manners(misbehave="down", down_for=1, retry_after_s=None)
    make_known(cast.known_too)
    post = stage.post(cast.known_too.another_copy(), title="Posted while nobody answers")
    events = stage.until(post, holds("removal.verified"), what="the proof that it is gone")
    check_order(
        stage, events, "removal.requested", "delivery.attempt_failed", "removal.claimed", "removal.verified"
    )
    statuses = [line["status"] for line in requests_in(stage.platform_log())]
    stage.check(statuses == [503, 200], "the platform was down once and then answered")
    check_asked_once(stage)
    return events


def reply_lost_asked_once(stage: Stage, cast: Cast) -> list[Event]:
    """The operator acts, but its answer is lost: we ask what became of it before we say it again."""
    stage.set_manners(misbehave="loses_replies", lose_first=1)
    make_known(cast.known_too)
    post = stage.post(cast.known_too.another_copy(), title="Its answer gets lost")
    events = stage.until(post, holds("removal.verified"), what="the proof that it is gone")
    check_order(stage, events, "delivery.attempt_failed", "removal.claimed", "removal.verified")
    log = stage.platform_log()
    stage.check(len(requests_in(log)) == 1, "the operator was asked once")
    by_key = [line for line in log if line["method"] == "GET" and line["path"].startswith(f"{ASKED}/by-key/")]
    stage.check(len(by_key) == 1, "and then asked by its key what became of it")
    return events


def back_elsewhere_removed(stage: Stage, cast: Cast) -> list[Event]:
    """A person reports it once; it is removed; a stranger posts it again; nobody has to do anything."""
    stage.set_manners()
    make_known(cast.known_too)
    first = stage.post(cast.known_too.another_copy(), title="The first time")
    stage.report(first.page)
    stage.until(first, holds("removal.verified"), what="the proof that it is gone")
    stage.until(first, holds("arrival.report_joined"), what="the report to be joined")
    again = stage.post(cast.known_too.another_copy(), title="And again, elsewhere")
    events = stage.until(again, holds("removal.verified"), what="the proof that it is gone again")
    check_order(stage, events, "arrival.found", "assessment.request", "removal.claimed", "removal.verified")
    reported, found = sighting_at(first.media), sighting_at(again.media)
    assert reported is not None
    assert found is not None
    case = sightings_with_the_same_picture([reported.pk])
    stage.check({reported.pk, found.pk} <= case, "the person's case shows both places")
    stage.check(not found.reports.exists(), "although only the first was reported")
    stage.check(stage.public_status(again.media) == 410, "it is gone from the second place too")
    return events
