"""Everything that writes hearings."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.accounts.models import Operator
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.hearings import rules
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.states import MOVES, WRITTEN_DOWN, About, Party, State, Told, Unheard, Way


class CannotHearError(Exception):
    """`code` says why nobody is asked, left out, or listened to any more."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def ask(  # noqa: PLR0913 - one act, one party, one term: every word of a hearing
    *, about: About, subject_id: UUID, party: Party, operator: Operator | None, until: datetime, source: str,
    official_id: UUID, matter: str = "",
) -> UUID:  # fmt: skip
    """A party may say something until then; asked twice, it is asked once. Raises CannotHearError for a past moment.

    `source` is the key of the source of the time that it is given, which is ours and no law's. `matter` is the draft of
    the act, as the party is to read it: what it was heard about stays readable, whatever becomes of the draft.
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
            "matter": matter or None,
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
def told(*, hearing_id: UUID, how: Told) -> None:
    """The operator was told, or could not be: whoever asked reads it. Twice is once."""
    hearing = _locked(hearing_id)
    if hearing.told == how:
        return
    hearing.told = how
    hearing.save(update_fields=["told"])
    record(event="hearings.told", subject=hearing, actor=SYSTEM, facts=_facts(hearing) | {"code": str(how)})


@transaction.atomic
def leave_out(
    *, about: About, subject_id: UUID, party: Party, operator: Operator | None, why: Unheard, note: str,
    official_id: UUID,
) -> UUID:  # fmt: skip
    """The law's exception: nobody is heard, and why stands here. Raises CannotHearError when somebody was heard."""
    _refuse(rules.why_not_text(note))
    hearing = _of(subject_id, party) or _new(about, subject_id, party, operator)
    if (hearing.state, hearing.exception, hearing.note) == (State.LEFT_OUT, why, note.strip()):
        return hearing.pk
    _refuse(_why_not(hearing, State.LEFT_OUT))
    hearing.state, hearing.exception, hearing.note = State.LEFT_OUT, why, note.strip()
    hearing.official_id, hearing.changed_at = official_id, clock.now()
    hearing.save()
    deadlines.close(subject_id=hearing.pk, kinds=[Kind.OPINION])
    record(event="hearings.left_out", subject=hearing, actor=_by(official_id), facts=_facts(hearing))
    return hearing.pk


@transaction.atomic
def heard(*, hearing_id: UUID, opinion: str, actor: Actor) -> None:
    """The party says something at its desk; the same twice is once. Raises CannotHearError."""
    hearing = _locked(hearing_id)
    if State(hearing.state) is State.HEARD and hearing.opinion == opinion.strip():
        return
    _refuse(_why_not(hearing, State.HEARD) or rules.why_not_text(opinion))
    _take(hearing, opinion=opinion, way=Way.DESK, actor=actor)


@transaction.atomic
def written(
    *, about: About, subject_id: UUID, party: Party, operator: Operator | None, opinion: str, way: Way,
    official_id: UUID,
) -> UUID:  # fmt: skip
    """What came by letter or telephone, also where nobody had asked, as an official writes it down.

    The same twice is once. Raises CannotHearError.
    """
    _refuse(None if way in WRITTEN_DOWN else "hearing_no_way")
    hearing = _of(subject_id, party) or _new(about, subject_id, party, operator)
    if (hearing.state, hearing.opinion, hearing.way) == (State.HEARD, opinion.strip(), way):
        return hearing.pk
    _refuse(_why_not(hearing, State.HEARD) or rules.why_not_text(opinion))
    hearing.official_id = official_id
    _take(hearing, opinion=opinion, way=way, actor=_by(official_id))
    return hearing.pk


@transaction.atomic
def heard_by_objection(*, subject_id: UUID) -> None:
    """Whoever posted it has objected before the commission decides: that is their opinion, and it lies there."""
    hearing = _of(subject_id, Party.POSTER) or _new(About.REVIEW, subject_id, Party.POSTER, None)
    if _why_not(hearing, State.HEARD) is None:
        _take(hearing, opinion="", way=Way.OBJECTION, actor=SYSTEM)


