"""Everything that writes about reports and sightings."""

from uuid import UUID

from django.db import transaction

from haetae.accounts.queries import operator_at
from haetae.audit.actions import record
from haetae.audit.actor import PUBLIC, SYSTEM
from haetae.common import clock
from haetae.common.sealed import search_digest
from haetae.common.states import check_move
from haetae.flow.arrival.models import Report, Sighting
from haetae.flow.arrival.states import MOVES, Source, State


@transaction.atomic
def receive_report(*, link: str, form_key: UUID) -> UUID:
    """Take in a reported link. The same form sent twice gives the same report."""
    report, is_new = Report.objects.get_or_create(
        form_key=form_key, defaults={"link": link.strip(), "received_at": clock.now()}
    )
    if is_new:
        record(event="arrival.reported", subject=report, actor=PUBLIC)
    return report.pk


@transaction.atomic
def report_located(*, report_id: UUID, sighting_ids: list[UUID]) -> None:
    """The link led to pictures; each of them now carries the report."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if State(report.state) is State.LOCATED:
        return
    _move(report, State.LOCATED)
    sightings = list(Sighting.objects.filter(pk__in=sighting_ids))
    report.sightings.add(*sightings)
    record(event="arrival.located", subject=report, actor=SYSTEM, facts={"sightings": len(sighting_ids)})
    for sighting in sightings:
        record(
            event="arrival.report_joined", subject=sighting, actor=SYSTEM, facts={"report": str(report.pk)}
        )


@transaction.atomic
def report_not_found(*, report_id: UUID, why: str) -> None:
    """The link led nowhere: kept, with the reason, for a person to look at."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if State(report.state) is not State.RECEIVED:
        return
    report.why = why
    _move(report, State.NOT_FOUND)
    record(event="arrival.not_found", subject=report, actor=SYSTEM, facts={"why": why})


@transaction.atomic
def register_sighting(*, page_url: str, media_url: str, source: Source) -> UUID:
    """A picture at a place: the same place is the same sighting, whoever brings it."""
    sighting, is_new = Sighting.objects.get_or_create(
        locator_digest=search_digest(media_url),
        defaults={
            "operator": operator_at(page_url),
            "page_url": page_url,
            "media_url": media_url,
            "source": source,
            "found_at": clock.now(),
        },
    )
    if is_new:
        record(event="arrival.found", subject=sighting, actor=SYSTEM, facts={"source": source})
    return sighting.pk


def _move(report: Report, after: State) -> None:
    check_move(MOVES, State(report.state), after)
    report.state = after
    report.save(update_fields=["state", "why"])
