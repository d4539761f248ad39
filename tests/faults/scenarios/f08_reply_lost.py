"""F8: the operator does what it is asked and its answer is lost on the way."""

from collections import Counter
from pathlib import Path
from typing import Final

from tests.faults import small
from tests.faults.platform import Asked, Platform, Reply, running
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "the operator does it, and its answer is lost"
_LOST_SHARE: Final = 0.3
_LOST_MOST: Final = 3  # answers about one request
_ROUNDS_MOST: Final = 400


def play(stage: Stage) -> Outcome:
    """A third of them can be asked what became of it, a third can and do not know, a third cannot be asked at all."""
    each = stage.cases(short=12, full=333)
    with small.started(Path(stage.folder) / "home"), small.SetClock() as clock:
        lost: dict[str, int] = {}

        def answers(asked: Asked) -> Reply:
            if asked.key not in lost:
                is_lost = stage.chance.random() < _LOST_SHARE
                lost[asked.key] = stage.chance.randint(1, _LOST_MOST) if is_lost else 0
            return Reply(lost=asked.number <= lost[asked.key])

        knowing, forgetful, deaf = (
            Platform(answers=answers),
            Platform(answers=answers, forgetful=True),
            Platform(answers=answers),
        )
        with running(knowing), running(forgetful), running(deaf):
            small.operator("knowing", origin=knowing.origin)
            small.operator("forgetful", origin=forgetful.origin)
            endpoint = f"{deaf.origin}/messages"
            small.operator("deaf", origin=deaf.origin, connector="webhook", endpoint=endpoint)
            for one in (knowing, forgetful, deaf):
                small.decided(one.origin, many=each)
            rounds = _until_all_are_delivered(clock)
        return _outcome(stage, knowing, forgetful, deaf, lost=lost, rounds=rounds)


def _until_all_are_delivered(clock: small.SetClock) -> int:
    """How often the clock was put forward by ten seconds until nothing waited any more."""
    from haetae.flow.delivery.models import Delivery

    for number in range(_ROUNDS_MOST):
        small.do_what_is_due()
        if not Delivery.objects.filter(state="waiting").exists():
            return number
        clock.goes(seconds=10)
    return _ROUNDS_MOST


def _outcome(
    stage: Stage, knowing: Platform, forgetful: Platform, deaf: Platform, *, lost: dict[str, int], rounds: int
) -> Outcome:
    from haetae.flow.delivery.models import Delivery
    from tests.faults import invariants

    everybody = (knowing, forgetful, deaf)
    asked = [one for platform in everybody for one in platform.seen()]
    broken = invariants.broken(asked=asked, home=stage.folder / "home")
    broken += [
        f"{key} was sent {times} times to an operator that could be asked what became of it."
        for key, times in Counter(key for key, _ in knowing.seen()).items()
        if times > 1
    ]
    waiting = Delivery.objects.exclude(state="delivered").count()
    if waiting:
        broken.append(f"{waiting} requests were never taken as delivered.")
    again = [one for one in (*forgetful.asked, *deaf.asked) if one.number > 1]
    if not any(lost.values()) or not again:
        broken.append("It proves nothing: hardly an answer was lost.")
    return Outcome(
        counts={
            "requests": len(lost),
            "of which answers were lost": sum(times > 0 for times in lost.values()),
            "answers lost": sum(lost.values()),
            "asked first what became of it": len(knowing.questions) + len(forgetful.questions),
            "done more than once where it could be asked": sum(times > 1 for times in knowing.did.values()),
            "sent again under the same key where not": len(again),
            "rounds of ten seconds": rounds,
        },
        broken=broken,
    )
