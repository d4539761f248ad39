"""What the stories of the flow do again and again."""

from datetime import timedelta
from pathlib import Path

import time_machine
from board import MEDIA, PAGE
from work import do_all_jobs

from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.removal.models import DeletionRequest

PHOTOS = Path(__file__).parent.parent / "fixtures" / "photos"


def found() -> None:
    register_sighting(page_url=PAGE, media_url=MEDIA, source=Source.WATCH)
    do_all_jobs()


def wait(clock_: time_machine.Traveller, **time: float) -> None:
    """Time passes, what is due happens, and what follows from it is done."""
    clock_.shift(timedelta(**time))
    while pass_due(at=clock.now()):
        do_all_jobs()


def request_state() -> str:
    newest = DeletionRequest.objects.order_by("requested_at", "round").last()
    assert newest is not None
    return newest.state


def happened() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))
