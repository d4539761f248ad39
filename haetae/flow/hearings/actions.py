"""Everything that writes hearings."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.accounts.models import Operator
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.states import check_move, may_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.hearings import rules
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.states import MOVES, About, Party, State, Unheard


class CannotHearError(Exception):
    """`code` says why nobody is asked, left out, or listened to any more."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def ask(
    *, about: About, subject_id: UUID, party: Party, operator: Operator | None, until: datetime, source: str,
    official_id: UUID,
) -> UUID:  # fmt: skip
    """A party may say something until then; asked twice, it is asked once. Raises CannotHearError for a past moment.

    `source` is the key of the source of the time that it is given, which is ours and no law's.
    """
    now = clock.now()
    if until <= now:
        raise CannotHearError("hearing_in_the_past")
    hearing, is_new = Hearing.objects.get_or_create(
        subject_id=subject_id,
        party=party,
        defaults={
            "about": about,
            "operator": operator,
            "until": until,
            "official_id": official_id,
            "asked_at": now,
            "changed_at": now,
        },
    )
    if is_new:
        deadlines.set_deadline(
            kind=Kind.OPINION, subject_id=hearing.pk, basis=Basis.POLICY, source=source, due_at=until
        )
        record(event="hearings.asked", subject=hearing, actor=_by(official_id), facts=_facts(hearing))
    return hearing.pk


@transaction.atomic
def leave_out(
    *, about: About, subject_id: UUID, party: Party, operator: Operator | None, why: Unheard, note: str,
    official_id: UUID,
) -> UUID:  # fmt: skip
    """The law's exception: nobody is heard, and why stands here. Raises CannotHearError when somebody was heard."""
    problem = rules.why_not_text(note)
    if problem is not None:
        raise CannotHearError(problem)
    now = clock.now()
    hearing = Hearing.objects.select_for_update().filter(subject_id=subject_id, party=party).first()
    if hearing is None:
        hearing = Hearing(about=about, subject_id=subject_id, party=party, operator=operator, asked_at=now)
    elif (hearing.state, hearing.exception, hearing.note) == (State.LEFT_OUT, why, note.strip()):
        return hearing.pk
    elif not may_move(MOVES, State(hearing.state), State.LEFT_OUT):
        raise CannotHearError("hearing_over")
    hearing.state, hearing.exception, hearing.note = State.LEFT_OUT, why, note.strip()
    hearing.official_id, hearing.changed_at = official_id, now
    hearing.save()
    deadlines.close(subject_id=hearing.pk, kinds=[Kind.OPINION])
    record(event="hearings.left_out", subject=hearing, actor=_by(official_id), facts=_facts(hearing))
    return hearing.pk


@transaction.atomic
def heard(*, hearing_id: UUID, opinion: str, actor: Actor) -> None:
    """The party says something, itself or by an official who writes it down. Raises CannotHearError."""
    hearing = _locked(hearing_id)
    if State(hearing.state) is State.HEARD and hearing.opinion == opinion.strip():
        return
    _refuse(rules.why_not_answer(State(hearing.state), State.HEARD) or rules.why_not_text(opinion))
    hearing.opinion = opinion.strip()
    _move(hearing, State.HEARD)
    deadlines.meet(subject_id=hearing.pk, kinds=[Kind.OPINION])
    record(event="hearings.heard", subject=hearing, actor=actor, facts=_facts(hearing))


@transaction.atomic
def waived(*, hearing_id: UUID, actor: Actor) -> None:
    """The party says that it has nothing to say; twice is once. Raises CannotHearError."""
    hearing = _locked(hearing_id)
    if State(hearing.state) is State.WAIVED:
        return
    _refuse(rules.why_not_answer(State(hearing.state), State.WAIVED))
    _move(hearing, State.WAIVED)
    deadlines.meet(subject_id=hearing.pk, kinds=[Kind.OPINION])
    record(event="hearings.waived", subject=hearing, actor=actor, facts=_facts(hearing))


@transaction.atomic
def silent(*, hearing_id: UUID) -> None:
    """The time for it is over, and nothing came: the act may come."""
    hearing = _locked(hearing_id)
    if State(hearing.state) is State.ASKED:
        _move(hearing, State.SILENT)
        record(event="hearings.silent", subject=hearing, actor=SYSTEM, facts=_facts(hearing))


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotHearError(code)


def _facts(hearing: Hearing) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "about": hearing.about,
        "for": str(hearing.subject_id),
        "party": hearing.party,
    }
    return facts | ({"exception": hearing.exception} if hearing.exception else {})


def _by(official_id: UUID) -> Actor:
    return Actor(kind="official", id=str(official_id))


def _locked(hearing_id: UUID) -> Hearing:
    return Hearing.objects.select_for_update().get(pk=hearing_id)


def _move(hearing: Hearing, after: State) -> None:
    check_move(MOVES, State(hearing.state), after)
    hearing.state = after
    hearing.changed_at = clock.now()
    hearing.save()
