"""Everything that reads requests for data. What they say is opened with the key of the file alone."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from haetae.agencies.investigation.subscribers import papers
from haetae.agencies.investigation.subscribers.content import letters_unpacked, unpacked
from haetae.agencies.investigation.subscribers.models import SubscriberRequest, SubscriberStep
from haetae.agencies.investigation.subscribers.rules import Asked
from haetae.agencies.investigation.subscribers.states import State, Way
from haetae.common import clock
from haetae.common.case_keys import open_text
from haetae.documents.document import Document

_WENT_OUT = frozenset(State) - {State.DRAFT, State.SIGNED, State.DROPPED}
_ENDED = frozenset({State.PARTLY, State.ANSWERED, State.REFUSED})


def of_file(investigation_id: UUID) -> Sequence[SubscriberRequest]:
    """The newest first."""
    rows = SubscriberRequest.objects.filter(investigation=investigation_id)
    return list(rows.select_related("drafted_by", "signed_by").order_by("-drafted_at", "pk"))


def in_file(request_id: UUID, investigation_id: UUID) -> SubscriberRequest:
    """Raises SubscriberRequest.DoesNotExist, also for one of another file."""
    rows = SubscriberRequest.objects.select_related("drafted_by", "signed_by", "investigation")
    return rows.get(pk=request_id, investigation=investigation_id)


def asked_of(request: SubscriberRequest, key: bytes) -> Asked:
    return unpacked(open_text(request.asked, key=key, about=request.pk))


def letters_of(request: SubscriberRequest, key: bytes) -> Sequence[Document]:
    """As signed; a draft, as it would be signed now."""
    if request.letters:
        return letters_unpacked(open_text(request.letters, key=key, about=request.pk))
    return papers.letters_of(request, asked_of(request, key), at=clock.now())


@dataclass(frozen=True, kw_only=True)
class Noted:
    """One step, with its note opened; of an answer only that there is one."""

    id: UUID
    state: State
    at: datetime
    way: Way | None
    reasons: Sequence[str]
    note: str
    has_answer: bool
    official_id: UUID | None


def steps_of(request: SubscriberRequest, key: bytes) -> Sequence[Noted]:
    """The oldest first."""
    return [
        Noted(
            id=row.pk,
            state=State(row.state),
            at=row.at,
            way=Way(row.way) if row.way else None,
            reasons=row.reasons,
            note=open_text(row.note, key=key, about=row.pk) if row.note else "",
            has_answer=bool(row.answer),
            official_id=row.official_id,
        )
        for row in request.steps.order_by("noted_at", "pk")
    ]


def last_step(request: SubscriberRequest) -> SubscriberStep:
    """Of a request that was signed at least. Raises SubscriberStep.DoesNotExist."""
    found = request.steps.exclude(official=None).order_by("-noted_at", "-pk").first()
    if found is None:
        raise SubscriberStep.DoesNotExist
    return found


@dataclass(frozen=True, kw_only=True)
class OfPlatform:
    """How one platform answers. `refused` counts reasons; `until` is the median from sent to answered or refused."""

    platform: str
    asked: int
    states: Counter[str]
    reasons: Counter[str]
    until: timedelta | None


def by_platform(investigation_id: UUID | None = None) -> Sequence[OfPlatform]:
    """Of one file, or of all of them: whoever shows the latter hides what is small. The most asked first."""
    rows = SubscriberRequest.objects.filter(state__in=sorted(_WENT_OUT))
    if investigation_id is not None:
        rows = rows.filter(investigation=investigation_id)
    states: defaultdict[str, Counter[str]] = defaultdict(Counter)
    reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lengths: defaultdict[str, list[timedelta]] = defaultdict(list)
    for row in rows.prefetch_related("steps"):
        states[row.platform][row.state] += 1
        steps = sorted(row.steps.all(), key=lambda step: (step.noted_at, step.pk))
        last = next((step for step in reversed(steps) if State(step.state) in _ENDED), None)
        went = next((step for step in steps if State(step.state) is State.SENT), None)
        if last is not None and went is not None:
            lengths[row.platform].append(last.at - went.at)
            reasons[row.platform].update(last.reasons)
    found = [
        OfPlatform(
            platform=platform,
            asked=counts.total(),
            states=counts,
            reasons=reasons[platform],
            until=_median(lengths[platform]),
        )
        for platform, counts in states.items()
    ]
    return sorted(found, key=lambda one: (-one.asked, one.platform))


def _median(lengths: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(one.total_seconds() for one in lengths)) if lengths else None
