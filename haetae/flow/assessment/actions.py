"""Everything that writes about examinations."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.detect.finding import Finding, Fingerprints, PerceptualHash, Signal, SignalKind, Verdict
from haetae.detect.matching import Tier
from haetae.detect.policy import decide
from haetae.flow.asked_models import acting_under
from haetae.flow.assessment.lineages import Lineages
from haetae.flow.assessment.models import Assessment, Lineage
from haetae.flow.assessment.news import is_report_news, is_tier_news
from haetae.flow.assessment.states import MOVES, State
from haetae.flow.by_hand.queries import why_by_hand
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.queries import was_ended_so
from haetae.flow.tasks.states import Outcome
from haetae.hashbank import queries as hashbank
from haetae.law.packs import load_pack

_LINEAGE_LOCK = 0x6861_6574_6C69
_WITH_LINEAGE = frozenset({Verdict.REQUEST, Verdict.REVIEW})
_lineages = Lineages()


class BankMovedError(Exception):
    """The bank has changed since the look: look again."""


class ReportedMeanwhileError(Exception):
    """Models are asked about what is reported, and the report came after the look: look again."""


@transaction.atomic
def open_assessment(*, sighting_id: UUID, reported: bool, for_depicted: bool = False) -> UUID | None:
    """Begin an examination; None when one is open already or nothing new could come of another."""
    earlier = Assessment.objects.select_for_update().filter(sighting_id=sighting_id).order_by("round")
    latest = list(earlier)[-1:]
    if latest and not _worth_another(latest[0], reported=reported, for_depicted=for_depicted):
        return None
    if latest:
        tasks.resolve(subject_id=latest[0].pk)  # the newer examination asks anew, if it has to
    round_ = latest[0].round + 1 if latest else 1
    # Where it could not be seen so often, people are called at once if it cannot be seen now.
    tries = latest[0].tries if latest and State(latest[0].state) is State.UNDETERMINED else 0
    return _begin_round(sighting_id, round_=round_, reported=reported, for_depicted=for_depicted, tries=tries)


@transaction.atomic
def judge_anew(*, sighting_id: UUID, reported: bool, for_depicted: bool) -> None:
    """What people say of this place is less, or more, than it was when it was examined; nobody has been asked yet."""
    latest = Assessment.objects.select_for_update().filter(sighting_id=sighting_id).order_by("round").last()
    if latest is None or State(latest.state) is State.REQUEST:
        return
    if State(latest.state) is State.OPEN:
        latest.reported, latest.for_depicted = reported, for_depicted
        latest.save(update_fields=["reported", "for_depicted"])
        return
    tasks.resolve(subject_id=latest.pk)
    _begin_round(sighting_id, round_=latest.round + 1, reported=reported, for_depicted=for_depicted)


@transaction.atomic
def examine_another(*, sighting_id: UUID, before: UUID) -> UUID | None:
    """Another picture lies at this place than the one of the examination `before`; None when that is known already.

    Who is in the picture was said of the other one.
    """
    latest = Assessment.objects.select_for_update().filter(sighting_id=sighting_id).order_by("round").last()
    if latest is None or latest.pk != before:
        return None
    return _begin_round(sighting_id, round_=latest.round + 1, reported=latest.reported)


def _begin_round(
    sighting_id: UUID, *, round_: int, reported: bool, for_depicted: bool = False, tries: int = 0
) -> UUID:
    assessment = Assessment(
        sighting_id=sighting_id,
        round=round_,
        reported=reported,
        for_depicted=for_depicted,
        tries=tries,
        opened_at=clock.now(),
    )
    assessment.found_at = assessment.sighting.found_at
    assessment.save(force_insert=True)
    # Who is in the picture is kept in the row alone: what is sealed can never be taken back.
    record(event="assessment.opened", subject=assessment, actor=SYSTEM, facts={"reported": reported})
    return assessment.pk


def _worth_another(latest: Assessment, *, reported: bool, for_depicted: bool) -> bool:
    """A person's report may be news; an open examination learns of it instead."""
    if not reported:
        return False
    if State(latest.state) is State.OPEN:
        latest.reported, latest.for_depicted = True, for_depicted
        latest.save(update_fields=["reported", "for_depicted"])
        return False
    return is_report_news(latest, for_depicted=for_depicted)


