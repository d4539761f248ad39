"""Everything that writes about an incident: noted, told or withheld, its plan sent and answered, its times passed."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.education.incidents import rules
from haetae.agencies.education.institutions.actions import refuse
from haetae.agencies.education.models import Incident, Institution, Plan
from haetae.agencies.education.states import INCIDENT_MOVES, PLAN_IS_OWED, Category, IncidentState, Wish
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis
from haetae.flow.deadlines.states import Kind as Due
from haetae.law.duration import Duration
from haetae.law.packs import load_pack

_CLOCKS = (Due.INCIDENT_NOTICE, Due.INCIDENT_PLAN)


@transaction.atomic
def note_incident(
    *,
    institution_id: UUID,
    category: Category,
    known_on: date,
    by_head: bool,
    wish: Wish,
    form_key: UUID,
    official_id: UUID,
) -> UUID:
    """Something happened inside. With a clear objection no clock runs and nobody outside learns of it.

    The same form twice is one. Raises CannotTeachError.
    """
    institution = Institution.objects.select_for_update().get(pk=institution_id)
    incident_id, now = derived_id("incident", institution_id, form_key), clock.now()
    if Incident.objects.filter(pk=incident_id).exists():
        return incident_id
    refuse(rules.why_not_note(known_on=known_on, today=timezone.localdate(now)))
    incident = Incident.objects.create(
        pk=incident_id,
        institution=institution,
        state=rules.first_state(wish),
        category=category,
        known_on=known_on,
        by_head=by_head,
        wish=wish,
        noted_by_id=official_id,
        noted_at=now,
    )
    if IncidentState(incident.state) is IncidentState.NOTED:
        _set_clocks(incident)
    facts: dict[str, Fact] = {"wish": wish}
    record(event="education.incident_noted", subject=incident, actor=official_actor(official_id), facts=facts)
    return incident_id


@transaction.atomic
def change_wish(*, institution_id: UUID, incident_id: UUID, wish: Wish, official_id: UUID) -> None:
    """The person says something else than before, until it is told. Raises CannotTeachError."""
    incident = _locked(institution_id, incident_id)
    if Wish(incident.wish) is wish:
        return
    before = IncidentState(incident.state)
    refuse(rules.why_not_wish(before, wish))
    incident.wish, after = wish, rules.first_state(wish)
    if after is not before:
        _move(incident, after)
    else:
        incident.save(update_fields=["wish"])
    if after is IncidentState.WITHHELD:
        deadlines.close(subject_id=incident.pk, kinds=_CLOCKS)
    elif before is IncidentState.WITHHELD:
        _set_clocks(incident)
    facts: dict[str, Fact] = {"wish": wish}
    record(
        event="education.wish_changed",
        subject=incident,
        actor=official_actor(official_id),
        facts=facts,
    )


@transaction.atomic
def tell_ministry(*, institution_id: UUID, incident_id: UUID, official_id: UUID) -> None:
    """The ministry learns the category, the day and whether a head did it; nothing else. Raises CannotTeachError."""
    incident = _locked(institution_id, incident_id)
    refuse(rules.why_not_tell(IncidentState(incident.state)))
    incident.told_at = clock.now()
    _move(incident, IncidentState.TOLD)
    deadlines.meet(subject_id=incident.pk, kinds=[Due.INCIDENT_NOTICE])
    record(event="education.incident_told", subject=incident, actor=official_actor(official_id))


@transaction.atomic
def send_plan(*, institution_id: UUID, incident_id: UUID, text: str, official_id: UUID) -> None:
    """What is to be done against it happening again. Raises CannotTeachError."""
    incident = _locked(institution_id, incident_id)
    refuse(rules.why_not_plan(IncidentState(incident.state), text=text))
    Plan.objects.create(incident=incident, text=text.strip(), sent_by_id=official_id, sent_at=clock.now())
    _move(incident, IncidentState.PLANNED)
    deadlines.meet(subject_id=incident.pk, kinds=[Due.INCIDENT_PLAN])
    record(event="education.plan_sent", subject=incident, actor=official_actor(official_id))


@transaction.atomic
def answer_plan(*, incident_id: UUID, answer: IncidentState, why: str, official_id: UUID) -> None:
    """The ministry accepts a plan, or returns it with a reason. Raises CannotTeachError."""
    incident, actor = Incident.objects.select_for_update().get(pk=incident_id), official_actor(official_id)
    refuse(rules.why_not_answer(IncidentState(incident.state), answer, why=why))
    plan = Plan.objects.filter(incident=incident).latest("sent_at", "pk")
    plan.answered_by_id, plan.why = official_id, why.strip()
    plan.save(update_fields=["answered_by", "why"])
    _move(incident, answer)
    if answer is IncidentState.ACCEPTED:
        record(event="education.plan_accepted", subject=incident, actor=actor)
    else:
        record(event="education.plan_returned", subject=incident, actor=actor)


@transaction.atomic
def notice_late(*, incident_id: UUID) -> None:
    """Our time for "without delay" has passed and it is not told."""
    incident = Incident.objects.select_for_update().get(pk=incident_id)
    if IncidentState(incident.state) is IncidentState.NOTED:
        record(event="education.notice_late", subject=incident, actor=SYSTEM)


@transaction.atomic
def plan_late(*, incident_id: UUID) -> None:
    """The law's time for a plan has passed without one."""
    incident = Incident.objects.select_for_update().get(pk=incident_id)
    if IncidentState(incident.state) not in PLAN_IS_OWED | {IncidentState.NOTED}:
        return
    incident.is_late = True
    incident.save(update_fields=["is_late"])
    record(event="education.plan_late", subject=incident, actor=SYSTEM)


