"""How people judge, in figures for auditors: who agrees with whom, what was overturned, how long it took, who looked.

People stand here by the id under which the log knows them, and by nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from statistics import median
from typing import Final
from uuid import UUID

from django.db.models import Count, QuerySet

from haetae.accounts.models import Seat
from haetae.accounts.permissions import Permission, who_may
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.states import State as Looked
from haetae.agencies.second_looks.agreement import Agreement, Share, agreement, share
from haetae.agencies.second_looks.models import Draw, SecondLook
from haetae.agencies.second_looks.queries import newest_draw
from haetae.agencies.second_looks.states import COMPARED, State
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import Vote
from haetae.flow.review.queries import of_sightings
from haetae.flow.review.states import DECISIONS
from haetae.flow.review.states import State as Decided
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind, Outcome
from haetae.flow.tasks.states import State as Done

SPAN: Final = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Pair:
    first: UUID
    second: UUID
    found: Agreement


@dataclass(frozen=True, kw_only=True)
class Judge:
    """One official. `unlooked`: decided without a look, of what this person could have looked at."""

    official: UUID
    decided: int
    overturned: Share
    differed: Share
    median: timedelta
    unlooked: Share


@dataclass(frozen=True, kw_only=True)
class Judging:
    """`usual` is the kappa in the middle of all pairs that have one; `again` counts second looks by whose and state."""

    votes: Sequence[Judge]
    tasks: Sequence[Judge]
    pairs: Sequence[Pair]
    usual: float | None
    again: Mapping[tuple[str, str], int]
    draw: Draw | None


def judging(*, at: datetime) -> Judging:
    """Of the year before."""
    since = at - SPAN
    votes = list(Vote.objects.select_related("review").defer("statement").filter(at__gte=since))
    pairs = sorted(
        _pairs(votes, since), key=lambda pair: -(pair.found.low if pair.found.low is not None else -9)
    )
    kappas = [pair.found.kappa for pair in pairs if pair.found.kappa is not None]
    rows = SecondLook.objects.filter(draw__closed_at__gte=since).values_list("of", "state")
    return Judging(
        votes=sorted(_of_votes(votes), key=lambda one: -one.decided),
        tasks=sorted(_of_tasks(since), key=lambda one: -one.decided),
        pairs=pairs,
        usual=median(kappas) if kappas else None,
        again={(of, state): count for of, state, count in rows.annotate(count=Count("pk"))},
        draw=newest_draw(),
    )


def _pairs(votes: Sequence[Vote], since: datetime) -> Iterator[Pair]:
    """Who voted in the same round of the same review, and who judged what the other had judged."""
    together: defaultdict[tuple[UUID, int], dict[UUID, str]] = defaultdict(dict)
    for vote in votes:
        together[vote.review_id, vote.round][vote.official_id] = vote.decision
    said: defaultdict[tuple[UUID, UUID], list[tuple[str, str]]] = defaultdict(list)
    for cast in together.values():
        for one, other in combinations(sorted(cast), 2):
            said[one, other].append((cast[one], cast[other]))
    compared = SecondLook.objects.filter(draw__closed_at__gte=since, state__in=sorted(COMPARED))
    for look in compared.filter(first_by__isnull=False):
        assert look.first_by is not None
        assert look.said_by is not None
        words = {look.first_by: look.first, look.said_by: look.said}
        one, other = sorted(words)
        said[one, other].append((words[one], words[other]))
    for (one, other), words_of in said.items():
        yield Pair(first=one, second=other, found=agreement(words_of))


def _of_votes(votes: Sequence[Vote]) -> Iterator[Judge]:
    reviews = {vote.review_id for vote in votes}
    looked = set(_shown(review_id__in=reviews).values_list("review_id", "official_id"))
    turned = _turned({vote.review.sighting_id for vote in votes})
    by: defaultdict[UUID, list[Vote]] = defaultdict(list)
    for vote in votes:
        by[vote.official_id].append(vote)
    for official, cast in by.items():
        ended = [
            vote for vote in cast if vote.review.state in DECISIONS and vote.decision == vote.review.state
        ]
        yield Judge(
            official=official,
            decided=len(cast),
            overturned=share(sum(vote.review_id in turned for vote in ended), len(ended)),
            differed=share(0, 0),
            median=_middle(vote.at - vote.review.opened_at for vote in cast),
            unlooked=share(sum((vote.review_id, official) not in looked for vote in cast), len(cast)),
        )


def _turned(places: set[UUID]) -> set[UUID]:
    """Reviews after which the commission decided the other way at the same place: an objection was heard."""
    turned, last = set(), dict[UUID, tuple[UUID, bool]]()
    for review in of_sightings(places).filter(state__in=sorted(DECISIONS)):
        stays = review.state == Decided.NOT_HARMFUL
        before = last.get(review.sighting_id)
        if before is not None and before[1] != stays:
            turned.add(before[0])
        last[review.sighting_id] = (review.pk, stays)
    return turned


def _of_tasks(since: datetime) -> Iterator[Judge]:
    done = Task.objects.defer("note").filter(
        kind=Kind.JUDGE, state=Done.DONE, second=False, ended_at__gte=since, ended_by__isnull=False
    )
    tasks = list(done)
    looked = set(_shown(task__in=[task.pk for task in tasks]).values_list("task_id", "official_id"))
    asked = [task.subject_id for task in tasks if task.outcome == Outcome.ASK]
    refuted = DeletionRequest.objects.filter(assessment__in=asked, state="not_harmful")
    undone = set(refuted.values_list("assessment_id", flat=True))
    again: defaultdict[UUID, list[str]] = defaultdict(list)
    for look in SecondLook.objects.filter(draw__closed_at__gte=since, state__in=sorted(COMPARED)):
        if look.first_by is not None:
            again[look.first_by].append(look.state)
    by: defaultdict[UUID, list[Task]] = defaultdict(list)
    for task in tasks:
        assert task.ended_by is not None
        by[task.ended_by].append(task)
    may_look, of_minors = _holders(Permission.LOOK_TAKE), _holders(Permission.LOOK_MINOR)
    for official, ended in by.items():
        possible = [task for task in ended if official in (of_minors if task.urgency.minor else may_look)]
        asks = [task for task in ended if task.outcome == Outcome.ASK]
        yield Judge(
            official=official,
            decided=len(ended),
            overturned=share(sum(task.subject_id in undone for task in asks), len(asks)),
            differed=share(again[official].count(State.DIFFERED), len(again[official])),
            median=_middle(task.ended_at - task.opened_at for task in ended if task.ended_at),
            unlooked=share(sum((task.pk, official) not in looked for task in possible), len(possible)),
        )


def _shown(**of: object) -> QuerySet[Look]:
    return Look.objects.filter(state=Looked.SHOWN, **of)


def _holders(permission: Permission) -> set[UUID]:
    """Who has ever held a role with it; seats of the past count, because what was judged is of the past."""
    return set(Seat.objects.filter(role__in=who_may(permission)).values_list("official_id", flat=True))


def _middle(lengths: Iterable[timedelta]) -> timedelta:
    return timedelta(seconds=median(length.total_seconds() for length in lengths))
