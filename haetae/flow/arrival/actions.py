"""Everything that writes about reports, sightings and the questions of platforms before they publish."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from haetae.accounts.models import Operator
from haetae.accounts.queries import operator_at
from haetae.audit.actions import record
from haetae.audit.actor import PUBLIC, SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id, new_id
from haetae.common.sealed import found_or_held, search_digest
from haetae.common.states import check_move
from haetae.detect.finding import Finding, SignalKind, Verdict
from haetae.flow.arrival import queries
from haetae.flow.arrival.models import HookOutage, Pulse, Report, Sighting, UploadCheck, UploadCount
from haetae.flow.arrival.rules import SILENT_AFTER, CountKey, Question
from haetae.flow.arrival.states import ERASED, MOVES, Depicted, Outcome, Source, State

_DEAD_PULSES_KEPT = timedelta(hours=1)


@transaction.atomic
def receive_report(
    *,
    link: str,
    form_key: UUID,
    depicted: Depicted = Depicted.UNSAID,
    behind: bool = False,
    actor: Actor = PUBLIC,
) -> UUID:
    """Take in a reported link. The same form sent twice gives the same report, with the newer answer.

    Who is in the picture is no fact of the record: it could never be taken back there. `behind`: machines look at it
    after the reports of others, and before all for which nobody waits.
    """
    report, is_new = Report.objects.select_for_update().get_or_create(
        form_key=form_key,
        defaults={
            "link": link.strip(),
            "depicted": depicted,
            "behind": behind,
            "received_at": clock.now(),
        },
    )
    if is_new:
        record(event="arrival.reported", subject=report, actor=actor)
    elif report.depicted != depicted:
        report.depicted = depicted
        report.save(update_fields=["depicted"])
        record(event="arrival.report_corrected", subject=report, actor=actor)
    return report.pk


@transaction.atomic
def withdraw_report(*, report_id: UUID) -> None:
    """Whoever sent it takes it back: where it led, it is no reason any more to look or to ask."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.withdrawn_at is None:
        report.withdrawn_at = clock.now()
        report.save(update_fields=["withdrawn_at"])
        record(event="arrival.report_withdrawn", subject=report, actor=PUBLIC)


@transaction.atomic
def renew_report(*, report_id: UUID) -> None:
    """It was taken back, and stands again."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.withdrawn_at is not None:
        report.withdrawn_at = None
        report.save(update_fields=["withdrawn_at"])
        record(event="arrival.report_renewed", subject=report, actor=PUBLIC)


@transaction.atomic
def erase_report(*, report_id: UUID, goes_on: bool) -> None:
    """Whoever sent it wants it destroyed: the link and the answer are gone, and nothing tells any more who sent it.

    Where it led stays a place of ours. With `goes_on` that somebody reported it still counts, without anybody's name.
    """
    report = Report.objects.select_for_update().get(pk=report_id)
    if not report.link:
        return
    if not goes_on:
        withdraw_report(report_id=report_id)
        report.refresh_from_db()
        report.depicted = Depicted.UNSAID
    if State(report.state) is State.RECEIVED:
        report.why = ERASED
        check_move(MOVES, State(report.state), State.NOT_FOUND)
        report.state = State.NOT_FOUND
    report.link, report.form_key = "", new_id()
    report.save()
    record(event="arrival.report_erased", subject=report, actor=PUBLIC)


@transaction.atomic
def report_located(*, report_id: UUID, sighting_ids: list[UUID]) -> None:
    """The link led to pictures; each of them now carries the report."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if State(report.state) is State.LOCATED or report.why == ERASED:
        return
    _move(report, State.LOCATED)
    sightings = list(Sighting.objects.filter(pk__in=sighting_ids))
    report.sightings.add(*sightings)
    record(event="arrival.located", subject=report, actor=SYSTEM, facts={"sightings": len(sighting_ids)})
    for sighting in sightings:
        record(
            event="arrival.report_joined", subject=sighting, actor=SYSTEM, facts={"report": str(report.pk)}
        )