@transaction.atomic
def plan_awaited(*, incident_id: UUID) -> None:
    """Our own, shorter time has passed, for a head whom the law's list does not name. The law's time still runs."""
    incident = Incident.objects.select_for_update().get(pk=incident_id)
    if IncidentState(incident.state) in PLAN_IS_OWED | {IncidentState.NOTED}:
        record(event="education.plan_awaited", subject=incident, actor=SYSTEM)


def _set_clocks(incident: Incident) -> None:
    """Part of what makes it known: "without delay" has no number of the law, so that our own stands beside it."""
    pack, kind = load_pack(settings.JURISDICTION), incident.institution.kind
    owed, targets = pack.teaching, pack.teaching.targets
    law = f"{owed.incident.source.key} {owed.incident.article}"
    is_the_laws = rules.is_head_of_the_law(kind, by_head=incident.by_head, heads_of=owed.by_a_head.heads_of)
    within = owed.by_a_head.plan_within if is_the_laws else owed.incident.plan_within
    incident.plan_due_at = _after(incident.known_on, within)
    incident.save(update_fields=["plan_due_at"])
    deadlines.set_deadline(
        kind=Due.INCIDENT_NOTICE, subject_id=incident.pk, basis=Basis.LEGAL, source=law, due_at=None
    )
    deadlines.set_deadline(
        kind=Due.INCIDENT_NOTICE,
        subject_id=incident.pk,
        basis=Basis.POLICY,
        source=targets.source.key,
        due_at=pack.due_at(start=clock.now(), duration=targets.tell_within),
    )
    deadlines.set_deadline(
        kind=Due.INCIDENT_PLAN,
        subject_id=incident.pk,
        basis=Basis.LEGAL,
        source=law,
        due_at=incident.plan_due_at,
    )
    if incident.by_head and not is_the_laws:
        deadlines.set_deadline(
            kind=Due.INCIDENT_PLAN,
            subject_id=incident.pk,
            basis=Basis.POLICY,
            source=targets.source.key,
            due_at=_after(incident.known_on, targets.plan_within_by_a_head),
        )


def _after(known_on: date, within: Duration) -> datetime:
    """A time of days and months that runs from a day: that day itself is not counted."""
    pack = load_pack(settings.JURISDICTION)
    begins = datetime.combine(known_on + timedelta(days=1), time(), tzinfo=pack.zone).astimezone(UTC)
    return pack.due_at(start=begins, duration=within)


def _locked(institution_id: UUID, incident_id: UUID) -> Incident:
    """Raises Incident.DoesNotExist for one of another institution."""
    rows = Incident.objects.select_for_update(of=("self",)).select_related("institution")
    return rows.get(pk=incident_id, institution_id=institution_id)


def _move(incident: Incident, after: IncidentState) -> None:
    check_move(INCIDENT_MOVES, IncidentState(incident.state), after)
    incident.state = after
    incident.save()
