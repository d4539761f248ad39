"""`python -m bench.watched.posts COUNT EVERY_S SEED`: from a new post on a watched page to a request at its operator.

A whole house runs in a scratch folder, with the sandbox platform as operator. Its board is a place of a watch list that
two officials made, and nothing else looks there: the platform's own list of new pictures is not asked. Prints JSON.
"""

import json
import sys
import time
from datetime import timedelta
from typing import Any, Final

from bench import pictures, processor, timing
from bench.scratch import process_ids, whole_in_scratch
from bench.timing import BY_EVENT, POSTED, Course

_FIRST: Final = 1.0
_PATIENCE_S: Final = 120.0  # after the last post
_LEGS: Final = ("found", "examined", "requested", "claimed")


def measure(count: int, *, every_s: int, seed: int) -> dict[str, Any]:
    """One post after the other at drawn moments, six visits' time for all of them."""
    known = pictures.known_picture()
    copies = pictures.copies(known, count=count, seed=seed)
    with whole_in_scratch() as (whole, here):
        # Only now, because these need Django to be ready.
        from bench import series  # noqa: PLC0415
        from bench.bank import known_in_bank  # noqa: PLC0415
        from haetae.accounts.models import Operator  # noqa: PLC0415

        Operator.objects.filter(origin=whole.platform_origin).update(watched_every_s=None)
        known_in_bank(known)
        _watched(whole.platform_origin, every_s=every_s)
        before = processor.used_s(process_ids(whole, here))
        began_s = time.monotonic()
        posted = [
            series.post(one, origin=whole.platform_origin)
            for one in series.paced(copies, per_second=count / (6 * every_s), seed=seed)
        ]
        courses = _courses(posted, patience_s=_PATIENCE_S)
        wall_s = time.monotonic() - began_s
        used = timing.difference(processor.used_s(process_ids(whole, here)), before)
        return _report(courses, every_s=every_s, wall_s=wall_s, used=used)


def _watched(origin: str, *, every_s: int) -> None:
    """The board as a place of a list, drafted by one official and switched on by another."""
    from haetae.accounts.agencies import AgencyKey  # noqa: PLC0415
    from haetae.accounts.permissions import Role  # noqa: PLC0415
    from haetae.common import clock  # noqa: PLC0415
    from haetae.flow.arrival.watching import actions  # noqa: PLC0415
    from haetae.flow.arrival.watching.rules import Named, Wanted  # noqa: PLC0415
    from haetae.flow.arrival.watching.states import Kind  # noqa: PLC0415
    from haetae.running.demonstration import reviewer  # noqa: PLC0415

    drafts, confirms = (
        reviewer(username=name, role=Role.DETECTION_ANALYST) for name in ("bench-drafts", "bench-confirms")
    )
    wanted = Wanted(
        name="The board",
        purpose="To see how soon a new post on a watched page is asked to be removed.",
        basis="deletion_support",
        until=clock.now() + timedelta(days=1),
        places=[Named(url=origin + "/", kind=Kind.PAGE, vanishes=False)],
        every_s=every_s,
    )
    list_id = actions.draft(
        wanted, by=actions.Drafter(agency=AgencyKey.SUPPORT_CENTRE, official_id=drafts.pk)
    )
    actions.confirm(list_id=list_id, official_id=confirms.pk)


def _courses(posted: list[tuple[str, dict[str, Any]]], *, patience_s: float) -> list[Course]:
    """What the record says of each, once the operator has answered for all of them or time is over."""
    from bench import series  # noqa: PLC0415

    deadline_s = time.monotonic() + patience_s
    while True:
        courses = [series.course(media, moments) for media, moments in posted]
        if all("claimed" in one.moments for one in courses) or time.monotonic() > deadline_s:
            return courses
        time.sleep(_FIRST)


def _report(courses: list[Course], *, every_s: int, wall_s: float, used: dict[str, float]) -> dict[str, Any]:
    asked = [one for one in courses if "claimed" in one.moments]
    since = {
        leg: [(one.moments[leg] - one.moments[POSTED]).total_seconds() for one in asked] for leg in _LEGS
    }
    return {
        "posts": len(courses),
        "requested": len(asked),
        "visited_every_s": every_s,
        "what": f"seconds from the first byte of a post to each event; {BY_EVENT['claimed']} says that the request"
        " was sent and answered",
        "since_the_post_s": {leg: timing.p50_p95(values) for leg, values in since.items() if values},
        "came_no_further_than": [list(one.moments)[-1] for one in courses if "claimed" not in one.moments],
        "wall_s": round(wall_s, 1),
        "processor_s": {name: round(seconds, 2) for name, seconds in used.items()},
    }


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps(measure(int(sys.argv[1]), every_s=round(float(sys.argv[2])), seed=int(sys.argv[3]))) + "\n"
    )