@transaction.atomic
def report_not_found(*, report_id: UUID, why: str) -> None:
    """The link led nowhere: kept, with the reason, for a person to look at."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if State(report.state) is not State.RECEIVED:
        return
    report.why = why
    _move(report, State.NOT_FOUND)
    record(event="arrival.not_found", subject=report, actor=SYSTEM, facts={"why": why})


@transaction.atomic
def register_sighting(*, page_url: str, media_url: str, source: Source) -> UUID:
    """A picture at a place: the same place is the same sighting, whoever brings it."""
    sighting, digest = found_or_held(Sighting.objects.all(), "locator_digest", media_url)
    if sighting is None:
        sighting = Sighting.objects.create(
            # So that a place that a restored database does not know gets its old name when it is found anew, and with
            # it what is asked there its old key.
            pk=derived_id("sighting", digest),
            locator_digest=digest,
            operator=operator_at(page_url),
            page_url=page_url,
            page_digest=search_digest(page_url),
            media_url=media_url,
            source=source,
            found_at=clock.now(),
        )
        # However much is found on watched pages, nobody who reports stands in line behind it.
        record(
            event="arrival.found",
            subject=sighting,
            actor=SYSTEM,
            facts={"source": source},
            for_nobody=source is Source.WATCH,
        )
    return sighting.pk


@transaction.atomic
def adopt(*, sighting_id: UUID, operator: Operator) -> None:
    """The operator of this place is known from now on; part of the step that then asks it."""
    Sighting.objects.filter(pk=sighting_id, operator=None).update(operator=operator)


def _move(report: Report, after: State) -> None:
    check_move(MOVES, State(report.state), after)
    report.state = after
    report.save(update_fields=["state", "why"])


def keep_answer(*, question: Question, finding: Finding) -> UUID:
    """What stays of an answer besides its count; returns the id of the check. Of a plain answer nothing stays."""
    check_id = question.check_id(finding)
    if finding.verdict is Verdict.REQUEST:
        refuse_upload(check_id=check_id, question=question, finding=finding)
    elif finding.verdict is Verdict.REVIEW:
        doubt_upload(check_id=check_id, question=question, finding=finding)
    elif finding.verdict is Verdict.UNDETERMINED:
        sight_upload(question=question)
    return check_id


@transaction.atomic
def refuse_upload(*, check_id: UUID, question: Question, finding: Finding) -> None:
    """A known picture was to be published and must not be; the same check again changes nothing."""
    check, is_new = _keep_check(check_id, question, finding, sighting_id=None)
    if is_new:
        record(event="arrival.upload_refused", subject=check, actor=SYSTEM, facts=_facts(check))


@transaction.atomic
def doubt_upload(*, check_id: UUID, question: Question, finding: Finding) -> None:
    """It is published, and people decide: where the platform named its place, that is examined like any other."""
    sighting_id = sight_upload(question=question)
    check, is_new = _keep_check(check_id, question, finding, sighting_id=sighting_id)
    if is_new:
        record(event="arrival.upload_doubtful", subject=check, actor=SYSTEM, facts=_facts(check))


def sight_upload(*, question: Question) -> UUID | None:
    """The place at which the platform will show it becomes a sighting, or None where it named no place."""
    if question.place is None:
        return None
    page_url, media_url = question.place
    return register_sighting(page_url=page_url, media_url=media_url, source=Source.UPLOAD_CHECK)


def count_uploads(counts: Mapping[CountKey, int]) -> None:
    """Add up what was answered since the last time, all of it or nothing."""
    with transaction.atomic():
        for (operator_id, day, outcome), number in sorted(counts.items()):
            row, _ = UploadCount.objects.get_or_create(operator_id=operator_id, day=day)
            columns = ["asked"] if outcome is Outcome.NOTHING else ["asked", outcome.value]
            UploadCount.objects.filter(pk=row.pk).update(**{name: F(name) + number for name in columns})
            if outcome is Outcome.UNANSWERED:
                open_one = HookOutage.objects.filter(operator_id=operator_id, ended_at__isnull=True)
                open_one.update(unanswered=F("unanswered") + number)


def beat(*, name: str, at: datetime, counts: Mapping[CountKey, int]) -> None:
    """A web process has made a healthy look: what was silent until now is over, and nothing of it is left out.

    When everything was down, the clock included, this is the first to see that the last look is old.
    """
    with transaction.atomic():
        heard_at = queries.last_pulse_at()
        if heard_at is not None and at - heard_at > SILENT_AFTER:
            hook_fell_silent(since=heard_at)
        count_uploads(counts)
        keep_pulse(name=name, at=at)
        hook_answers_again(at=at)


def keep_pulse(*, name: str, at: datetime) -> None:
    """A web process has really examined a picture. The marks of processes that are gone are dropped."""
    Pulse.objects.update_or_create(name=name, defaults={"at": at})
    Pulse.objects.filter(at__lt=at - _DEAD_PULSES_KEPT).exclude(name=name).delete()


@transaction.atomic
def hook_fell_silent(*, since: datetime) -> None:
    """Nobody has answered platforms since then: one outage for each that asks us. Said again, it changes nothing."""
    for operator in queries.asking_operators().select_for_update(no_key=True):
        if HookOutage.objects.filter(operator=operator, ended_at__isnull=True).exists():
            continue
        began_at = max(since, queries.asks_since(operator) or since)
        outage, is_new = HookOutage.objects.get_or_create(
            operator=operator, began_at=began_at, defaults={"declared": operator.upload_check}
        )
        if is_new:
            record(
                event="arrival.hook_down",
                subject=outage,
                actor=SYSTEM,
                facts={"operator": str(operator.pk), "declared": outage.declared},
            )


@transaction.atomic
def hook_answers_again(*, at: datetime) -> None:
    """A healthy look ends every outage."""
    for outage in HookOutage.objects.select_for_update().filter(ended_at__isnull=True):
        outage.ended_at = max(at, outage.began_at)
        outage.save(update_fields=["ended_at"])
        lasted_s = int((outage.ended_at - outage.began_at).total_seconds())
        facts = {"operator": str(outage.operator_id), "declared": outage.declared}
        record(
            event="arrival.hook_back",
            subject=outage,
            actor=SYSTEM,
            facts={**facts, "lasted_s": lasted_s, "unanswered": outage.unanswered},
        )


def _keep_check(
    check_id: UUID, question: Question, finding: Finding, *, sighting_id: UUID | None
) -> tuple[UploadCheck, bool]:
    known = [signal.facts["entry_id"] for signal in finding.signals if signal.kind is SignalKind.KNOWN_HASH]
    return UploadCheck.objects.get_or_create(
        pk=check_id,
        defaults={
            "operator_id": question.operator_id,
            "post_id": question.post_id,
            "verdict": finding.verdict,
            "reasons": [reason.code for reason in finding.reasons],
            "known_entries": known,
            "sighting_id": sighting_id,
            "at": clock.now(),
        },
    )


def _facts(check: UploadCheck) -> dict[str, str | int]:
    reasons = "+".join(sorted(set(check.reasons)))[:160]
    return {"operator": str(check.operator_id), "reasons": reasons, "known": len(check.known_entries)}
