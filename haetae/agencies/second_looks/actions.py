"""Everything that writes about second looks."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Official
from haetae.agencies.second_looks import queries, rules
from haetae.agencies.second_looks.models import Draw, SecondLook
from haetae.agencies.second_looks.rules import DECIDED_BY
from haetae.agencies.second_looks.states import MOVES, Of, State
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.audit.queries import newest_head
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.review.models import Review
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Outcome
from haetae.flow.tasks.states import State as Waits


@transaction.atomic
def close(*, share_ppm: int) -> Draw | None:
    """End a round: what was decided since the last one will be drawn from. None where nothing was.

    Which ones are drawn is open until a head is signed over the event of this. Where there was no round before, nothing
    is reached back for: the first one is empty, and what is decided from then on counts.
    """
    size, now = _size(), clock.now()
    last, week = queries.newest_draw(), queries.newest_week()
    if last is None or week is None:
        return _recorded(Draw(first=size, until=size, week_first=size, share_ppm=share_ppm))
    if last.head is None:
        return None
    ends = rules.is_another_week(timezone.localdate(now), than=timezone.localdate(week.closed_at))
    begin = week.until if ends else last.until
    if not queries.decisions(first=begin, until=size).exists():
        return None
    week_first = week.until if ends else None
    return _recorded(Draw(first=last.until, until=size, week_first=week_first, share_ppm=share_ppm))


@transaction.atomic
def draw(*, draw_id: UUID) -> list[SecondLook] | None:
    """Draw, by the first head over its end; None while none is signed. Said again, it draws nothing."""
    found = Draw.objects.select_for_update().get(pk=draw_id)
    head = queries.head_after(found)
    if found.head is not None or head is None:
        return None
    new = queries.candidates(first=found.first, until=found.until)
    week = {} if found.week_first is None else queries.candidates(first=found.week_first, until=found.until)
    drawn = rules.lots(
        root=bytes(head.root),
        new=new,
        week=week,
        drawn_before=queries.drawn_among(one for ids in week.values() for one in ids),
        share_ppm=found.share_ppm,
    )
    found.head = head.size
    found.save(update_fields=["head"])
    facts: dict[str, Fact] = {"head": head.size, "drawn": len(drawn), "among": sum(map(len, new.values()))}
    record(event="second_looks.made", subject=found, actor=SYSTEM, facts=facts)
    return [_drawn(found, event) for event in Event.objects.filter(pk__in=drawn).order_by("pk")]


@transaction.atomic
def opened(*, look_id: UUID, task: Task) -> None:
    """It stands among what waits for people."""
    look = _locked(look_id)
    look.task = task
    _move(look, State.WAITING)


@transaction.atomic
def not_opened(*, look_id: UUID, why: str) -> None:
    """There is nothing to be judged any more; `why` is a code."""
    look = _locked(look_id)
    look.why = why
    _move(look, State.NOT_OPENED)
    record(event="second_looks.not_opened", subject=look, actor=SYSTEM, facts={"code": why})


@transaction.atomic
def compare(*, look_id: UUID, said: Outcome, official_id: UUID) -> None:
    """Somebody has judged it, without knowing what was decided. Nothing is changed by it; both words stand beside."""
    look = _locked(look_id)
    look.said, look.said_by = said, official_id
    by, facts = official_actor(official_id), _facts(look)
    if said == look.first:
        _move(look, State.AGREED)
        record(event="second_looks.agreed", subject=look, actor=by, facts=facts)
    else:
        _move(look, State.DIFFERED)
        record(event="second_looks.differed", subject=look, actor=by, facts=facts)


@transaction.atomic
def lapse() -> int:
    """What nobody has taken in time, or what a newer examination has overtaken, is counted as that; how many."""
    late, count = clock.now() - rules.WAITS, 0
    for look in queries.waiting().select_for_update(of=("self",)):
        assert look.task is not None
        if look.task.state == Waits.WAITING and look.changed_at > late:
            continue
        if look.task.state == Waits.DONE:
            continue  # its step is on the way
        tasks.end_second(task_id=look.task.pk)
        _move(look, State.LAPSED)
        record(event="second_looks.not_taken", subject=look, actor=SYSTEM, facts=_facts(look))
        count += 1
    return count


@transaction.atomic
def figures_read(*, official: Official) -> None:
    """Somebody reads how people judge."""
    record(event="second_looks.figures_read", subject=official, actor=official_actor(official.pk))


def _size() -> int:
    head = newest_head()
    return head.size if head else 0


def _recorded(found: Draw) -> Draw:
    found.closed_at = clock.now()
    found.save(force_insert=True)
    facts: dict[str, Fact] = {
        "first": found.first,
        "until": found.until,
        "week": found.week_first,
        "share_ppm": found.share_ppm,
    }
    record(event="second_looks.round_over", subject=found, actor=SYSTEM, facts=facts)
    return found


def _drawn(found: Draw, event: Event) -> SecondLook:
    of = DECIDED_BY[event.name]
    look = SecondLook.objects.create(
        draw=found,
        event_id=event.pk,
        of=of,
        assessment_id=_judged(event, of),
        first=rules.said_first(event.name, event.facts),
        first_by=UUID(event.actor_id) if of is Of.JUDGED else None,
        changed_at=clock.now(),
    )
    record(event="second_looks.drawn", subject=look, actor=SYSTEM, facts=_facts(look))
    return look


def _judged(event: Event, of: Of) -> UUID:
    """The examination about which it was."""
    if of is Of.DECIDED:
        return Review.objects.values_list("request__assessment_id", flat=True).get(pk=event.subject_id)
    return UUID(str(event.facts["for"])) if of is Of.JUDGED else event.subject_id


def _facts(look: SecondLook) -> dict[str, Fact]:
    return {"event": look.event_id, "of": look.of}


def _locked(look_id: UUID) -> SecondLook:
    return SecondLook.objects.select_for_update().get(pk=look_id)


def _move(look: SecondLook, after: State) -> None:
    check_move(MOVES, State(look.state), after)
    look.state = after
    look.changed_at = clock.now()
    look.save()