@transaction.atomic
def examined(
    *,
    assessment_id: UUID,
    finding: Finding,
    bank_version: int | None = None,
    looked_as_reported: bool | None = None,
) -> None:
    """Keep what the examination gave. A second result for the same examination changes nothing.

    The verdict is decided here, under the lock, because a report may have come in while the picture was open.
    Raises BankMovedError when something became known after the look at `bank_version`: a result that is older
    than the bank and younger than its looking back would be missed by both. Raises ReportedMeanwhileError when it was
    not `looked_as_reported` and is reported by now.
    """
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    if State(assessment.state) is not State.OPEN:
        return
    if bank_version is not None and hashbank.version_held_still() != bank_version:
        raise BankMovedError
    if looked_as_reported is False and assessment.reported:
        raise ReportedMeanwhileError
    rules = load_pack(settings.JURISDICTION).automatic
    acting = acting_under(rules, for_depicted=assessment.for_depicted)
    place = assessment.sighting
    known = [signal for signal in finding.signals if signal.kind is SignalKind.KNOWN_HASH]
    of_a_child = hashbank.is_any_about_minors(str(signal.facts["list_name"]) for signal in known)
    verdict, reasons = decide(
        signals=finding.signals,
        reported=assessment.reported,
        acting=acting,
        by_hand=why_by_hand([place.page_url, place.media_url], of_a_child=of_a_child),
    )
    seen = finding.as_json()
    assessment.media = seen["media"] or {}
    assessment.fingerprints = seen["fingerprints"] or {}
    assessment.signals = seen["signals"] or []
    if finding.fingerprints is not None and (verdict in _WITH_LINEAGE or assessment.reported):
        assessment.lineage = _lineage_of(finding.fingerprints, finding.signals)
    _conclude(
        assessment, State(verdict), [{"code": reason.code, "facts": dict(reason.facts)} for reason in reasons]
    )


@transaction.atomic
def known_since(*, assessment_id: UUID, tiers: Mapping[str, Tier]) -> None:
    """What was left alone is known by now as these entries: examined anew, unless that look knew as much of them.

    Where a person has had the operator asked, nothing new could come of it.
    """
    found = Assessment.objects.get(pk=assessment_id)
    rounds = Assessment.objects.select_for_update().filter(sighting_id=found.sighting_id)
    latest = rounds.order_by("round").last()
    if latest is None or latest.pk != assessment_id or State(latest.state) in {State.OPEN, State.REQUEST}:
        return
    was_asked = was_ended_so(latest.pk, sighting_id=latest.sighting_id, outcomes=[Outcome.ASK])
    if was_asked or not is_tier_news(tiers, signals=latest.signals):
        return
    tasks.resolve(subject_id=latest.pk)
    _begin_round(
        found.sighting_id,
        round_=latest.round + 1,
        reported=latest.reported,
        for_depicted=latest.for_depicted,
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
    tasks.resolve(subject_id=assessment.pk)
    facts = {"reported": assessment.reported}
    record(event="assessment.opened", subject=assessment, actor=SYSTEM, facts=facts)


def _lineage_with_the_same_entry(signals: Sequence[Signal]) -> Lineage | None:
    """Two copies may be too far from one another, and both near enough to the same known picture."""
    for signal in signals:
        if signal.kind is SignalKind.KNOWN_HASH and signal.facts["confirmed"]:
            facts = {"entry_id": signal.facts["entry_id"], "confirmed": True}
            same = Assessment.objects.filter(lineage__isnull=False, signals__contains=[{"facts": facts}])
            earliest = same.select_related("lineage").order_by("opened_at").first()
            if earliest is not None:
                return earliest.lineage
    return None


def _lineage_of(fingerprints: Fingerprints, signals: Sequence[Signal]) -> Lineage:
    """The lineage of this picture; a new one when none of its copies was sighted before."""
    with connection.cursor() as cursor:  # two copies examined at once must not begin two lineages
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LINEAGE_LOCK])
    known = _lineages.of(fingerprints)
    if known is not None:
        return Lineage.objects.get(pk=known)
    related = _lineage_with_the_same_entry(signals)
    if related is not None:
        return related
    whole = _telling_frame(fingerprints, signals)
    return Lineage.objects.create(
        sha256=fingerprints.sha256,
        pdq=whole.pdq if whole else "",
        dhash=whole.dhash if whole else "",
        begun_at=clock.now(),
    )


def _telling_frame(fingerprints: Fingerprints, signals: Sequence[Signal]) -> PerceptualHash | None:
    """The frame of a film or an animation in which a picture is surely known, else the first: that may be a title."""
    frames = [*fingerprints.perceptual, *(stretch.whole for stretch in fingerprints.series)]
    for signal in signals:
        if (
            signal.kind is SignalKind.KNOWN_HASH
            and signal.facts["confirmed"]
            and not signal.facts.get("film")
        ):
            at_ms = signal.facts.get("from_ms", signal.facts.get("at_ms"))
            found = next((one for one in frames if one.at_ms == at_ms), None)
            if at_ms is not None and found is not None:
                return found
    return next(iter(frames), None)


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
    facts = {"reasons": codes, "lineage": assessment.lineage_id}
    record(event=f"assessment.{verdict}", subject=assessment, actor=SYSTEM, facts=facts)


def _move(assessment: Assessment, after: State) -> None:
    check_move(MOVES, State(assessment.state), after)
    assessment.state = after
