"""What is wrong with a fact about an operator, by itself: codes that pages word. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from haetae.agencies.enforcement.filings.states import FactKind, Origin
from haetae.law.country.duties import Service

NUMBERS: Final = frozenset({FactKind.REVENUE, FactKind.DAILY_USERS})
SOURCE_SHORTEST, LONGEST = 4, 300
MOST: Final = 2**53 - 1
_FIRST_YEAR: Final = 2000


@dataclass(frozen=True, kw_only=True)
class Known:
    """A fact as the rules read it. `until` is the last day on which it holds."""

    kind: FactKind
    detail: str = ""
    number: int | None = None
    text: str = ""
    origin: Origin
    verified: bool = False
    since: date
    until: date | None = None
    source: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def why_not_note(fact: Known, *, today: date) -> str | None:
    """What stands against noting it."""
    if not SOURCE_SHORTEST <= len(fact.source.strip()) <= LONGEST:
        return "fact_source_missing"
    if fact.since > today:
        return "fact_in_future"
    if fact.verified and fact.origin is not Origin.FINDING:
        return "fact_own_word_verified"
    return _why_not_detail(fact, today=today) or _why_not_value(fact)


def until_the_day_before(since: date) -> date:
    """The last day of what another takes the place of."""
    return since - timedelta(days=1)


def in_force(facts: Iterable[Known], kind: FactKind, *, on: date, detail: str | None = None) -> Known | None:
    """What counts on a day: an official's finding before the operator's own word, the newer before the older."""
    found = [
        fact
        for fact in facts
        if fact.kind is kind and fact.covers(on) and (detail is None or fact.detail == detail)
    ]
    return max(found, key=lambda fact: (fact.origin is Origin.FINDING, fact.since), default=None)


def services(facts: Iterable[Known], *, on: date) -> dict[Service, Known]:
    """The kinds of services that it offers on a day; an official's findings alone, where there are any."""
    found = [fact for fact in facts if fact.kind is FactKind.SERVICE and fact.covers(on)]
    findings = [fact for fact in found if fact.origin is Origin.FINDING]
    return {Service(fact.detail): fact for fact in findings or found}


def _why_not_detail(fact: Known, *, today: date) -> str | None:
    if fact.kind is FactKind.REVENUE:
        year = int(fact.detail) if fact.detail.isdecimal() and len(fact.detail) == 4 else 0
        return None if _FIRST_YEAR <= year < today.year else "fact_year"
    if fact.kind is FactKind.SERVICE:
        return None if fact.detail in set(Service) else "fact_service_missing"
    return "fact_detail_needless" if fact.detail else None


def _why_not_value(fact: Known) -> str | None:
    if fact.kind in NUMBERS:
        return None if fact.number is not None and 0 <= fact.number <= MOST else "fact_number_missing"
    if fact.kind is FactKind.SERVICE:
        return None
    return None if SOURCE_SHORTEST <= len(fact.text.strip()) <= LONGEST else "fact_text_missing"
