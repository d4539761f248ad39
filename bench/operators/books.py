"""Holds what our rows say against what the operators received. Needs Django to be ready."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from bench.operator_stage.server import Received, Stage
from bench.operators.asking import Asked
from bench.operators.cast import ELSEWHERE
from haetae.audit.models import Event
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task

_WITH_PEOPLE = frozenset({"dead", "no_channel"})


def acknowledged_s(asked: Iterable[Asked]) -> dict[UUID, float]:
    """Seconds from the event that it was requested to the one that the operator has it, for those that it has."""
    ids = [one.request_id for one in asked]
    names = ("removal.requested", "removal.sent")
    rows = Event.objects.filter(subject_id__in=ids, name__in=names).order_by("pk")
    at: dict[tuple[UUID, str], datetime] = {}
    for subject_id, name, moment in rows.values_list("subject_id", "name", "at"):
        at.setdefault((subject_id, name), moment)
    return {
        one: (at[one, names[1]] - at[one, names[0]]).total_seconds() for one in ids if (one, names[1]) in at
    }


def not_reached(asked: Iterable[Asked]) -> list[Asked]:
    """Those whose operator can be reached and that it has not acknowledged, or never received."""
    mine = [one for one in asked if one.player.part.may_be_reached]
    told = acknowledged_s(mine)
    return [one for one in mine if one.request_id not in told or not _is_known(one)]


def _is_known(one: Asked) -> bool:
    return str(one.key) in {message.message_id for message in _received(one.player.stage, one.player.hook)}


def forgotten(asked: Iterable[Asked]) -> list[Asked]:
    """Those that no operator has acknowledged, for which no next try is planned, and that no person has as a task."""
    told = set(acknowledged_s(asked := list(asked)))
    open_ones = {one.request_id: one for one in asked if one.request_id not in told}
    said = {row.subject_id: row for row in Delivery.objects.filter(kind="delete", subject_id__in=open_ones)}
    ids = [row.pk for row in said.values()]
    planned = set(
        Deadline.objects.filter(kind="send_again", state="set", subject_id__in=ids).values_list(
            "subject_id", flat=True
        )
    )
    tasks = set(Task.objects.filter(subject_id__in=ids, state="waiting").values_list("subject_id", flat=True))
    queued = _in_the_queue()
    cared_for = {
        subject
        for subject, row in said.items()
        if (row.state == "waiting" and (row.pk in planned or str(row.pk) in queued))
        or (row.state in _WITH_PEOPLE and row.pk in tasks)
    }
    return [one for request_id, one in open_ones.items() if request_id not in cared_for]


def _in_the_queue() -> set[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="haetae.removal.send", status__in=("todo", "doing"))
    return {str(args["delivery_id"]) for args in jobs.values_list("args", flat=True)}


def under_way(asked: Iterable[Asked]) -> int:
    """Attempts that have begun and not ended."""
    ids = [one.request_id for one in asked]
    return Attempt.objects.filter(delivery__subject_id__in=ids, ended_at=None).count()


def attempts(asked: Iterable[Asked]) -> int:
    """All that were begun for these requests."""
    return Attempt.objects.filter(delivery__subject_id__in=[one.request_id for one in asked]).count()


def doubles(asked: Iterable[Asked]) -> list[str]:
    """What no operator may ever see, in sentences; empty where all is well."""
    asked = list(asked)
    mine = {str(one.key): one for one in asked}
    hooks = {one.player.hook: one.player.stage for one in asked}
    bodies: dict[str, set[bytes]] = defaultdict(set)
    numbers: dict[str, set[str]] = defaultdict(set)
    wrong = []
    for hook, stage in hooks.items():
        for message in _received(stage, hook):
            bodies[message.message_id].add(message.body)
            numbers[_place_in(message)].add(message.message_id)
            wrong += _wrong(message, mine, hook)
    stages = {id(stage): stage for stage in hooks.values()}
    wrong += [f"{ELSEWHERE} received a message" for one in stages.values() if _received(one, ELSEWHERE)]
    wrong += [f"{number} came with two bodies" for number, seen in bodies.items() if len(seen) > 1]
    return wrong + [f"{place} was asked for under two ids" for place, ids in numbers.items() if len(ids) > 1]


def _wrong(message: Received, mine: dict[str, Asked], hook: str) -> list[str]:
    one = mine.get(message.message_id)
    if one is None or one.player.hook != hook or one.media_url != _place_in(message):
        return [f"{hook} received {message.message_id}, which was not asked of it"]
    return [] if message.is_signed else [f"{hook} received {message.message_id} without a good signature"]


def _place_in(message: Received) -> str:
    return str(json.loads(message.body)["data"]["locator"]["media"])


def _received(stage: Stage, hook: str) -> list[Received]:
    """A copy, because the server goes on adding; a hook that was never asked has none."""
    return list(stage.hooks[hook].received) if hook in stage.hooks else []


def outcomes(asked: Iterable[Asked]) -> dict[str, dict[str, int]]:
    """By operator, how many of its requests are in which state."""
    asked = list(asked)
    states = dict(
        DeletionRequest.objects.filter(pk__in=[one.request_id for one in asked]).values_list("pk", "state")
    )
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for one in asked:
        counted[one.player.part.name][states[one.request_id]] += 1
    return {name: dict(found) for name, found in counted.items()}
