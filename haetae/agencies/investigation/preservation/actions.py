"""Everything that writes about keeping data: applied, asked at once, approved or not, sent, reported back, over.

Nothing here takes data in. Acquiring is a request for data of its own, on a court's permission or warrant.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Official
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.models import Investigation
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.preservation import queries, rules
from haetae.agencies.investigation.preservation.content import packed
from haetae.agencies.investigation.preservation.models import Preservation
from haetae.agencies.investigation.preservation.rules import Wanted
from haetae.agencies.investigation.preservation.states import MOVES, Origin, State
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.common.states import check_move, may_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import load_pack

_CLOCKS = (Kind.APPROVE_URGENT, Kind.PRESERVED_UNTIL)


class CannotKeepError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def apply(*, investigation_id: UUID, wanted: Wanted, form_key: UUID, official_id: UUID) -> UUID:
    """The police apply; a prosecutor decides. The same form twice is one. Raises NotYoursError, CannotKeepError."""
    opened = _opened(investigation_id, official_id)
    preservation_id = derived_id("preservation", investigation_id, form_key)
    if Preservation.objects.filter(pk=preservation_id).exists():
        return preservation_id
    _refuse(rules.why_not_want(wanted, urgent=False))
    row = _new(preservation_id, opened, wanted, Origin.POLICE, official_id=official_id)
    record(event="preservation.applied", subject=row, actor=official_actor(official_id))
    return preservation_id


@transaction.atomic
def ask_urgently(
    *, investigation_id: UUID, wanted: Wanted, sent_at: datetime, form_key: UUID, official_id: UUID
) -> UUID:
    """The platform was asked without waiting: a prosecutor approves it immediately after, or it lapses.

    "Immediately" has no hour in the law; ours stands beside it. Raises NotYoursError, CannotKeepError.
    """
    opened = _opened(investigation_id, official_id)
    preservation_id = derived_id("preservation", investigation_id, form_key)
    if Preservation.objects.filter(pk=preservation_id).exists():
        return preservation_id
    now, pack = clock.now(), load_pack(settings.JURISDICTION)
    preserving = pack.asking.preserving
    _refuse(rules.why_not_want(wanted, urgent=True))
    lapses_at = pack.due_at(start=sent_at, duration=preserving.approve_within)
    _refuse("day_ahead" if sent_at > now else "urgent_too_old" if lapses_at <= now else None)
    row = _new(preservation_id, opened, wanted, Origin.URGENT, official_id=official_id, sent_at=sent_at)
    _move(row, State.URGENT)
    deadlines.set_deadline(
        kind=Kind.APPROVE_URGENT,
        subject_id=row.pk,
        basis=Basis.LEGAL,
        source=f"{preserving.source.key} {preserving.article}",
        due_at=None,
    )
    deadlines.set_deadline(
        kind=Kind.APPROVE_URGENT,
        subject_id=row.pk,
        basis=Basis.POLICY,
        source=pack.asking.source.key,
        due_at=lapses_at,
    )
    record(event="preservation.asked_urgently", subject=row, actor=official_actor(official_id))
    return preservation_id


@transaction.atomic
def order(*, investigation_id: UUID, wanted: Wanted, form_key: UUID, official_id: UUID) -> UUID:
    """A prosecutor wants it kept, by themselves, in a file that lay before them. Raises CannotKeepError."""
    preservation_id = derived_id("preservation", investigation_id, form_key)
    if Preservation.objects.filter(pk=preservation_id).exists():
        return preservation_id
    file = Investigation.objects.select_for_update().filter(pk=investigation_id).first()
    laid = Preservation.objects.filter(investigation=investigation_id).exists()
    _refuse(
        rules.why_not_order(is_member=files.has_worked_on(investigation_id, official_id), laid_before=laid)
        or rules.why_not_want(wanted, urgent=False)
    )
    assert file is not None
    opened = OpenFile(investigation=file, key=files.key_of(file))
    row = _new(preservation_id, opened, wanted, Origin.PROSECUTOR, official_id=official_id)
    record(event="preservation.ordered", subject=row, actor=official_actor(official_id))
    return preservation_id


@transaction.atomic
def decide(*, preservation_id: UUID, approves: bool, why: str, official_id: UUID) -> None:
    """A prosecutor says yes or no, once; a no says why. Raises CannotKeepError, Preservation.DoesNotExist."""
    row = Preservation.objects.select_for_update().select_related("investigation").get(pk=preservation_id)
    _refuse(
        rules.why_not_decide(
            queries.standing_of(row),
            is_own=row.applied_by_id == official_id,
            is_member=files.has_worked_on(row.investigation_id, official_id),
            approves=approves,
            why=why,
        )
    )
    if why.strip() and not approves:
        key = files.key_of(row.investigation)
        row.why_refused = seal_text(why.strip(), key=key, about=row.pk)
    row.decided_by_id, row.decided_at = official_id, clock.now()
    deadlines.meet(subject_id=row.pk, kinds=[Kind.APPROVE_URGENT])
    _move(row, _after(State(row.state), approves=approves))
    if State(row.state) is State.SENT and row.sent_at is not None:
        _keep_from(row, row.sent_at)
    actor = official_actor(official_id)
    if approves:
        record(event="preservation.approved", subject=row, actor=actor)
    else:
        record(event="preservation.declined", subject=row, actor=actor)


@transaction.atomic
def sent(*, preservation_id: UUID, investigation_id: UUID, at: datetime, official_id: UUID) -> None:
    """People have asked the platform; twice is once. Raises NotYoursError, CannotKeepError."""
    _opened(investigation_id, official_id)
    row = _locked(preservation_id, investigation_id)
    if State(row.state) is State.SENT:
        return
    _refuse_when(at, after=row.decided_at or row.applied_at)
    row.sent_at = at
    _move(row, State.SENT)
    _keep_from(row, at)
    record(event="preservation.sent", subject=row, actor=official_actor(official_id))


@transaction.atomic
def reported(
    *, preservation_id: UUID, investigation_id: UUID, kept: bool, at: datetime, official_id: UUID
) -> None:
    """The platform reports back that it keeps it, or that it does not. Raises NotYoursError, CannotKeepError."""
    _opened(investigation_id, official_id)
    row = _locked(preservation_id, investigation_id)
    after = State.KEPT if kept else State.NOT_KEPT
    if State(row.state) is after:
        return
    _refuse_when(at, after=row.sent_at or row.applied_at)
    row.reported_at = at
    _move(row, after)
    if not kept:
        deadlines.close(subject_id=row.pk, kinds=_CLOCKS)
    facts: dict[str, Fact] = {"kept": kept}
    record(event="preservation.reported", subject=row, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def end(*, preservation_id: UUID, investigation_id: UUID, official_id: UUID) -> None:
    """It is needed no more; twice is once. Raises NotYoursError, CannotKeepError."""
    _opened(investigation_id, official_id)
    row = _locked(preservation_id, investigation_id)
    if State(row.state) is State.OVER:
        return
    _move(row, State.OVER)
    deadlines.close(subject_id=row.pk, kinds=_CLOCKS)
    record(event="preservation.ended", subject=row, actor=official_actor(official_id))


@transaction.atomic
def lapse(*, preservation_id: UUID) -> None:
    """No prosecutor approved it in time: it stands no more."""
    row = Preservation.objects.select_for_update().get(pk=preservation_id)
    if State(row.state) is not State.URGENT:
        return
    _move(row, State.LAPSED)
    deadlines.close(subject_id=row.pk, kinds=[Kind.APPROVE_URGENT])
    record(event="preservation.lapsed", subject=row, actor=SYSTEM)


@transaction.atomic
def term_over(*, preservation_id: UUID) -> None:
    """The time for which the platform was asked is over."""
    row = Preservation.objects.select_for_update().get(pk=preservation_id)
    if not may_move(MOVES, State(row.state), State.OVER):
        return
    _move(row, State.OVER)
    record(event="preservation.ended", subject=row, actor=SYSTEM)


@transaction.atomic
def read(*, preservation_id: UUID, official_id: UUID) -> None:
    """A prosecutor reads what was laid before them: each time is recorded."""
    row = Preservation.objects.get(pk=preservation_id)
    record(event="preservation.read", subject=row, actor=official_actor(official_id))


@transaction.atomic
def refused(*, code: str, official_id: UUID, preservation_id: UUID | None = None) -> None:
    """Somebody tried what may not be: it stands in the record, with the code of the reason."""
    found = Preservation.objects.filter(pk=preservation_id).first() if preservation_id else None
    subject = found or Official.objects.get(pk=official_id)
    facts: dict[str, Fact] = {"code": code}
    record(event="preservation.refused", subject=subject, actor=official_actor(official_id), facts=facts)


def _after(state: State, *, approves: bool) -> State:
    if not approves:
        return State.REFUSED
    return State.SENT if state is State.URGENT else State.APPROVED


def _new(
    preservation_id: UUID,
    opened: OpenFile,
    wanted: Wanted,
    origin: Origin,
    *,
    official_id: UUID,
    sent_at: datetime | None = None,
) -> Preservation:
    now, is_order = clock.now(), origin is Origin.PROSECUTOR
    return Preservation.objects.create(
        pk=preservation_id,
        investigation=opened.investigation,
        platform=wanted.platform,
        origin=origin,
        wanted=seal_text(packed(wanted), key=opened.key, about=preservation_id),
        state=State.APPROVED if is_order else State.APPLIED,
        applied_by_id=official_id,
        applied_at=now,
        decided_by_id=official_id if is_order else None,
        decided_at=now if is_order else None,
        sent_at=sent_at,
        changed_at=now,
    )


def _keep_from(row: Preservation, at: datetime) -> None:
    pack = load_pack(settings.JURISDICTION)
    row.keep_until = pack.due_at(start=at, duration=pack.asking.preserving.keep_for)
    row.save(update_fields=["keep_until"])
    deadlines.set_deadline(
        kind=Kind.PRESERVED_UNTIL,
        subject_id=row.pk,
        basis=Basis.POLICY,
        source=pack.asking.source.key,
        due_at=row.keep_until,
    )


def _opened(investigation_id: UUID, official_id: UUID) -> OpenFile:
    """Open to this officer for writing, and locked until this change stands."""
    files.opened_by(investigation_id, official_id, writes=True)
    Investigation.objects.select_for_update().get(pk=investigation_id)
    return files.opened_by(investigation_id, official_id, writes=True)


def _locked(preservation_id: UUID, investigation_id: UUID) -> Preservation:
    return Preservation.objects.select_for_update().get(pk=preservation_id, investigation=investigation_id)


def _refuse_when(at: datetime, *, after: datetime) -> None:
    """People note minutes."""
    if at > clock.now():
        raise CannotKeepError("day_ahead")
    _refuse("day_before_last" if at < after.replace(second=0, microsecond=0) else None)


def _move(row: Preservation, after: State) -> None:
    if not may_move(MOVES, State(row.state), after):
        raise CannotKeepError("keep_not_now")
    check_move(MOVES, State(row.state), after)
    row.state = after
    row.changed_at = clock.now()
    row.save()


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotKeepError(code)
