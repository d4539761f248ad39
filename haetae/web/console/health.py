"""The page of health in words: how much waits how long, and how it stands with each operator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from haetae.agencies.canaries.models import Flight
from haetae.detect.classifying.measures import upper_bound
from haetae.flow.overview.health import AGES, Backlog, Health
from haetae.web.console.alarms import (
    STUCK_AFTER,
    Alarm,
    alarms,
    is_late,
    since_words,
    state_words,
    tail_count,
)
from haetae.web.words.codes import code_words
from haetae.web.words.times import Moment, age_words, moment


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One number of the backlog; `age` names its column, `percent` is of the largest number of all."""

    age: str
    count: int
    percent: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class BacklogLine:
    words: str
    bars: Sequence[Bar]
    oldest: Moment | None


@dataclass(frozen=True, kw_only=True)
class OperatorLine:
    name: str
    words: str
    since: Moment
    trial: Moment | None
    failure: str


@dataclass(frozen=True, kw_only=True)
class UploadLine:
    """How it stands with one operator that asks before it publishes; the counts are of today."""

    name: str
    declared: str
    is_down: bool
    since: Moment | None
    counts: Sequence[tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The whole page of health, worded."""

    alarms: Sequence[Alarm]
    ages: Sequence[str]
    backlog: Sequence[BacklogLine]
    left_alone: Sequence[OperatorLine]
    struggling: Sequence[OperatorLine]
    uploads: Sequence[UploadLine]
    behind: Sequence[tuple[str, str, bool]]


def panel(found: Health, *, now: datetime) -> Panel:
    return Panel(
        alarms=list(alarms(found, now=now)),
        ages=list(age_words(AGES)),
        backlog=_backlog(found.backlog, now=now),
        left_alone=list(_left_alone(found, now=now)),
        struggling=list(_struggling(found, now=now)),
        uploads=list(_uploads(found, now=now)),
        behind=list(_behind(found, now=now)),
    )


def _backlog(lines: Sequence[Backlog], *, now: datetime) -> list[BacklogLine]:
    most = max((count for line in lines for count in line.by_age), default=0)
    shown = []
    for line in lines:
        limit = STUCK_AFTER.get(line.state)
        first_late = AGES.index(limit) + 1 if limit else len(line.by_age)
        bars = [
            Bar(
                age=age,
                count=count,
                percent=round(100 * count / most) if most else 0,
                late=column >= first_late,
            )
            for column, (age, count) in enumerate(zip(age_words(AGES), line.by_age, strict=True))
        ]
        oldest = moment(line.oldest_at, now=now) if line.oldest_at else None
        shown.append(BacklogLine(words=state_words(line.state), bars=bars, oldest=oldest))
    return shown


def _left_alone(found: Health, *, now: datetime) -> Iterator[OperatorLine]:
    for breaker in found.left_alone:
        half_open = breaker.gate == "half_open"
        yield OperatorLine(
            name=breaker.operator.name,
            words=_("one delivery is being tried") if half_open else _("left alone"),
            since=moment(breaker.changed_at, now=now),
            trial=moment(breaker.trial_at, now=now) if breaker.trial_at and not half_open else None,
            failure=code_words(breaker.last_failure),
        )


def _struggling(found: Health, *, now: datetime) -> Iterator[OperatorLine]:
    for operator in found.struggling:
        yield OperatorLine(
            name=operator.operator or _("not registered"),
            words=_("%(count)s to be said again") % {"count": operator.waiting},
            since=moment(operator.oldest_at, now=now),
            trial=None,
            failure=code_words(operator.last_failure),
        )


def _uploads(found: Health, *, now: datetime) -> Iterator[UploadLine]:
    for checks in found.upload_checks:
        since = checks.down_since or checks.answering_since
        is_open = checks.declared == "open"
        yield UploadLine(
            name=checks.operator.name,
            declared=_("publishes while we are down") if is_open else _("holds back while we are down"),
            is_down=checks.down_since is not None,
            since=moment(since, now=now) if since else None,
            counts=[
                (_("asked"), checks.asked),
                (_("refused"), checks.refused),
                (_("in doubt"), checks.doubtful),
                (_("could not be judged"), checks.undetermined),
                (_("without an answer"), checks.unanswered),
            ],
        )


def _behind(found: Health, *, now: datetime) -> Iterator[tuple[str, str, bool]]:
    """What works behind the flow: its name, how it stands, and whether that is bad."""
    jobs = _waiting(str(found.queue.waiting), found.queue.oldest_at, now)
    yield _("Jobs that wait"), jobs, is_late(found.queue.oldest_at, now)
    clock = _waiting(str(found.clock.count), found.clock.oldest_at, now)
    yield _("Due dates that have come, and nothing followed"), clock, is_late(found.clock.oldest_at, now)
    yield _("Jobs that failed"), str(found.failed_jobs), found.failed_jobs > 0
    yield _("Jobs set aside for a person"), str(found.set_aside_jobs), found.set_aside_jobs > 0
    tail = _waiting(tail_count(found), found.tail.oldest_at, now)
    yield _("Record not provable yet"), tail, is_late(found.tail.oldest_at, now)
    is_bad = found.flight is not None and found.flight.asked_for > 0
    yield _("Harmless pictures of ours that would have been asked for"), flight_words(found.flight), is_bad
    yield _("Time stamp of the record"), stamped_words(found, now), found.stamping.is_late(now=now)


def flight_words(flight: Flight | None) -> str:
    """What would have been done to this week's harmless pictures, and what share of all it may be at most."""
    if flight is None:
        return _("none yet")
    facts = {
        "tried": flight.tried,
        "asked": flight.asked_for,
        "looked": flight.put_before_people,
        "most": f"{100 * upper_bound(flight.asked_for, flight.tried):.1f}",
    }
    return _("%(asked)s of %(tried)s (95 %%: at most %(most)s %%); before a person: %(looked)s") % facts


def stamped_words(found: Health, now: datetime) -> str:
    """When an outside authority last stamped the log; that none is named is never left unsaid."""
    if found.stamping.newest_at is not None:
        return _("%(span)s ago") % {"span": since_words(found.stamping.newest_at, now)}
    return _("none yet") if found.stamping.named else _("no authority is named")


def _waiting(count: str, oldest_at: datetime | None, now: datetime) -> str:
    if oldest_at is None:
        return count
    return _("%(count)s, the oldest for %(span)s") % {"count": count, "span": since_words(oldest_at, now)}
