"""Looking for ourselves, as a stranger does."""

from uuid import UUID

from procrastinate.contrib.django import app

from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import connector_for
from haetae.connectors.base import Locator
from haetae.flow.verification import actions, queries


@app.task(name="haetae.verification.look", retry=AFTER_A_FAULT)
def look(probe_id: str) -> None:
    """One look at page and media, without an account."""
    probe = queries.get_probe(UUID(probe_id))
    sighting = probe.request.sighting
    locator = Locator(page_url=sighting.page_url, media_url=sighting.media_url)
    seen = connector_for(sighting.operator).look(locator)
    sight = actions.SightCodes(
        seen=seen.seen,
        page_seen=seen.page.seen,
        page_why=seen.page.why,
        media_seen=seen.media.seen,
        media_why=seen.media.why,
    )
    actions.looked(probe_id=probe.pk, sight=sight)
