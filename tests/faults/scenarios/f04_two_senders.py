"""F4: two senders take up the same row at the same moment, and their clocks are ten minutes apart."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from tests.faults import small
from tests.faults.platform import Asked, Platform, Reply, running
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "two senders race for one row, their clocks five minutes before and behind"
_SKEW_S: Final = 300.0
_ANSWERS_AFTER_S: Final = (0.02, 0.08)
_FAILS_SHARE: Final = 0.1


def play(stage: Stage) -> Outcome:
    def answers(asked: Asked) -> Reply:
        status = 503 if asked.number == 1 and stage.chance.random() < _FAILS_SHARE else 200
        return Reply(status=status, after_s=stage.chance.uniform(*_ANSWERS_AFTER_S))

    platform = Platform(answers=answers)
    with small.started(stage.folder / "home") as here, running(platform):
        small.operator("raced for", origin=platform.origin)
        deliveries = _written_down(platform.origin, many=stage.cases(short=30))
        told = here.environment()
        with _sender(told, ahead_s=_SKEW_S) as fast, _sender(told, ahead_s=-_SKEW_S) as slow:
            left_alone = sum(_race(delivery, fast, slow) for delivery in deliveries)
            # What failed waits for its pause, by the clock of whoever failed: here it is over for both.
            for delivery in _whose_pause_is_over():
                _race(delivery, fast, slow)
        raced = len(platform.asked)
        late = _late_writers(deliveries, stage)
        late |= {"found that another spoke of it": left_alone}
        return _outcome(platform, deliveries, raced=raced, late=late, home=stage.folder / "home")


@contextmanager
def _sender(environment: dict[str, str], *, ahead_s: float) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.sender", "--ahead", str(ahead_s)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    try:
        _word_of(process)
        yield process
    finally:
        process.stdin.close()
        process.wait(30)


def _race(delivery: UUID, *senders: "subprocess.Popen[str]") -> int:
    """How many of them found that another speaks of it."""
    for sender in senders:
        assert sender.stdin is not None
        sender.stdin.write(f"{delivery}\n")
        sender.stdin.flush()
    return sum(_word_of(sender) == "later" for sender in senders)


def _word_of(sender: "subprocess.Popen[str]") -> str:
    assert sender.stdout is not None
    word = sender.stdout.readline().strip()
    if not word:
        raise RuntimeError("A sender has ended.")
    return word


def _written_down(origin: str, *, many: int) -> list[UUID]:
    """Deliveries that wait; the jobs that would hand them over are taken out of the queue."""
    from django.db import connection

    from haetae.audit.models import Event
    from haetae.flow import next_step
    from haetae.flow.delivery.models import Delivery

    small.decided(origin, many=many)
    for name in ("assessment.request", "removal.requested"):
        for event in Event.objects.filter(name=name):
            next_step.next_step(event.pk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    return list(Delivery.objects.order_by("pk").values_list("pk", flat=True))


def _whose_pause_is_over() -> list[UUID]:
    from haetae.flow.deadlines.actions import close
    from haetae.flow.deadlines.states import Kind
    from haetae.flow.delivery.models import Delivery

    waiting = list(Delivery.objects.filter(state="waiting").values_list("pk", flat=True))
    for delivery in waiting:
        close(subject_id=delivery, kinds=[Kind.SEND_AGAIN])
    return waiting


def _late_writers(deliveries: list[UUID], stage: Stage) -> dict[str, int]:
    """A sender that lost its connection comes back after another has taken its place: what it says changes nothing."""
    from haetae.flow.delivery import actions
    from haetae.flow.delivery.models import Attempt, Delivery

    counts = {"late writers": 0, "what they changed": 0}
    for pk in deliveries:
        delivery = Delivery.objects.get(pk=pk)
        if delivery.state != "delivered":
            continue
        # As the database has it when the first had begun, the second begun and ended, and the first comes back.
        newest = delivery.attempts.order_by("number").last()
        assert newest is not None
        first = Attempt.objects.create(delivery=delivery, number=newest.number + 1, begun_at=newest.begun_at)
        Attempt.objects.create(
            delivery=delivery,
            number=newest.number + 2,
            begun_at=newest.begun_at,
            ended_at=newest.ended_at,
            outcome="answered_sent",
        )
        before = _standing(delivery.pk)
        _comes_back(actions, first, stage)
        counts["late writers"] += 1
        counts["what they changed"] += _standing(delivery.pk) != before
    return counts


def _comes_back(actions: Any, attempt: Any, stage: Stage) -> None:
    from haetae.audit.actor import SYSTEM
    from haetae.flow.removal.actions import operator_answered
    from haetae.flow.removal.states import State

    choice = stage.chance.randrange(4)
    if choice == 0:
        actions.attempt_failed(
            attempt_id=attempt.pk, code="network_timeout", may_have_arrived=True, retry_after_s=None
        )
    elif choice == 1:
        actions.no_channel(attempt_id=attempt.pk, code="endpoint_gone")
    elif choice == 2:
        actions.unfit(attempt_id=attempt.pk, code="notice_field")
    else:
        operator_answered(
            request_id=attempt.delivery.subject_id,
            answer=State.REFUSED,
            attempt_id=attempt.pk,
            actor=SYSTEM,
        )


def _standing(delivery_id: UUID) -> tuple[Any, ...]:
    """All that a writer could change: delivery, request, breaker, due dates, tasks and the record."""
    from haetae.audit.models import Event
    from haetae.flow.deadlines.models import Deadline
    from haetae.flow.delivery.models import Breaker, Delivery
    from haetae.flow.removal.models import DeletionRequest
    from haetae.flow.tasks.models import Task

    delivery = Delivery.objects.filter(pk=delivery_id).values().get()
    return (
        delivery,
        DeletionRequest.objects.filter(pk=delivery["subject_id"]).values().get(),
        list(Breaker.objects.order_by("pk").values()),
        list(Deadline.objects.order_by("pk").values()),
        Task.objects.count(),
        Event.objects.count(),
    )


def _outcome(
    platform: Platform, deliveries: list[UUID], *, raced: int, late: dict[str, int], home: Path
) -> Outcome:
    from haetae.flow.delivery.models import Attempt, Delivery
    from tests.faults import invariants

    broken = invariants.broken(asked=platform.seen(), home=home)
    most = max(platform.most_at_once.values(), default=0)
    if most > 1:
        both = sum(count > 1 for count in platform.most_at_once.values())
        broken.append(f"{both} requests were with the operator twice at the same moment.")
    undelivered = Delivery.objects.exclude(state="delivered").count()
    if undelivered:
        broken.append(f"{undelivered} requests were never taken as delivered.")
    if late["what they changed"]:
        broken.append(f"{late['what they changed']} late writers changed something.")
    if late["found that another spoke of it"] < len(deliveries) / 3:
        broken.append("It proves nothing: they hardly ever met.")
    return Outcome(
        counts={
            "rows raced for": len(deliveries),
            "sent": raced,
            "most in flight of one request": most,
            "attempts written down": Attempt.objects.count() - 2 * late["late writers"],
            **late,
        },
        broken=broken,
    )
