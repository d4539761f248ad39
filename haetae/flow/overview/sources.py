"""How often people said yes to what a list brought before them, and how often no: of lists, and never of persons."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from haetae.common.shares import interval_of
from haetae.detect.finding import SignalKind
from haetae.flow.assessment.models import Assessment
from haetae.flow.review.models import Review
from haetae.flow.review.states import DECISIONS
from haetae.flow.review.states import State as Decided
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind, Outcome, State
from haetae.hashbank.models import HashList

NEWEST: Final = 10_000  # of the decisions of each kind, so that the page stays quick


@dataclass(frozen=True, kw_only=True)
class Source:
    """One list. `low` and `high` are the 95 % interval of what part of its matches people confirm."""

    name: str
    issuer: str
    confirmed: int
    refuted: int
    low: float
    high: float


def sources() -> list[Source]:
    """Every list of which people have judged a match, the one that they surely refute most first.

    A picture counts once for a list, by what was said of it last, in however many places it was: copies of one
    picture say no more than one.
    """
    said = sorted([*_judged(), *_decided()], key=lambda one: one[0])
    newest: dict[tuple[str, str], bool] = {}
    for _at, yes, assessment in said:
        newest |= dict.fromkeys(_matches(assessment), yes)
    confirmed = Counter(name for (name, _picture), yes in newest.items() if yes)
    refuted = Counter(name for (name, _picture), yes in newest.items() if not yes)
    issuers = dict(HashList.objects.values_list("name", "issuer"))
    found = [
        _source(name, issuers.get(name, ""), confirmed=confirmed[name], refuted=refuted[name])
        for name in {*confirmed, *refuted}
    ]
    return sorted(found, key=lambda one: (one.high, one.name))


def _source(name: str, issuer: str, *, confirmed: int, refuted: int) -> Source:
    low, high = interval_of(confirmed, of=confirmed + refuted)
    return Source(name=name, issuer=issuer, confirmed=confirmed, refuted=refuted, low=low, high=high)


def _judged() -> Iterator[tuple[datetime, bool, Assessment]]:
    """What officials answered who were asked whether to ask."""
    tasks = Task.objects.filter(kind=Kind.JUDGE, state=State.DONE, ended_at__isnull=False).order_by(
        "-ended_at"
    )
    rows = list(tasks.values_list("subject_id", "ended_at", "outcome")[:NEWEST])
    seen = _seen(subject_id for subject_id, _at, _outcome in rows)
    for subject_id, at, outcome in rows:
        if at is not None and subject_id in seen:
            yield at, outcome == Outcome.ASK, seen[subject_id]


def _decided() -> Iterator[tuple[datetime, bool, Assessment]]:
    """What the commission decided about what had been asked."""
    reviews = Review.objects.filter(state__in=[str(one) for one in DECISIONS]).order_by("-changed_at")
    rows = list(reviews.values_list("request__assessment_id", "changed_at", "state")[:NEWEST])
    seen = _seen(assessment_id for assessment_id, _at, _state in rows)
    for assessment_id, at, state in rows:
        if assessment_id in seen:
            yield at, state != Decided.NOT_HARMFUL, seen[assessment_id]


def _seen(assessment_ids: Iterator[UUID]) -> dict[UUID, Assessment]:
    return Assessment.objects.only("pk", "lineage_id", "signals").in_bulk(list(assessment_ids))


def _matches(assessment: Assessment) -> set[tuple[str, str]]:
    """Each list that it matched, with the picture that it is."""
    signals: list[dict[str, Any]] = assessment.signals
    picture = str(assessment.lineage_id or assessment.pk)
    known = [one["facts"] for one in signals if one["kind"] == SignalKind.KNOWN_HASH]
    return {(str(facts["list_name"]), picture) for facts in known}
