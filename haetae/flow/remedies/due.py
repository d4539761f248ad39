"""When an intermediary that has a request is asked what became of it. Called inside the change that sets it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import load_pack


def set_next_question(remedy_id: UUID, *, since: datetime) -> None:
    """The longer it takes, the longer we wait between questions, along the pack's list."""
    now = clock.now()
    pauses = [pause.as_timedelta() for pause in load_pack(settings.JURISDICTION).removal.send_again_after][1:]
    pause = next((pause for pause in pauses if pause >= now - since), pauses[-1])
    deadlines.set_deadline(
        kind=Kind.REMEDY_STATUS,
        subject_id=remedy_id,
        basis=Basis.POLICY,
        source="removal.send_again_after",
        due_at=now + pause,
    )
