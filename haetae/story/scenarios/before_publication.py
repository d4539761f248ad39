"""A platform asks before it publishes: a known picture never appears."""

from haetae.audit.models import Event
from haetae.running.demonstration import sandbox_upload_check_token
from haetae.story.cast import Cast
from haetae.story.checks import make_known
from haetae.story.stage import Stage


def refused_before_publication(stage: Stage, cast: Cast) -> list[Event]:
    """The upload hook: the known picture is refused while it is uploaded, the harmless one is published."""
    stage.set_manners(
        upload_hook_url=stage.whole.web_origin + "/api/upload-check/",
        upload_hook_token=sandbox_upload_check_token(),
        upload_hook_when_down="closed",
    )
    make_known(cast.known_too)
    last = stage.newest_event()
    refused = stage.try_to_post(cast.known_too.another_copy(), title="Never to be seen")
    stage.check(refused.status == 403, "the platform refuses the upload")
    published = stage.try_to_post(cast.benign_copy(), title="A launch pad at noon")
    stage.check(published.status == 201, "a harmless picture is published")
    events = [event for event in stage.events_since(last) if event.name.startswith("arrival.upload")]
    stage.check(
        [event.name for event in events] == ["arrival.upload_refused"], "arrival.upload_refused, once"
    )
    outcomes = [line["outcome"] for line in stage.upload_checks()]
    stage.check(outcomes == ["refused", "publish"], "the platform's own record says the same")
    stage.set_manners()
    return events
