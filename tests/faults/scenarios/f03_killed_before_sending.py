"""F3: whoever asks an operator is killed with the job in its hands, before anything was sent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final
from uuid import UUID

from tests.faults.house import House, house, kills_of, one, victim
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "every worker is killed with a job in its hands, before anything was sent"
_AGAIN_WITHIN_S: Final = 60.0
_BEGUN_WITHIN_S: Final = 60.0


def play(stage: Stage) -> Outcome:
    here, waits = house(stage), list[float]()
    from tests.faults.summary import outcome_of

    def killing(points: int) -> tuple[int, int]:
        met = 0
        for _ in range(points):
            deliveries, killed_s = _kill_before_sending(here)
            waits.extend(_picked_up_after(deliveries, since_s=killed_s))
            met += bool(deliveries)
        return points, met

    workers = replace(victim(stage, "worker"), platform_delay_s=0.0)
    result = one(stage, workers, kills=kills_of(stage, short=1), killing=killing)
    outcome = outcome_of([result], home=here.installation.home)
    longest_s = max(waits, default=0.0)
    late = [f"A job was picked up again after {longest_s:.0f} s only."] if longest_s > _AGAIN_WITHIN_S else []
    unmet = ["It proves nothing: no job was under way."] if not waits else []
    figures = {"jobs in their hands": len(waits), "picked up again after at most, s": longest_s}
    return Outcome(counts={**outcome.counts, **figures}, broken=[*outcome.broken, *late, *unmet])


def _kill_before_sending(here: House) -> tuple[list[UUID], float]:
    """The deliveries that were in somebody's hands and that the operator had not seen, and when they were killed."""
    from tests.faults.victims import Blow, kill

    with _attempts_held_back(here):
        deadline = time.monotonic() + _BEGUN_WITHIN_S
        while not (deliveries := _in_hands()) and time.monotonic() < deadline:
            time.sleep(0.05)
        workers = [name for name in here.whole.supervisor.restarts() if name.startswith("worker")]
        for name in workers:
            kill(here.whole.supervisor.process_id(name), Blow())
    return deliveries, time.monotonic()


@contextmanager
def _attempts_held_back(here: House) -> Iterator[None]:
    """Nobody can write down that an attempt begins, and nothing is sent before that is written down."""
    import psycopg
    from psycopg import sql

    from haetae.flow.delivery.models import Attempt

    table = sql.Identifier(Attempt._meta.db_table)
    with psycopg.connect(here.installation.owner_url) as owner:
        owner.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(table))
        yield
        owner.rollback()


def _in_hands() -> list[UUID]:
    """Of which deliveries a worker has the job, and no attempt is written down."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from haetae.flow.delivery.models import Attempt

    rows = ProcrastinateJob.objects.filter(task_name="haetae.removal.send", status="doing")
    deliveries = [UUID(row.args["delivery_id"]) for row in rows]
    begun = set(Attempt.objects.filter(delivery_id__in=deliveries).values_list("delivery_id", flat=True))
    return [delivery for delivery in deliveries if delivery not in begun]


def _picked_up_after(deliveries: list[UUID], *, since_s: float) -> Iterator[float]:
    from haetae.flow.delivery.models import Attempt

    for delivery in deliveries:
        while not Attempt.objects.filter(delivery_id=delivery).exists():
            if time.monotonic() - since_s > 2 * _AGAIN_WITHIN_S:
                break
            time.sleep(0.1)
        yield time.monotonic() - since_s
