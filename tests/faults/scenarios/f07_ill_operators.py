"""F7: operators that answer 500, 429, elsewhere, garbage, late, gone or not at all; beside them one that is well."""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from tests.faults import small
from tests.faults.ill import Ill, all_kinds, behaving
from tests.faults.platform import Platform, Reply, running
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "operators answer 500, 429, elsewhere, garbage, too late, gone, or not at all"
_LIMIT_S: Final = {False: 1.0, True: 20.0}  # how long we wait for anybody; in the short form scaled
_TOO_SLOW_S: Final = {False: 1.45, True: 29.0}
_SLOW_ONES: Final = 4
_MOST_S: Final = 1.0
_TIMES_MOST: Final = 3.0
_OPENS_AFTER: Final = 5
_STAYS_OPEN: Final = [
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
]


def play(stage: Stage) -> Outcome:
    with small.started(stage.folder / "home"), _waiting_at_most(_LIMIT_S[stage.full]):
        kinds = all_kinds(too_slow_s=_TOO_SLOW_S[stage.full])
        asked, classes = _classes(kinds, each=stage.cases(short=1, full=20))
        breaker = _breaker(asked)
        beside, p95 = _beside_them(stage, asked)
        from tests.faults import invariants

        broken = [*classes, *breaker, *beside, *invariants.broken(asked=asked, home=stage.folder / "home")]
        return Outcome(
            counts={
                "kinds of failing": len(kinds),
                "requests that arrived": len(asked),
                "not in their class": len(classes),
                "breaker not as written": len(breaker),
                **p95,
            },
            broken=broken,
        )


@contextmanager
def _waiting_at_most(limit_s: float) -> Iterator[None]:
    """So long for a whole exchange, whatever is said."""
    from haetae.common.outbound import Limits
    from haetae.connectors import door

    usual, door.Limits = door.Limits, partial(Limits, total_s=limit_s)  # type: ignore[misc, assignment]
    try:
        yield
    finally:
        door.Limits = usual  # type: ignore[misc]


def _classes(kinds: Sequence[Ill], *, each: int) -> tuple[list[tuple[str, str]], list[str]]:
    """Each is asked once and answers as it does; what became of the request is held against what is documented."""
    from haetae.flow.delivery.models import Delivery

    asked: list[tuple[str, str]] = []
    wrong: list[str] = []
    with ExitStack() as open_, small.SetClock() as clock:
        for ill in kinds:
            platform = open_.enter_context(behaving(ill))
            way = "webhook" if ill.by_message else "sandbox"
            operator = small.operator(
                ill.name, origin=platform.origin, connector=way, endpoint=f"{platform.origin}/messages"
            )
            small.asked_for(platform.origin, many=each)
            for delivery in Delivery.objects.filter(operator=operator):
                wrong += [f"{ill.name}: {sentence}" for sentence in _not_as_written(ill, delivery, clock)]
            asked += platform.seen()
    _give_up_what_waits()
    return asked, wrong


def _not_as_written(ill: Ill, delivery: Any, clock: small.SetClock) -> Iterator[str]:
    from haetae.flow.deadlines.models import Deadline
    from haetae.flow.delivery.models import Breaker
    from haetae.flow.tasks.models import Task

    first = delivery.attempts.order_by("number").first()
    if first is None:
        # Held back before an operator that has failed five times by now: that is its class, too.
        if not ill.counts:
            yield "it was not even tried."
        return
    if (first.outcome, first.may_have_arrived) != (ill.code, ill.may_have_arrived):
        yield f"it ended as {first.outcome}, may have arrived: {first.may_have_arrived}."
    if ill.again_s is None:
        if delivery.state != "no_channel":
            yield f"it is {delivery.state} instead of being given to a person."
        if not Task.objects.filter(subject_id=delivery.pk, kind="no_channel", state="waiting").exists():
            yield "nobody has the task."
        return
    again = Deadline.objects.filter(subject_id=delivery.pk, kind="send_again", state="set").first()
    pause_s = (again.due_at - clock.at).total_seconds() if again and again.due_at else -1.0
    if not ill.again_s[0] <= pause_s <= ill.again_s[1]:
        yield f"it is tried again after {pause_s:.1f} s."
    failures = Breaker.objects.filter(operator=delivery.operator, failures__gt=0).exists()
    if failures is not ill.counts:
        yield f"it counts against the operator: {failures}."


def _give_up_what_waits() -> None:
    """A person takes over what was only to be looked at, so that nothing of it comes between what follows."""
    from haetae.flow.delivery.actions import stop
    from haetae.flow.delivery.models import Delivery

    for delivery in Delivery.objects.filter(state="waiting"):
        stop(subject_id=delivery.subject_id, kind=delivery.kind)


