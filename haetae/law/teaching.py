"""What institutions owe: teaching each year, a report, and what follows when something happened inside them."""

from dataclasses import dataclass

from haetae.law.duration import Duration
from haetae.law.facts import Cited, Dated
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table

_MONTHS, _PERCENT = 12, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Cited):
    """An article that says something without a number."""

    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyReport(Cited):
    """Due by the end of `by_end_of_month` (1 to 12) of the year after the one it is about."""

    article: str
    by_end_of_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Cited):
    """At least so many sessions a year, which last at least so many minutes together."""

    article: str
    sessions: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Cited):
    """`plan_within` counts from the day on which the institution learnt of it."""

    article: str
    plan_within: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentByAHead(Dated):
    """The shorter time, where the head of one of these kinds of institutions did it."""

    article: str
    plan_within: Duration
    heads_of: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingTargets(Cited):
    """Our own: no law says so. `staff_share_percent` is the share of staff below which an institution is looked at."""

    tell_within: Duration
    plan_within_by_a_head: Duration
    staff_share_percent: int
    training_within: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    report: YearlyReport
    amount: Amount
    records: Article
    check: Article
    training: Article
    incident: Incident
    by_a_head: IncidentByAHead
    targets: TeachingTargets


def read_teaching(*, legal: Table, policy: Table, sources: Sources) -> Teaching:
    with policy.table("education") as targets:
        source = policy_source(targets, sources)
        return Teaching(
            report=_report(legal.table("education_report"), sources),
            amount=_amount(legal.table("education_amount"), sources),
            records=_article(legal.table("education_records"), sources),
            check=_article(legal.table("education_check"), sources),
            training=_article(legal.table("education_training"), sources),
            incident=_incident(legal.table("institution_incident"), sources),
            by_a_head=_by_a_head(legal.table("incident_by_a_head"), sources),
            targets=TeachingTargets(
                source=source,
                verified=verified(targets, source),
                tell_within=targets.duration("tell_within"),
                plan_within_by_a_head=targets.duration("plan_within_by_a_head"),
                staff_share_percent=targets.whole_number("staff_share_percent", most=_PERCENT),
                training_within=targets.duration("training_within"),
            ),
        )


def _article(table: Table, sources: Sources) -> Article:
    with table:
        source = legal_source(table, sources)
        return Article(source=source, verified=verified(table, source), article=article_of(table, source))


def _report(table: Table, sources: Sources) -> YearlyReport:
    with table:
        source = legal_source(table, sources)
        return YearlyReport(
            source=source,
            verified=verified(table, source),
            article=article_of(table, source),
            by_end_of_month=table.whole_number("by_end_of_month", least=1, most=_MONTHS),
        )


def _amount(table: Table, sources: Sources) -> Amount:
    with table:
        source = legal_source(table, sources)
        return Amount(
            source=source,
            verified=verified(table, source),
            article=article_of(table, source),
            sessions=table.whole_number("sessions", least=1),
            minutes=table.whole_number("minutes", least=1),
        )


def _incident(table: Table, sources: Sources) -> Incident:
    with table:
        source = legal_source(table, sources)
        return Incident(
            source=source,
            verified=verified(table, source),
            article=article_of(table, source),
            plan_within=table.duration("plan_within"),
        )


def _by_a_head(table: Table, sources: Sources) -> IncidentByAHead:
    with table:
        source = legal_source(table, sources)
        return IncidentByAHead(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            plan_within=table.duration("plan_within"),
            heads_of=frozenset(table.texts("heads_of")),
        )
