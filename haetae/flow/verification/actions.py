"""Everything that writes about probes."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.verification import rules
from haetae.flow.verification.models import Probe, Sight
from haetae.flow.verification.rules import SightCodes
from haetae.flow.verification.states import MOVES, Purpose, State
from haetae.law.duration import Duration
from haetae.law.facts import Probes
from haetae.law.packs import load_pack

_ON_REPORT = "report-"  # these stand where a point of the schedule stands in other probes
_ON_ORDER = "order-"


@transaction.atomic
def plan_probes(*, request_id: UUID, purpose: Purpose = Purpose.REMOVAL) -> None:
    """After an operator's word: a probe at each point of the pack's schedule for it, the first one now."""
    earlier = Probe.objects.filter(request_id=request_id, purpose=purpose).aggregate(last=Max("claim"))
    now, claim = clock.now(), (earlier["last"] or 0) + 1
    pack = load_pack(settings.JURISDICTION)
    for point in _schedule(pack.probes, purpose):
        probe = Probe.objects.create(
            request_id=request_id, purpose=purpose, planned_after=str(point), claim=claim
        )
        _look_at(probe, pack.due_at(start=now, duration=point), source="probes.schedule")
        facts = {"after": str(point), "purpose": str(purpose)}
        record(event="verification.planned", subject=probe, actor=SYSTEM, facts=facts)


def _schedule(points: Probes, purpose: Purpose) -> tuple[Duration, ...]:
    schedules = {Purpose.BLOCK: points.block_schedule, Purpose.RESTORE: points.restore_schedule}
    return schedules.get(purpose, points.schedule)


@transaction.atomic
def look_now(*, request_id: UUID) -> None:
    """Somebody says that it is there: one more probe at once. Nothing new while such a probe is under way."""
    _one_more(request_id, purpose=Purpose.REMOVAL, because=_ON_REPORT, source="arrival.report_joined")


@transaction.atomic
def stop_looking(*, request_id: UUID, purpose: Purpose) -> None:
    """Looks for this purpose have lost it; part of the change that took it away."""
    for probe in Probe.objects.select_for_update().filter(request_id=request_id, purpose=purpose):
        deadlines.close(subject_id=probe.pk, kinds=[Kind.LOOK])


@transaction.atomic
def look_for_order(*, request_id: UUID, purpose: Purpose) -> None:
    """The time of an order is over: one more probe at once. Nothing new while such a probe is under way."""
    _one_more(request_id, purpose=purpose, because=_ON_ORDER, source="orders.time_over")


def _one_more(request_id: UUID, *, purpose: Purpose, because: str, source: str) -> None:
    probes = Probe.objects.select_for_update().filter(request_id=request_id, purpose=purpose)
    asked = [probe for probe in probes if probe.planned_after.startswith(because)]
    if any(MOVES[State(probe.state)] for probe in asked):
        return
    claim = max((probe.claim for probe in probes), default=1)
    probe = Probe.objects.create(
        request_id=request_id, purpose=purpose, claim=claim, planned_after=f"{because}{len(asked) + 1}"
    )
    _look_at(probe, clock.now(), source=source)
    facts = {"after": probe.planned_after, "purpose": str(purpose)}
    record(event="verification.planned", subject=probe, actor=SYSTEM, facts=facts)


@transaction.atomic
def looked(*, probe_id: UUID, sight: SightCodes) -> None:
    """Keep what one look showed, and plan the next one where one is needed."""
    probe = Probe.objects.select_for_update().get(pk=probe_id)
    before = State(probe.state)
    if not MOVES[before]:
        return
    after = rules.after_look(before, seen=sight.seen)
    check_move(MOVES, before, after)
    Sight.objects.create(probe=probe, at=clock.now(), **vars(sight))
    probe.state = after
    probe.unknown_looks += after is State.UNKNOWN
    probe.save(update_fields=["state", "unknown_looks"])
    record(event=f"verification.{after}", subject=probe, actor=SYSTEM, facts=_facts(sight))
    _plan_next_look(probe, after)


def _facts(sight: SightCodes) -> dict[str, str | int | bool | None]:
    return {"page": sight.page_why, "media": sight.media_why}


def _plan_next_look(probe: Probe, state: State) -> None:
    points = load_pack(settings.JURISDICTION).probes
    if state is State.GONE_ONCE:
        _look_at(
            probe, clock.now() + points.second_look_after.as_timedelta(), source="probes.second_look_after"
        )
    elif state is State.LIVE_ONCE:
        pause = points.live_look_again_after.as_timedelta()
        _look_at(probe, clock.now() + pause, source="probes.live_look_again_after")
    elif state is State.UNKNOWN:
        pauses: list[timedelta] = [pause.as_timedelta() for pause in points.unknown_look_again]
        # The list is not a limit: as long as we do not know, we go on looking at its last pace.
        pause = pauses[min(probe.unknown_looks, len(pauses)) - 1]
        _look_at(probe, clock.now() + pause, source="probes.unknown_look_again")


def _look_at(probe: Probe, moment: datetime, *, source: str) -> None:
    deadlines.set_deadline(
        kind=Kind.LOOK, subject_id=probe.pk, basis=Basis.POLICY, source=source, due_at=moment
    )
