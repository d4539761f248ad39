"""What somebody must see at a glance because it is stuck; nothing at all is said where all is well."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from haetae.flow.overview.health import Health
from haetae.web.words.states import state_mark
from haetae.web.words.times import span

# From when on something that moves by machine counts as stuck. What lies with the operator has targets of its own.
STUCK_AFTER: Final = {
    "found": timedelta(minutes=10),
    "open": timedelta(minutes=10),
    "requested": timedelta(hours=1),
    "claimed": timedelta(hours=1),
}
_LATE_AFTER: Final = timedelta(minutes=1)  # for jobs that nobody takes, and events that nobody seals


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """`tone` is a class of the stylesheet: bad, or people where somebody should look and nothing is broken."""

    words: str
    tone: str = "bad"


def alarms(found: Health, *, now: datetime) -> Iterator[Alarm]:
    """The gravest first: what the law ended, what passes unchecked, what stands still, who is not reached."""
    if found.expired_blocks:
        words = _("Blocks whose term is over without a decision: %(count)s")
        yield Alarm(words=words % {"count": found.expired_blocks})
    if found.blocks_end_soon:
        ends = {"count": found.blocks_end_soon, "today": found.blocks_end_today}
        words = _("Blocks that end within a week without a decision: %(count)s, of them today: %(today)s")
        yield Alarm(words=words % ends, tone="bad" if found.blocks_end_today else "people")
    for checks in found.upload_checks:
        if checks.down_since:
            facts = {"operator": checks.operator.name, "span": since_words(checks.down_since, now)}
            yield Alarm(words=_("%(operator)s gets no answer about its uploads for %(span)s") % facts)
    yield from _behind_the_flow(found, now=now)
    yield from _in_the_flow(found)
    yield from _for_people(found)


def _behind_the_flow(found: Health, *, now: datetime) -> Iterator[Alarm]:
    if is_late(found.queue.oldest_at, now):
        facts = {"count": found.queue.waiting, "span": since_words(found.queue.oldest_at, now)}
        yield Alarm(words=_("Work stands still: %(count)s jobs wait, the oldest for %(span)s") % facts)
    if is_late(found.clock.oldest_at, now):
        facts = {"count": found.clock.count, "span": since_words(found.clock.oldest_at, now)}
        words = _(
            "The clock stands still: %(count)s due dates have come and nothing follows, the oldest for %(span)s"
        )
        yield Alarm(words=words % facts)
    if found.failed_jobs:
        words = _("Work that failed, and is tried again every ten minutes: %(count)s")
        yield Alarm(words=words % {"count": found.failed_jobs})
    if found.set_aside_jobs:
        words = _("Work set aside after three tries; somebody must look (haetae jobs list): %(count)s")
        yield Alarm(words=words % {"count": found.set_aside_jobs})
    if is_late(found.tail.oldest_at, now):
        words = _("The record: %(count)s entries not provable yet, the oldest for %(span)s")
        yield Alarm(
            words=words % {"count": tail_count(found), "span": since_words(found.tail.oldest_at, now)}
        )
    if found.flight is not None and found.flight.asked_for:
        words = _("Harmless pictures of ours would have been asked for this week: %(count)s")
        yield Alarm(words=words % {"count": found.flight.asked_for})
    if found.stamping.is_late(now=now):
        yield Alarm(words=_("The record has had no time stamp of an outside authority for more than a day"))


def _in_the_flow(found: Health) -> Iterator[Alarm]:
    for line in found.backlog:
        limit = STUCK_AFTER.get(line.state)
        if limit and line.older_than(limit):
            facts = {"state": state_words(line.state), "count": line.older_than(limit), "span": span(limit)}
            yield Alarm(words=_("%(state)s: %(count)s wait longer than %(span)s") % facts)
    for breaker in found.left_alone:
        words = _("%(operator)s fails again and again and is left alone")
        yield Alarm(words=words % {"operator": breaker.operator.name})


def _for_people(found: Health) -> Iterator[Alarm]:
    for storm in found.storms:
        facts = {"host": storm.host, "most": storm.most, "usual": f"{storm.usual:.1f}"}
        words = _(
            "%(host)s: %(most)s reports in an hour, usually %(usual)s. A person decides there until somebody says"
            " under Public interest that they looked."
        )
        yield Alarm(words=words % facts, tone="people")
    dead = sum(task.count for task in found.tasks if task.kind == "dead_letter")
    if dead:
        words = _("Operators could not be reached at all: %(count)s tasks")
        yield Alarm(words=words % {"count": dead}, tone="people")
    if found.reviews.late:
        yield Alarm(
            words=_("Decisions that are late: %(count)s") % {"count": found.reviews.late}, tone="people"
        )


def tail_count(found: Health) -> str:
    return (
        _("more than %(count)s") % {"count": found.tail.events} if found.tail.more else str(found.tail.events)
    )


def is_late(oldest_at: datetime | None, now: datetime) -> bool:
    return oldest_at is not None and now - oldest_at > _LATE_AFTER


def since_words(at: datetime | None, now: datetime) -> str:
    return (span(now - at) if at else "") or _("a moment")


def state_words(state: str) -> str:
    return state_mark(state).words
