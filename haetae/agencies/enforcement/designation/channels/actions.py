"""Everything that writes about open channels and hotlines."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Operator
from haetae.agencies.enforcement.designation import rules
from haetae.agencies.enforcement.designation.models import Designation, HotlineQuestion, OpenChannel
from haetae.agencies.enforcement.designation.states import IN_FORCE, SeenOn, State
from haetae.audit.actions import record
from haetae.common import clock
from haetae.common.sealed import found_or_held


class CannotNoteChannelError(Exception):
    """`code` says what is wrong with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What everybody could read on that day. `is_public` is the official's word that everybody can."""

    seen_on: SeenOn
    source: str
    day: date
    is_public: bool
    title: str = ""
    subscribers: int | None = None


@transaction.atomic
def note_channel(*, operator_id: UUID, link: str, seen: Seen, official_id: UUID) -> UUID:
    """An official saw an invitation to an open channel in public. Seen again, it is the same row.

    Raises CannotNoteChannelError.
    """
    link, day, title = link.strip(), seen.day, seen.title.strip()
    problem = (
        rules.why_not_link(link, is_public=seen.is_public, source=seen.source)
        or rules.why_not_shown(title, seen.subscribers)
        or rules.why_not_seen(day, today=timezone.localdate(clock.now()))
    )
    if problem is not None:
        raise CannotNoteChannelError(problem)
    Operator.objects.select_for_update().get(pk=operator_id)
    found, digest = found_or_held(OpenChannel.objects.filter(operator_id=operator_id), "digest", link)
    channel = found or OpenChannel.objects.create(
        operator_id=operator_id,
        digest=digest,
        link=link,
        seen_on=seen.seen_on,
        source=seen.source.strip(),
        title=title,
        subscribers=seen.subscribers,
        noted_by_id=official_id,
        first_seen_on=day,
        last_seen_on=day,
    )
    if found is not None:
        if day >= channel.last_seen_on:  # the newest look says what it is called now
            channel.title = title or channel.title
            channel.subscribers = channel.subscribers if seen.subscribers is None else seen.subscribers
        channel.first_seen_on = min(channel.first_seen_on, day)
        channel.last_seen_on = max(channel.last_seen_on, day)
        channel.times_seen += 1
        channel.save(update_fields=["first_seen_on", "last_seen_on", "times_seen", "title", "subscribers"])
    record(
        event="designation.channel_seen",
        subject=channel,
        actor=official_actor(official_id),
        facts={
            "operator": str(operator_id),
            "seen_on": str(seen.seen_on),
            "day": day.isoformat(),
            "again": found is not None,
        },
    )
    return channel.pk


@transaction.atomic
def note_question(*, designation_id: UUID, asked_at: datetime, official_id: UUID) -> UUID:
    """A question was put to the hotline; twice at one moment is once. Raises CannotNoteChannelError."""
    designation = Designation.objects.select_for_update().get(pk=designation_id)
    problem = rules.why_not_question(asked_at, None, now=clock.now())
    if problem is None and State(designation.state) not in IN_FORCE:
        problem = "designation_not_in_force"
    if problem is not None:
        raise CannotNoteChannelError(problem)
    question, is_new = HotlineQuestion.objects.get_or_create(
        designation=designation, asked_at=asked_at, defaults={"noted_by_id": official_id}
    )
    if is_new:
        record(
            event="designation.hotline_asked",
            subject=question,
            actor=official_actor(official_id),
            facts={"designation": str(designation_id)},
        )
    return question.pk


@transaction.atomic
def note_answer(*, question_id: UUID, designation_id: UUID, answered_at: datetime, official_id: UUID) -> None:
    """The hotline answered. The first answer counts. Raises CannotNoteChannelError."""
    question = HotlineQuestion.objects.select_for_update().get(pk=question_id, designation_id=designation_id)
    if question.answered_at is not None:
        raise CannotNoteChannelError("question_answered_already")
    problem = rules.why_not_question(question.asked_at, answered_at, now=clock.now())
    if problem is not None:
        raise CannotNoteChannelError(problem)
    question.answered_at = answered_at
    question.save(update_fields=["answered_at"])
    record(
        event="designation.hotline_answered",
        subject=question,
        actor=official_actor(official_id),
        facts={
            "designation": str(designation_id),
            "took_s": int((answered_at - question.asked_at).total_seconds()),
        },
    )
