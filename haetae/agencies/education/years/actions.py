"""Everything that writes about years: expected, sent, missing, answered; and a training that two officials order."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.education import queries
from haetae.agencies.education.institutions.actions import refuse
from haetae.agencies.education.models import Institution, Training, Year
from haetae.agencies.education.states import TRAINING_MOVES, YEAR_MOVES, Poor, TrainingState, YearState
from haetae.agencies.education.years import rules
from haetae.agencies.education.years.papers import letters_of
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind as Issued
from haetae.law.packs import load_pack
from haetae.law.teaching import Teaching


@transaction.atomic
def expect_year(*, year: int, official_id: UUID) -> int:
    """A report is expected of every institution that has none yet; how many are new. Raises CannotTeachError."""
    refuse(rules.why_not_expect(year, today=timezone.localdate(clock.now())))
    new = [_expected(institution_id, year) for institution_id in queries.without_year(year)]
    for row in new:
        facts: dict[str, Fact] = {"year": year}
        record(event="education.year_expected", subject=row, actor=official_actor(official_id), facts=facts)
    return len(new)


@transaction.atomic
def send_report(*, institution_id: UUID, year: int, measures: str, official_id: UUID) -> UUID:
    """Handed in, with the figures of the sessions as they are now; also when it is late. Raises CannotTeachError."""
    institution, now = Institution.objects.select_for_update().get(pk=institution_id), clock.now()
    row = Year.objects.select_for_update().filter(institution=institution, year=year).first()
    state = YearState(row.state) if row else YearState.OPEN
    refuse(rules.why_not_send(state, year=year, measures=measures, today=timezone.localdate(now)))
    row = row or _expected(institution_id, year)
    taught = queries.taught(institution_id, year=year)
    row.figures = asdict(rules.figures(taught, staff_total=institution.staff))
    row.session_ids = [str(one.session_id) for one in taught]
    row.measures, row.why, row.poor = measures.strip(), "", []
    row.sent_by_id, row.sent_at = official_id, now
    _move(row, YearState.SENT)
    deadlines.meet(subject_id=row.pk, kinds=[Due.TEACHING_REPORT])
    facts: dict[str, Fact] = {"year": year, "sessions": len(taught)}
    record(event="education.report_sent", subject=row, actor=official_actor(official_id), facts=facts)
    return row.pk


@transaction.atomic
def report_missing(*, year_id: UUID) -> None:
    """The day of the law has passed and no report is there: that alone counts as poor."""
    row = _locked(year_id)
    if YearState(row.state) is not YearState.OPEN:
        return
    row.poor = [Poor.NO_REPORT.value]
    _move(row, YearState.MISSING)
    record(event="education.report_missing", subject=row, actor=SYSTEM, facts={"year": row.year})


@transaction.atomic
def answer_report(*, year_id: UUID, answer: YearState, why: str, official_id: UUID) -> None:
    """The ministry's check: accepted, with what counts as poor by rule, or returned with a reason. CannotTeachError."""
    row, actor = _locked(year_id), official_actor(official_id)
    refuse(rules.why_not_answer(YearState(row.state), answer, why=why))
    row.answered_by_id, row.answered_at, row.why = official_id, clock.now(), why.strip()
    if answer is YearState.ACCEPTED:
        row.poor = [reason.value for reason in _poor(row)]
        _move(row, answer)
        facts: dict[str, Fact] = dict.fromkeys(row.poor, True)
        record(event="education.report_accepted", subject=row, actor=actor, facts=facts)
    else:
        _move(row, answer)
        record(event="education.report_returned", subject=row, actor=actor)


@transaction.atomic
def propose_training(*, year_id: UUID, official_id: UUID) -> UUID:
    """Where teaching was poor; another official orders it. Raises CannotTeachError."""
    row = _locked(year_id)
    refuse(
        rules.why_not_propose(
            row.poor, state=YearState(row.state), waits=Training.objects.filter(year=row).exists()
        )
    )
    training = Training.objects.create(year=row, proposed_by_id=official_id, proposed_at=clock.now())
    record(event="education.training_proposed", subject=training, actor=official_actor(official_id))
    return training.pk