def _breaker(asked: list[tuple[str, str]]) -> list[str]:
    """Five failures open it, each trial that fails keeps it open for longer, one that is answered closes it."""
    from haetae.flow.delivery.models import Breaker, Delivery

    platform, wrong = Platform(answers=lambda _: Reply(status=503)), list[str]()
    with small.SetClock() as clock, running(platform):
        operator = small.operator("comes back", origin=platform.origin)
        small.asked_for(platform.origin, many=_OPENS_AFTER + 3)
        breaker = Breaker.objects.get(operator=operator)
        if (breaker.gate, len(platform.asked)) != ("open", _OPENS_AFTER):
            wrong.append(f"After {len(platform.asked)} requests the gate is {breaker.gate}.")
        for number, stays_open in enumerate(_STAYS_OPEN):
            before, opened = len(platform.asked), breaker.changed_at
            small.let_time_pass(clock, until_=opened + stays_open - timedelta(seconds=1))
            if len(platform.asked) != before:
                wrong.append(f"It was asked while the gate was open for the {number + 1}. time.")
            if number == len(_STAYS_OPEN) - 1:
                platform.answers = lambda _: Reply()
            small.let_time_pass(clock, until_=opened + stays_open + timedelta(seconds=10))
            breaker.refresh_from_db()
            is_last = number == len(_STAYS_OPEN) - 1
            if not is_last and len(platform.asked) != before + 1:
                wrong.append(f"{len(platform.asked) - before} requests were the {number + 1}. trial.")
            if breaker.gate != ("closed" if is_last else "open"):
                wrong.append(f"After the {number + 1}. trial the gate is {breaker.gate}.")
        waiting = Delivery.objects.filter(operator=operator).exclude(state="delivered").count()
        if waiting:
            wrong.append(f"{waiting} requests still wait although it answers again.")
    asked += platform.seen()
    return wrong


def _beside_them(
    stage: Stage, asked: list[tuple[str, str]]
) -> tuple[list[str], dict[str, int | float | str]]:
    """How long requests to one that is well take, alone and beside some that keep everybody waiting."""
    many = stage.cases(short=25, full=500)
    well = Platform()
    with running(well), small.working():
        small.operator("well", origin=well.origin)
        alone = _times(well, many=many, first=0)
        with ExitStack() as open_:
            slow = [
                open_.enter_context(
                    running(Platform(answers=lambda _: Reply(after_s=_TOO_SLOW_S[stage.full])))
                )
                for _ in range(_SLOW_ONES)
            ]
            for number, one in enumerate(slow):
                small.operator(f"slow-{number}", origin=one.origin)
                small.decided(one.origin, many=8)
            small.until(lambda: all(one.asked for one in slow))
            beside = _times(well, many=many, first=many)
            held_up = sum(len(one.asked) for one in slow)
        _give_up_what_waits()
        small.until(_nothing_is_under_way)
    asked += [*well.seen(), *(pair for one in slow for pair in one.seen())]
    p95_alone, p95_beside = _p95(alone), _p95(beside)
    broken = []
    if len(alone) < many or len(beside) < many:
        broken.append(f"{2 * many - len(alone) - len(beside)} requests never came to the one that is well.")
    if p95_beside > max(_MOST_S, _TIMES_MOST * p95_alone):
        broken.append(f"Beside slow ones p95 is {p95_beside:.2f} s, alone {p95_alone:.2f} s.")
    return broken, {
        "p95 from the verdict to an operator that is well, alone, s": p95_alone,
        f"beside {_SLOW_ONES} slow ones, s": p95_beside,
        "requests with the slow ones": held_up,
    }


def _times(well: Platform, *, many: int, first: int) -> list[float]:
    """Seconds from each verdict until the operator has the request."""
    from haetae.flow.removal.models import DeletionRequest

    decided_s: dict[UUID, float] = {}
    before = len(well.asked)
    for number in range(first, first + many):
        (sighting,) = small.decided(well.origin, many=1, first=number)
        decided_s[sighting] = time.monotonic()
        time.sleep(0.05)
    small.until(lambda: len(well.asked) >= before + many)
    places = dict(DeletionRequest.objects.values_list("key", "sighting_id"))
    arrived = {places[UUID(one.key)]: one.at_s for one in well.asked}
    return [arrived[place] - at_s for place, at_s in decided_s.items() if place in arrived]


def _nothing_is_under_way() -> bool:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return not ProcrastinateJob.objects.filter(task_name__startswith="haetae.", status="doing").exists()


def _p95(times_s: Sequence[float]) -> float:
    return statistics.quantiles(times_s, n=20)[-1] if len(times_s) > 1 else 0.0
