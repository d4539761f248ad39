"""Looking for ourselves, as a stranger does."""

from uuid import UUID

from procrastinate.contrib.django import app

from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import connector_for
from haetae.connectors.base import Locator, Look, Seen
from haetae.detect.same import is_same_picture
from haetae.flow.openers import openers
from haetae.flow.verification import actions, queries, rules
from haetae.flow.verification.models import Probe
from haetae.flow.verification.states import Purpose


@app.task(name="haetae.verification.look", priority=6, retry=AFTER_A_FAULT)
def look(probe_id: str) -> None:
    """One look at page and media, without an account."""
    probe = queries.get_probe(UUID(probe_id))
    sighting = probe.request.sighting
    locator = Locator(page_url=sighting.page_url, media_url=sighting.media_url)
    seen = connector_for(sighting.operator).look(locator)
    sight = rules.SightCodes(
        seen=seen.seen,
        page_seen=seen.page.seen,
        page_why=seen.page.why,
        media_seen=seen.media.seen,
        media_why=seen.media.why,
    )
    if _shows_another(seen, probe):
        sight = rules.another_picture(sight)
    if seen.hidden:
        sight = rules.hidden_away(sight, purpose=Purpose(probe.purpose))
    actions.looked(probe_id=probe.pk, sight=sight)


def _shows_another(seen: Look, probe: Probe) -> bool:
    """Whether a picture answers that is not the one that was examined: a placeholder, or one put in its place."""
    if seen.media.seen is not Seen.LIVE or seen.media_bytes is None:
        return False
    known = probe.request.assessment.fingerprints
    return not is_same_picture(seen.media_bytes, fingerprints=known, openers=openers())
