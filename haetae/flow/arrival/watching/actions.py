"""Everything that writes watch lists: drafted by one, switched on by another, paused, extended, ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id, new_id
from haetae.common.sealed import search_digest
from haetae.common.states import check_move
from haetae.flow.arrival.watching import queries, rules
from haetae.flow.arrival.watching.models import WatchList, WatchStop
from haetae.flow.arrival.watching.placing import actions as placing
from haetae.flow.arrival.watching.rules import Wanted
from haetae.flow.arrival.watching.states import MOVES, Ended, State
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind

# Any fixed number: whoever holds this advisory lock writes what is of all lists.
_LISTS_LOCK = 0x6861_6574_6C69
_OURS = "watching.until"  # our own rule, and no law: the source of its due date


class CannotWatchError(Exception):
    """`code` says what stands against it, `line` which of several lines is meant (0: no line)."""

    def __init__(self, found: str) -> None:
        self.code, _, line = found.partition(":")
        self.line = int(line or 0)
        super().__init__(self.code)


@dataclass(frozen=True, kw_only=True)
class Drafter:
    """Who writes a list down: an official, or (`official_id` None) whoever types commands for the agency."""

    agency: str
    official_id: UUID | None = None

    @property
    def actor(self) -> Actor:
        return SYSTEM if self.official_id is None else official_actor(self.official_id)


@transaction.atomic
def draft(wanted: Wanted, *, by: Drafter, form_key: UUID | None = None) -> UUID:
    """Write a list down with its places. Nothing is visited before another official has switched it on.

    The same form sent twice is one list. Raises CannotWatchError.
    """
    _one_at_a_time()
    now = clock.now()
    list_id = derived_id("watch_list", by.official_id or "command", form_key or new_id())
    if WatchList.objects.filter(pk=list_id).exists():
        return list_id
    bases = queries.bases_on(timezone.localdate(now))
    _refuse(rules.why_not_draft(wanted, now=now, bases=bases))
    if queries.running_list(wanted.name) is not None:
        raise CannotWatchError("watch_name_taken")
    watch_list = WatchList.objects.create(
        pk=list_id,
        name=wanted.name.strip(),
        name_digest=search_digest(wanted.name.strip()),
        agency=by.agency,
        purpose=wanted.purpose.strip(),
        basis=wanted.basis,
        until=wanted.until,
        every_s=wanted.every_s,
        follow_depth=wanted.follow_depth,
        weight=wanted.weight,
        hosts="\n".join(dict.fromkeys(host.strip().lower() for host in wanted.hosts)),
        phrases="\n".join(dict.fromkeys(phrase.strip() for phrase in wanted.phrases)),
        drafted_by_id=by.official_id,
        drafted_at=now,
        until_by_id=by.official_id,
        changed_at=now,
    )
    placing.name_places(watch_list, wanted.places)
    facts: dict[str, Fact] = {"agency": by.agency, "basis": wanted.basis, "places": len(wanted.places)}
    record(event="watching.drafted", subject=watch_list, actor=by.actor, facts=facts)
    return list_id


@transaction.atomic
def confirm(*, list_id: UUID, official_id: UUID) -> None:
    """Another official than who drafted it switches it on: it is visited from now on. Raises CannotWatchError."""
    watch_list, now = _locked(list_id), clock.now()
    if watch_list.confirmed_by_id == official_id and watch_list.state == State.ON:
        return
    _refuse(
        rules.why_not_confirm(
            State(watch_list.state),
            drafted_by=watch_list.drafted_by_id,
            by=official_id,
            until=watch_list.until,
            now=now,
        )
    )
    watch_list.confirmed_by_id, watch_list.confirmed_at = official_id, now
    watch_list.until_by_id = official_id
    placing.visit_named_now(watch_list)
    _set_end(watch_list)
    _move(watch_list, State.ON)
    record(event="watching.confirmed", subject=watch_list, actor=official_actor(official_id))


@transaction.atomic
def pause(*, list_id: UUID, why: str, official_id: UUID) -> None:
    """Nothing of it is handed out any more; what is on its way comes back. Raises CannotWatchError."""
    watch_list = _locked(list_id)
    _refuse(rules.why_not_pause(State(watch_list.state), why=why))
    watch_list.why = why.strip()
    _move(watch_list, State.PAUSED)
    record(event="watching.paused", subject=watch_list, actor=official_actor(official_id))


@transaction.atomic
def resume(*, list_id: UUID, why: str, official_id: UUID) -> None:
    """It goes on where it stood. Raises CannotWatchError."""
    watch_list = _locked(list_id)
    _refuse(rules.why_not_resume(State(watch_list.state), why=why))
    watch_list.why = why.strip()
    _move(watch_list, State.ON)
    record(event="watching.resumed", subject=watch_list, actor=official_actor(official_id))


@transaction.atomic
def extend(*, list_id: UUID, until: datetime, why: str, official_id: UUID) -> None:
    """It goes on longer, by another official than who said last until when. Raises CannotWatchError."""
    watch_list = _locked(list_id)
    _refuse(
        rules.why_not_extend(
            State(watch_list.state),
            until=until,
            now=clock.now(),
            said_until_by=watch_list.until_by_id,
            by=official_id,
            why=why,
        )
    )
    watch_list.until, watch_list.until_by_id, watch_list.why = until, official_id, why.strip()
    watch_list.changed_at = clock.now()
    watch_list.save()
    _set_end(watch_list)
    facts: dict[str, Fact] = {"until": until.date().isoformat()}
    record(event="watching.extended", subject=watch_list, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def end(*, list_id: UUID, why: str, official_id: UUID) -> None:
    """It is not needed any more, or was not right. Raises CannotWatchError."""
    watch_list = _locked(list_id)
    _refuse(rules.why_not_end(State(watch_list.state), why=why))
    watch_list.why, watch_list.ended = why.strip(), Ended.PERSON.value
    _move(watch_list, State.ENDED)
    deadlines.close(subject_id=watch_list.pk, kinds=[Kind.WATCH_ENDS])
    facts: dict[str, Fact] = {"because": Ended.PERSON.value}
    record(event="watching.ended", subject=watch_list, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def time_is_over(*, list_id: UUID) -> None:
    """Its own date has come, and nobody has extended it."""
    watch_list = _locked(list_id)
    if watch_list.state == State.ENDED or watch_list.until > clock.now():
        return
    watch_list.ended = Ended.DATE.value
    _move(watch_list, State.ENDED)
    facts: dict[str, Fact] = {"because": Ended.DATE.value}
    record(event="watching.ended", subject=watch_list, actor=SYSTEM, facts=facts)


@transaction.atomic
def end_again(*, list_id: UUID) -> None:
    """It had ended, in a database that burnt; this one was put back and does not know of it."""
    watch_list = _locked(list_id)
    if watch_list.state == State.ENDED:
        return
    watch_list.ended = Ended.PERSON.value
    _move(watch_list, State.ENDED)
    deadlines.close(subject_id=watch_list.pk, kinds=[Kind.WATCH_ENDS])
    facts: dict[str, Fact] = {"because": Ended.PERSON.value}
    record(event="watching.ended", subject=watch_list, actor=SYSTEM, facts=facts)


@transaction.atomic
def stop_all(*, why: str, official_id: UUID) -> None:
    """All lists stand still until somebody lets them go on. Raises CannotWatchError."""
    _one_at_a_time()
    _refuse("watch_all_stopped" if queries.stop_in_force() else rules.why_not_why(why))
    row = WatchStop.objects.create(why=why.strip(), by_id=official_id, at=clock.now())
    record(event="watching.all_stopped", subject=row, actor=official_actor(official_id))


@transaction.atomic
def go_on(*, official_id: UUID) -> None:
    """The lists that are on are visited again. Raises CannotWatchError."""
    row = WatchStop.objects.select_for_update().filter(ended_at=None).first()
    if row is None:
        raise CannotWatchError("watch_not_stopped")
    row.ended_by_id, row.ended_at = official_id, clock.now()
    row.save(update_fields=["ended_by", "ended_at"])
    record(event="watching.all_go_on", subject=row, actor=official_actor(official_id))


@transaction.atomic
def refused(*, list_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be: nothing changed, and that it was tried is kept."""
    watch_list = queries.get_list(list_id)
    record(
        event="watching.refused", subject=watch_list, actor=official_actor(official_id), facts={"code": code}
    )


def _one_at_a_time() -> None:
    """Names and the stop are of all lists: two who write at once wait for each other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LISTS_LOCK])


def _locked(list_id: UUID) -> WatchList:
    return WatchList.objects.select_for_update().get(pk=list_id)


def _move(watch_list: WatchList, after: State) -> None:
    check_move(MOVES, State(watch_list.state), after)
    watch_list.state, watch_list.changed_at = after, clock.now()
    watch_list.save()


def _set_end(watch_list: WatchList) -> None:
    deadlines.set_deadline(
        kind=Kind.WATCH_ENDS,
        subject_id=watch_list.pk,
        basis=Basis.POLICY,
        source=_OURS,
        due_at=watch_list.until,
    )


def _refuse(found: str | None) -> None:
    if found:
        raise CannotWatchError(found)