@transaction.atomic
def order_training(*, year_id: UUID, official_id: UUID) -> None:
    """By another official than who proposed it: it binds the institution by a letter. Raises CannotTeachError."""
    training, pack = _training(year_id), load_pack(settings.JURISDICTION)
    state = TrainingState(training.state)
    refuse(rules.why_not_order(state, proposed_by=training.proposed_by_id, by=official_id))
    targets = pack.teaching.targets
    training.ordered_by_id = official_id
    training.due_at = pack.due_at(start=clock.now(), duration=targets.training_within)
    _train(training, TrainingState.ORDERED)
    deadlines.set_deadline(
        kind=Due.TRAINING_BY,
        subject_id=training.pk,
        basis=Basis.POLICY,
        source=targets.source.key,
        due_at=training.due_at,
    )
    issue_document(
        kind=Issued.TRAINING_ORDER,
        subject_id=training.pk,
        documents=letters_of(training),
        official_id=official_id,
    )
    record(event="education.training_ordered", subject=training, actor=official_actor(official_id))


@transaction.atomic
def drop_training(*, year_id: UUID, official_id: UUID) -> None:
    """What was proposed is not ordered. Raises CannotTeachError."""
    training = _training(year_id)
    refuse(rules.why_not_move(TrainingState(training.state), TrainingState.DROPPED))
    _train(training, TrainingState.DROPPED)
    record(event="education.training_dropped", subject=training, actor=official_actor(official_id))


@transaction.atomic
def training_done(*, year_id: UUID, on: date, official_id: UUID) -> None:
    """The managers were trained. Raises CannotTeachError."""
    training = _training(year_id)
    refuse(rules.why_not_move(TrainingState(training.state), TrainingState.DONE))
    refuse("session_to_come" if on > timezone.localdate(clock.now()) else None)
    training.done_on = on
    _train(training, TrainingState.DONE)
    deadlines.meet(subject_id=training.pk, kinds=[Due.TRAINING_BY])
    facts: dict[str, Fact] = {"on": on.isoformat()}
    record(
        event="education.training_done",
        subject=training,
        actor=official_actor(official_id),
        facts=facts,
    )


@transaction.atomic
def training_late(*, training_id: UUID) -> None:
    """Our time for it has passed."""
    training = Training.objects.select_for_update().get(pk=training_id)
    if TrainingState(training.state) is not TrainingState.ORDERED:
        return
    _train(training, TrainingState.LATE)
    record(event="education.training_late", subject=training, actor=SYSTEM)


def _expected(institution_id: UUID, year: int) -> Year:
    """Part of whatever makes it expected: the row with its date. A day that has passed is passed by the clock."""
    pack = load_pack(settings.JURISDICTION)
    law = pack.teaching.report
    due_at = rules.due_at(year, by_end_of_month=law.by_end_of_month, zone=pack.zone)
    row = Year.objects.create(institution_id=institution_id, year=year, due_at=due_at)
    deadlines.set_deadline(
        kind=Due.TEACHING_REPORT,
        subject_id=row.pk,
        basis=Basis.LEGAL,
        source=f"{law.source.key} {law.article}",
        due_at=due_at,
    )
    return row


def _poor(row: Year) -> tuple[Poor, ...]:
    assert row.figures is not None
    owed: Teaching = load_pack(settings.JURISDICTION).teaching
    return rules.poor(
        rules.Figures(**row.figures),
        sessions=owed.amount.sessions,
        minutes=owed.amount.minutes,
        staff_percent=owed.targets.staff_share_percent,
    )


def _locked(year_id: UUID) -> Year:
    """Raises Year.DoesNotExist."""
    return Year.objects.select_for_update().get(pk=year_id)


def _training(year_id: UUID) -> Training:
    """Raises Training.DoesNotExist."""
    rows = Training.objects.select_for_update(of=("self",)).select_related("year__institution")
    return rows.get(year_id=year_id)


def _move(row: Year, after: YearState) -> None:
    check_move(YEAR_MOVES, YearState(row.state), after)
    row.state = after
    row.save()


def _train(training: Training, after: TrainingState) -> None:
    check_move(TRAINING_MOVES, TrainingState(training.state), after)
    training.state = after
    training.save()
