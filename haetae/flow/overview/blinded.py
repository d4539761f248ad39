"""A place as it was before somebody decided about it, for whoever judges it again without knowing that."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Final

from haetae.agencies.second_looks import queries as seconds
from haetae.agencies.second_looks.blinding import as_it_waited
from haetae.agencies.second_looks.models import SecondLook
from haetae.audit.models import Event
from haetae.audit.queries import about
from haetae.flow.arrival.models import Sighting
from haetae.flow.overview.rows import Row
from haetae.flow.overview.standing import STAGE_OF
from haetae.flow.overview.whole import Detail, detail
from haetae.flow.tasks.models import Task

# Under which names it happened that is judged for the first time.
_BEFORE: Final = {
    "assessment.request": "assessment.review",
    "tasks.second_opened": "tasks.opened",
}
_TOLD: Final = ("arrival.", "assessment.", "tasks.second_opened")


def blinded_row(row: Row, look: SecondLook) -> Row:
    """The line of the place as it stood when it was examined: nothing asked, hidden, reviewed or seen by us since."""
    examined = as_it_waited(look.assessment)
    return replace(
        row,
        changed_at=examined.examined_at or examined.opened_at,
        stage=STAGE_OF[examined.state],
        state=examined.state,
        reasons=examined.reasons,
        legal=None,
        legal_there=None,
        target=None,
        proof=(),
        block=None,
        block_ends=None,
        came_back=False,
        waits_for_people=True,
    )


def judged_place(task: Task) -> Detail:
    """The page of the place for whoever is to judge it. Raises Sighting.DoesNotExist.

    Of what is judged for the first time it is the same page as for everybody.
    """
    if task.sighting_id is None:
        raise Sighting.DoesNotExist
    found = detail(task.sighting_id)
    look = seconds.of_tasks([task.pk]).get(task.pk)
    if look is None:
        return found
    row = blinded_row(found.row, look)
    return replace(
        found,
        row=row,
        assessment=as_it_waited(look.assessment),
        request=None,
        attempts=(),
        deadlines=(),
        probes=(),
        reviews=(),
        blocks=(),
        remedies=(),
        tasks=(task,),
        documents=(),
        events=_before(found.events, task=task),
    )


def _before(events: Sequence[Event], *, task: Task) -> list[Event]:
    """What happened up to the examination, and that a person is needed: copies for the page, never to be saved."""
    kept = [copy(event) for event in (*events, *about([task.pk])) if event.name.startswith(_TOLD)]
    for event in kept:
        event.name = _BEFORE.get(event.name, event.name)
        if event.name == "tasks.opened":
            event.at = task.opened_at
    return kept
