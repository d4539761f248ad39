"""Everything that writes about places at which people decide."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from haetae.accounts.actions import official_actor
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.sealed import found_or_held, search_digest
from haetae.common.states import check_move
from haetae.flow.by_hand import queries, rules
from haetae.flow.by_hand.models import HostHour, MarkedPlace, Storm
from haetae.flow.by_hand.states import MOVES, EndGround, Ground, State


class CannotMarkError(Exception):
    """`code` says why a place cannot be marked so, or a mark not be ended so."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def mark_place(*, typed: str, ground: Ground, reference: str, official_id: UUID) -> UUID:
    """From now on a person decides about everything there. What was asked for before is not taken back."""
    place = rules.place_of(typed)
    refuse(rules.why_not_mark(place, reference=reference))
    assert place is not None
    standing, digest = found_or_held(queries.standing_marks(), "place_digest", place)
    if standing is not None:
        is_the_same = (standing.ground, standing.reference) == (ground, reference)
        refuse(None if is_the_same and standing.marked_by_id == official_id else "mark_stands_already")
        return standing.pk
    mark = MarkedPlace.objects.create(
        place=place,
        place_digest=digest,
        ground=ground,
        reference=reference,
        marked_by_id=official_id,
        marked_at=clock.now(),
    )
    facts: dict[str, Fact] = {"ground": str(ground), "whole_host": place.count("/") == 1}
    record(event="by_hand.marked", subject=mark, actor=official_actor(official_id), facts=facts)
    return mark.pk


@transaction.atomic
def ask_to_end(*, mark_id: UUID, ground: EndGround, official_id: UUID) -> None:
    """One official wants it ended, for a reason. It stands until another agrees. Raises MarkedPlace.DoesNotExist."""
    mark = MarkedPlace.objects.select_for_update().get(pk=mark_id)
    if State(mark.state) is not State.STANDS:
        refuse(None if mark.end_asked_by_id == official_id else "mark_not_standing")
        return
    _move(mark, State.ENDING)
    mark.end_ground, mark.end_asked_by_id, mark.end_asked_at = ground, official_id, clock.now()
    mark.save()
    facts = {"ground": str(ground)}
    record(event="by_hand.end_wanted", subject=mark, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def keep_mark(*, mark_id: UUID, official_id: UUID) -> None:
    """Whoever reads that it should end says that it stays; so may who wanted it ended. Sent twice it stays once."""
    mark = MarkedPlace.objects.select_for_update().get(pk=mark_id)
    if State(mark.state) is not State.ENDING:
        refuse(None if State(mark.state) is State.STANDS else "mark_not_ending")
        return
    _move(mark, State.STANDS)
    mark.end_ground, mark.end_asked_by_id, mark.end_asked_at = "", None, None
    mark.save()
    record(event="by_hand.kept", subject=mark, actor=official_actor(official_id))


@transaction.atomic
def end_mark(*, mark_id: UUID, official_id: UUID) -> None:
    """A second official agrees that it ends. Raises CannotMarkError for the one who wanted that."""
    mark = MarkedPlace.objects.select_for_update().get(pk=mark_id)
    if State(mark.state) is State.ENDED and mark.ended_by_id == official_id:
        return
    refuse(rules.why_not_end(State(mark.state), asked_by=mark.end_asked_by_id, by=official_id))
    _move(mark, State.ENDED)
    mark.ended_by_id, mark.ended_at = official_id, clock.now()
    mark.save()
    record(
        event="by_hand.ended",
        subject=mark,
        actor=official_actor(official_id),
        facts={"ground": mark.end_ground},
    )


@transaction.atomic
def count_report(*, link: str, at: datetime) -> None:
    """One more report names this host; where that is far beyond what is usual, a storm begins or goes on."""
    host = rules.host_of(link)
    if host is None:
        return
    hour = rules.hour_of(at)
    row, digest = found_or_held(HostHour.objects.filter(hour=hour), "host_digest", host)
    if row is None:
        HostHour.objects.filter(hour__lt=hour - rules.BASELINE).delete()
        row = HostHour.objects.create(host_digest=digest, hour=hour)
    HostHour.objects.filter(pk=row.pk).update(reports=F("reports") + 1)
    row.refresh_from_db(fields=["reports"])
    if row.reports >= settings.STORM_REPORTS:
        _see_whether_it_storms(host, hour=hour, this_hour=row.reports)


@transaction.atomic
def looked_at_storm(*, storm_id: UUID, official_id: UUID) -> None:
    """An official has looked at what is reported there: machines act again. Said twice, it was said once."""
    storm = Storm.objects.select_for_update().get(pk=storm_id)
    if storm.looked_at is not None:
        return
    storm.looked_by_id, storm.looked_at = official_id, clock.now()
    storm.save(update_fields=["looked_by", "looked_at"])
    record(event="by_hand.storm_looked_at", subject=storm, actor=official_actor(official_id))


def refuse(code: str | None) -> None:
    if code is not None:
        raise CannotMarkError(code)


def _see_whether_it_storms(host: str, *, hour: datetime, this_hour: int) -> None:
    now = clock.now()
    before, first = queries.reports_before(host, hour=hour)
    known_for = hour - (first or hour)
    least = settings.STORM_REPORTS
    if not rules.is_storm(this_hour=this_hour, before=before, known_for=known_for, least=least):
        return
    storm = queries.going_on(
        host, now=now
    )  # whoever counts holds the row of the hour, so nobody begins another
    if storm is not None:
        Storm.objects.filter(pk=storm.pk).update(last_at=now, most=max(storm.most, this_hour))
        return
    begun = Storm.objects.create(
        host=host,
        host_digest=search_digest(host),
        began_at=now,
        last_at=now,
        most=this_hour,
        usual=rules.usual(before=before, known_for=known_for),
    )
    facts: dict[str, Fact] = {"reports": this_hour, "usual": f"{begun.usual:.2f}"}
    record(event="by_hand.stormed", subject=begun, actor=SYSTEM, facts=facts)


def _move(mark: MarkedPlace, after: State) -> None:
    check_move(MOVES, State(mark.state), after)
    mark.state = after
