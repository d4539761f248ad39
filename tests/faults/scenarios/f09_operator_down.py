"""F9: operators that are down for eighty hours, some of them before they ever answered."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Final

from tests.faults import small
from tests.faults.platform import Platform, nobody_listens, running
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "operators are down for 80 hours, half of them after they had taken it"
_DOWN_FOR: Final = timedelta(hours=80)
_OUR_TARGET: Final = timedelta(hours=24)
_LAW_IN_THE_US: Final = timedelta(hours=48)
_OF_EACH: Final = 2


def play(stage: Stage) -> Outcome:
    """Half never answer. The others, under a law that counts from their first answer, take it and are gone then."""
    operators = stage.cases(short=2, full=250)
    with small.started(stage.folder / "home"), small.SetClock() as clock, ExitStack() as open_:
        began, desk, silent = clock.at, Platform(), list[Platform]()
        open_.enter_context(running(desk))
        host = _host(desk)
        taken = [_took_it(number) for number in range(operators)]
        for number in range(operators):
            silent.append(open_.enter_context(nobody_listens()))
            small.operator(f"silent-{number}", origin=silent[-1].origin)
        for one in (*silent, *taken):
            _stands_before(host, one.origin)
        for one in silent:
            small.asked_for(one.origin, many=_OF_EACH)
        jobs = small.let_time_pass(clock, until_=began + _DOWN_FOR)
        return _outcome(stage, began, desk, taken, each=operators * _OF_EACH, jobs=jobs)


def _took_it(number: int) -> Platform:
    """An operator in the United States that receives what it is asked, and is not to be reached from then on."""
    platform = Platform()
    with running(platform):
        small.operator(f"american-{number}", origin=platform.origin, jurisdiction="us")
        small.asked_for(platform.origin, many=_OF_EACH)
    return platform


def _host(desk: Platform):  # type: ignore[no-untyped-def]
    """Whoever hosts all of them takes reports at an address of its own."""
    from haetae.accounts.actions import Standing, register_operator
    from haetae.accounts.models import OperatorKind
    from haetae.audit.actor import SYSTEM

    standing = Standing(kind=OperatorKind.HOST, endpoint=f"{desk.origin}/reports")
    return register_operator(
        name="host", connector="xarf", origin=desk.origin, standing=standing, actor=SYSTEM
    )


def _stands_before(host, origin: str) -> None:  # type: ignore[no-untyped-def]
    from haetae.audit.actor import SYSTEM
    from haetae.common import clock
    from haetae.flow.remedies.actions import note_serving

    note_serving(intermediary=host, origin=origin, since=clock.now().date(), actor=SYSTEM)


def _outcome(
    stage: Stage, began: datetime, desk: Platform, taken: list[Platform], *, each: int, jobs: int
) -> Outcome:
    from haetae.audit.models import Event
    from haetae.flow.delivery.models import Attempt, Delivery
    from haetae.flow.remedies.models import Remedy
    from haetae.flow.tasks.models import Task
    from tests.faults import invariants

    def moments(name: str) -> list[timedelta]:
        return [event.at - began for event in Event.objects.filter(name=name)]

    tasks = Task.objects.filter(state="waiting")
    counts = {
        "requests": 2 * each,
        "attempts that failed": Attempt.objects.filter(outcome="network_connect").count(),
        "dead letters": Delivery.objects.filter(kind="delete", state="dead").count(),
        "with a person": tasks.filter(kind="dead_letter").count(),
        "hosts asked instead": Remedy.objects.filter(state="sent").count(),
        "overdue at 24 h, to the second": moments("removal.overdue").count(_OUR_TARGET),
        "the law's term over at 48 h, to the second": moments("removal.term_over").count(_LAW_IN_THE_US),
        "people told that it was the law's": tasks.filter(kind="term_over").count(),
        "jobs done": jobs,
    }
    expected = {
        "dead letters": each,
        "with a person": each,
        "hosts asked instead": 2 * each,
        "overdue at 24 h, to the second": 2 * each,
        "the law's term over at 48 h, to the second": each,
        "people told that it was the law's": each,
    }
    broken = [f"{name}: {counts[name]} of {many}." for name, many in expected.items() if counts[name] != many]
    for name, many in (("removal.overdue", 2 * each), ("removal.term_over", each)):
        if len(moments(name)) != many:
            broken.append(f"{name} happened {len(moments(name))} times for {many} requests.")
    asked = [one for platform in taken for one in platform.seen()]
    broken += invariants.broken(asked=asked, home=stage.folder / "home")
    broken += [f"The host saw {key} under two bodies." for key in _with_two_bodies(desk)]
    return Outcome(counts=counts, broken=broken)


def _with_two_bodies(desk: Platform) -> set[str]:
    seen = set(desk.seen())
    return {key for key, _ in seen if sum(other == key for other, _ in seen) > 1}
