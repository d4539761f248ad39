"""Which class a case falls under, until when it is kept, and what stands against a hold. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from haetae.agencies.support.retention.states import Part
from haetae.agencies.support.states import Age, State
from haetae.law.packs import Pack
from haetae.law.person.facts import Retention, RetentionClass

REFERENCE_LONGEST: Final = 40
_REFERENCE: Final = re.compile(r"[0-9A-Za-z가-힣._:/-]+")


@dataclass(frozen=True, kw_only=True)
class Term:
    """`due_at` is None where it is kept for good."""

    retention: Retention
    due_at: datetime | None

    @property
    def citation(self) -> str:
        """As a due date names it, in one code."""
        return f"{self.retention.source.key} {self.retention.article}"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody wants kept, and until when."""

    keeps: Collection[Part]
    until: datetime
    reference: str


def class_of(*, age: Age, asked_by_investigators: bool) -> RetentionClass:
    """An unsaid age is no adult's, but nobody has said that it is a child's either.

    A case about a child stays one whoever has asked for its deletion: that class is kept longest.
    """
    if age is Age.UNDER_19:
        return RetentionClass.CHILD_MATERIAL
    return RetentionClass.ASKED_BY_INVESTIGATORS if asked_by_investigators else RetentionClass.OTHER


def term_of(pack: Pack, *, kind: RetentionClass, last_at: datetime) -> Term:
    """Counted from the last thing that happened in the case: what the rule counts from was not read.

    The law of that day decides. Raises haetae.law.packs.NotInForceError where a pack says nothing.
    """
    retention = pack.retention(kind, on=last_at.astimezone(pack.zone).date())
    keep_for = retention.keep_for
    due_at = None if keep_for is None else pack.due_at(start=last_at, duration=keep_for)
    return Term(retention=retention, due_at=due_at)


def why_not_hold(state: State, *, wanted: Wanted, now: datetime, latest: datetime) -> str | None:
    """A code for what stands against a hold, or None. `latest` is the end of the longest one that may be set now."""
    if state is State.DESTROYED:
        return "case_destroyed"
    if not wanted.keeps:
        return "nothing_to_keep"
    if not wanted.reference or len(wanted.reference) > REFERENCE_LONGEST:
        return "reference_missing"
    if not _REFERENCE.fullmatch(wanted.reference):
        return "reference_is_no_code"
    if wanted.until <= now:
        return "until_is_over"
    return "until_too_far" if wanted.until > latest else None


def is_over(*, until: datetime, ended_at: datetime | None, at: datetime) -> bool:
    """Whether a hold forbids nothing any more: it is kept to the very moment at which it ends."""
    return ended_at is not None or until <= at


def held(keeps: Iterable[Collection[str]]) -> frozenset[Part]:
    """What all these holds keep together."""
    return frozenset(Part(code) for codes in keeps for code in codes)


def last_of(moments: Iterable[datetime | None]) -> datetime:
    """The latest of these; at least one is given."""
    return max(moment for moment in moments if moment is not None)
