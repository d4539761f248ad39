"""Looking up what a report points to, and watching what operators show to everybody."""

from uuid import UUID

from procrastinate.contrib.django import app

from haetae.accounts.models import Operator
from haetae.common.jobs import AFTER_A_FAULT, AHEAD
from haetae.connectors import connector_for, operator_for
from haetae.connectors.base import ConnectorError, Locator
from haetae.flow.arrival import actions, queries
from haetae.flow.arrival.states import Source


@app.task(name="haetae.arrival.look_up", priority=AHEAD, retry=AFTER_A_FAULT)
def look_up(report_id: str) -> None:
    """Find the pictures behind a reported link."""
    report = queries.get_report(UUID(report_id))
    if not report.link:
        return  # destroyed meanwhile, as whoever sent it wanted
    try:
        locators = connector_for(operator_for(report.link)).find(report.link)
    except ConnectorError as failure:
        # What is hidden for now or gone already answers nothing; the report still belongs to it.
        known = queries.sightings_at(report.link)
        if known:
            actions.report_located(report_id=report.pk, sighting_ids=known)
        else:
            actions.report_not_found(report_id=report.pk, why=failure.code)
        return
    sightings = [_register(locator, Source.REPORT) for locator in locators]
    actions.report_located(report_id=report.pk, sighting_ids=sightings)


@app.task(name="haetae.arrival.watch", queue="watch", priority=-1)
def watch(operator_id: str) -> None:
    """Take in what is new on an operator's public pages. A failed look is made good by the next one."""
    operator = Operator.objects.get(pk=operator_id)
    try:
        locators = {locator.media_url: locator for locator in connector_for(operator).list_new()}
    except ConnectorError:
        return
    for media_url in sorted(queries.places_not_seen_yet(locators)):
        _register(locators[media_url], Source.WATCH)


def _register(locator: Locator, source: Source) -> UUID:
    return actions.register_sighting(page_url=locator.page_url, media_url=locator.media_url, source=source)