@transaction.atomic
def waived(*, hearing_id: UUID, actor: Actor) -> None:
    """The party says that it has nothing to say; twice is once. Raises CannotHearError."""
    hearing = _locked(hearing_id)
    if State(hearing.state) is State.WAIVED:
        return
    _refuse(_why_not(hearing, State.WAIVED))
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


@transaction.atomic
def settle(*, subject_id: UUID, required: Collection[Party] = frozenset()) -> None:
    """The act comes now: everybody was heard or left out, and nobody is listened to any more. Raises CannotHearError.

    Part of the transaction in which the act is taken, so that no opinion slips in between. `required` are parties
    without whom it must not come; at least one hearing there must be in any case.
    """
    rows = list(Hearing.objects.select_for_update().filter(subject_id=subject_id).order_by("pk"))
    _refuse(rules.why_not_act(State(row.state) for row in rows))
    _refuse("not_heard" if set(required) - {Party(row.party) for row in rows} else None)
    _close(rows)


@transaction.atomic
def close(*, subject_id: UUID) -> None:
    """The act was given up: who was still asked need say nothing."""
    rows = list(Hearing.objects.select_for_update().filter(subject_id=subject_id).order_by("pk"))
    for row in rows:
        if State(row.state) is State.ASKED:
            deadlines.close(subject_id=row.pk, kinds=[Kind.OPINION])
            row.state = State.SILENT
    _close(rows)


@transaction.atomic
def refused(*, about: About, subject_id: UUID, party: Party, code: str, actor: Actor) -> None:
    """Somebody tried what may not be; the try stays in the record. Called outside of the transaction that failed.

    Where nobody was asked there is no row, and the event names the act alone.
    """
    hearing = _of(subject_id, party) or _new(about, subject_id, party, None)
    record(event="hearings.refused", subject=hearing, actor=actor, facts=_facts(hearing) | {"code": code})


def _close(rows: Iterable[Hearing]) -> None:
    for row in rows:
        if row.closed_at is None:
            row.closed_at = clock.now()
            row.save()
            record(event="hearings.closed", subject=row, actor=SYSTEM, facts=_facts(row))


def _take(hearing: Hearing, *, opinion: str, way: Way, actor: Actor) -> None:
    hearing.opinion, hearing.way = opinion.strip(), way
    _move(hearing, State.HEARD)
    deadlines.meet(subject_id=hearing.pk, kinds=[Kind.OPINION])
    record(event="hearings.heard", subject=hearing, actor=actor, facts=_facts(hearing))


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotHearError(code)


def _why_not(hearing: Hearing, after: State) -> str | None:
    return rules.why_not_answer(State(hearing.state), after, is_closed=hearing.closed_at is not None)


def _facts(hearing: Hearing) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "about": hearing.about,
        "for": str(hearing.subject_id),
        "party": hearing.party,
    }
    more = {"exception": hearing.exception, "way": hearing.way}
    return facts | {name: value for name, value in more.items() if value}


def _by(official_id: UUID) -> Actor:
    return Actor(kind="official", id=str(official_id))


def _locked(hearing_id: UUID) -> Hearing:
    return Hearing.objects.select_for_update().get(pk=hearing_id)


def _of(subject_id: UUID, party: Party) -> Hearing | None:
    return Hearing.objects.select_for_update().filter(subject_id=subject_id, party=party).first()


def _new(about: About, subject_id: UUID, party: Party, operator: Operator | None) -> Hearing:
    """Nobody was asked: it begins here, and is saved with what it becomes."""
    now = clock.now()
    return Hearing(
        about=about,
        subject_id=subject_id,
        party=party,
        operator=operator,
        asked_at=now,
        changed_at=now,
    )


def _move(hearing: Hearing, after: State) -> None:
    check_move(MOVES, State(hearing.state), after)
    hearing.state = after
    hearing.changed_at = clock.now()
    hearing.save()
