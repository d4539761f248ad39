"""Everything that writes about examinations."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.detect.finding import Finding
from haetae.detect.policy import decide
from haetae.flow.assessment.models import Assessment
from haetae.flow.assessment.states import MOVES, State
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import load_pack


@transaction.atomic
def open_assessment(*, sighting_id: UUID, reported: bool) -> UUID | None:
    """Begin an examination; None when one is open already or nothing new could come of another."""
    earlier = Assessment.objects.select_for_update().filter(sighting_id=sighting_id).order_by("round")
    latest = list(earlier)[-1:]
    if latest and not _worth_another(latest[0], reported=reported):
        return None
    assessment = Assessment.objects.create(
        sighting_id=sighting_id,
        round=latest[0].round + 1 if latest else 1,
        reported=reported,
        opened_at=clock.now(),
    )
    record(event="assessment.opened", subject=assessment, actor=SYSTEM, facts={"reported": reported})
    return assessment.pk


def _worth_another(latest: Assessment, *, reported: bool) -> bool:
    """A person's report is news, unless deletion was asked for already; an open examination learns of it instead."""
    if not reported or State(latest.state) is State.REQUEST:
        return False
    if State(latest.state) is State.OPEN:
        latest.reported = True
        latest.save(update_fields=["reported"])
        return False
    return True


@transaction.atomic
def examined(*, assessment_id: UUID, finding: Finding) -> None:
    """Keep what the examination gave. A second result for the same examination changes nothing.

    The verdict is decided here, under the lock, because a report may have come in while the picture was open.
    """
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    if State(assessment.state) is not State.OPEN:
        return
    verdict, reasons = decide(signals=finding.signals, reported=assessment.reported)
    seen = finding.as_json()
    assessment.media = seen["media"] or {}
    assessment.fingerprints = seen["fingerprints"] or {}
    assessment.signals = seen["signals"] or []
    _conclude(
        assessment, State(verdict), [{"code": reason.code, "facts": dict(reason.facts)} for reason in reasons]
    )


@transaction.atomic
def not_readable(*, assessment_id: UUID, why: str, again: bool) -> None:
    """The picture could not be fetched: undetermined, and tried again later as long as the pack's list lasts."""
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    if State(assessment.state) is not State.OPEN:
        return
    assessment.tries += 1
    _conclude(assessment, State.UNDETERMINED, [{"code": why, "facts": {}}])
    pauses = load_pack(settings.JURISDICTION).probes.unknown_look_again
    if again and assessment.tries <= len(pauses):
        _try_again(assessment, pause=pauses[assessment.tries - 1].as_timedelta())


@transaction.atomic
def open_again(*, assessment_id: UUID) -> None:
    """Try an examination again that could not be made."""
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    if State(assessment.state) is not State.UNDETERMINED:
        return
    _move(assessment, State.OPEN)
    assessment.save(update_fields=["state"])
    record(
        event="assessment.opened", subject=assessment, actor=SYSTEM, facts={"reported": assessment.reported}
    )


def _try_again(assessment: Assessment, *, pause: timedelta) -> None:
    deadlines.set_deadline(
        kind=Kind.EXAMINE_AGAIN,
        subject_id=assessment.pk,
        basis=Basis.POLICY,
        source="probes.unknown_look_again",
        due_at=clock.now() + pause,
    )


def _conclude(assessment: Assessment, verdict: State, reasons: Sequence[Mapping[str, Any]]) -> None:
    _move(assessment, verdict)
    assessment.reasons = list(reasons)
    assessment.examined_at = clock.now()
    assessment.save()
    codes = "+".join(sorted({str(reason["code"]) for reason in reasons}))[:160]
    record(event=f"assessment.{verdict}", subject=assessment, actor=SYSTEM, facts={"reasons": codes})


def _move(assessment: Assessment, after: State) -> None:
    check_move(MOVES, State(assessment.state), after)
    assessment.state = after
