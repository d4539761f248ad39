"""Undercover work: what may be done under which permission, for how long, and to whom it is reported. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haetae.law.country.provisions import Provision
from haetae.law.dated import read_dated
from haetae.law.duration import Duration
from haetae.law.facts import Role
from haetae.law.reading import Sources, article_of, legal_source, verified
from haetae.law.table import Table


class Operation(StrEnum):
    """Either the police keep silent about who they are, or they say that they are somebody else."""

    UNDISCLOSED = "undisclosed"
    ASSUMED = "assumed"


class Shown(StrEnum):
    """Whose picture an operation is about. Who is not known to be an adult counts as under 19."""

    ADULT = "adult"
    UNDER_19 = "under_19"


class ActKind(StrEnum):
    """What the police do undercover. To bring somebody to a crime they did not intend is no kind of act."""

    APPROACH = "approach"
    OBSERVE = "observe"
    NOT_DISCLOSE = "not_disclose"
    BUY = "buy"
    RECEIVE = "receive"
    USE_PAPERS = "use_papers"
    CONTRACT = "contract"
    POSSESS = "possess"
    PROVIDE = "provide"
    SELL = "sell"
    ADVERTISE = "advertise"


class Threshold(StrEnum):
    NECESSITY = "necessity"
    SUFFICIENT_GROUNDS = "sufficient_grounds"
    OTHER_MEANS_HARD = "other_means_hard"
    UNAVOIDABLE = "unavoidable"


class ReportField(StrEnum):
    OFFICE = "office"
    APPROVED_PERIOD = "approved_period"
    ENDED_AT = "ended_at"
    END_REASON = "end_reason"
    TARGET = "target"
    METHOD = "method"
    SUMMARY = "summary"
    NECESSITY = "necessity"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """By how much a permit grows at most each time, and how long all of it may last."""

    article: str
    each: Duration
    total: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """It may begin without a permission, which must be there `within` this time, or it stops."""

    article: str
    within: Duration
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UndercoverRule(Provision):
    """One kind of operation about one kind of victim.

    `needs_consent` are acts that hand on or show material and need an adult's consent; `never_shows` those for which
    the law knows no consent, so that nobody may be shown in it. Without an `extension` there is none.
    """

    rule_id: str
    operation: Operation
    victim: Shown
    decided_article: str
    offences: frozenset[str]
    acts: tuple[ActKind, ...]
    needs_consent: frozenset[ActKind]
    never_shows: frozenset[ActKind]
    thresholds: tuple[Threshold, ...]
    longest: Duration
    extension: Extension | None
    urgent: Urgent | None

    @property
    def in_all(self) -> Duration:
        """How long it may last with every extension."""
        return self.extension.total if self.extension else self.longest

    def may_be_urgent(self, day: date) -> bool:
        return self.urgent is not None and day >= self.urgent.valid_from


@dataclass(frozen=True, slots=True, kw_only=True)
class UndercoverReport(Provision):
    """Who is told of an operation that has ended, and exactly what. `every` is None for each one at once."""

    report_id: str
    receiver: Role
    fields: tuple[ReportField, ...]
    every: Duration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undercover:
    rules: tuple[UndercoverRule, ...]
    reports: tuple[UndercoverReport, ...]

    def rule(self, operation: Operation, victim: Shown, *, on: date) -> UndercoverRule | None:
        """What holds on a day; None where nothing lets the police do it."""
        for rule in self.rules:
            if rule.operation is operation and rule.victim is victim and rule.covers(on):
                return rule
        return None

    def report(self, receiver: Role) -> UndercoverReport | None:
        return next((one for one in self.reports if one.receiver is receiver), None)


def read_undercover(legal: Table, sources: Sources) -> Undercover:
    return Undercover(
        rules=read_dated(
            legal.tables_or_none("undercover"),
            read=lambda table: _rule(table, sources),
            name=lambda rule: f"{rule.operation} {rule.victim}",
        ),
        reports=_reports(legal.tables_or_none("undercover_reports"), sources),
    )


def _rule(table: Table, sources: Sources) -> UndercoverRule:
    with table:
        source = legal_source(table, sources)
        acts = table.choices("acts", ActKind)
        rule = UndercoverRule(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
            rule_id=table.text("id"),
            operation=table.choice("operation", Operation),
            victim=table.choice("victim", Shown),
            decided_article=article_of(table, source, key="decided_article"),
            offences=frozenset(table.texts("offences")),
            acts=acts,
            needs_consent=frozenset(table.choices_or_none("needs_consent", ActKind)),
            never_shows=frozenset(table.choices_or_none("never_shows", ActKind)),
            thresholds=table.choices("thresholds", Threshold),
            longest=table.duration("longest"),
            extension=_extension(table),
            urgent=_urgent(table),
        )
        if not rule.needs_consent | rule.never_shows <= set(acts):
            raise table.error(
                "'needs_consent' and 'never_shows' name acts that 'acts' does not; add them there."
            )
        return rule


def _extension(table: Table) -> Extension | None:
    article = table.text_or_none("extension_article")
    if article is None:
        return None
    return Extension(
        article=article, each=table.duration("extension_each"), total=table.duration("extension_total")
    )


def _urgent(table: Table) -> Urgent | None:
    article = table.text_or_none("urgent_article")
    if article is None:
        return None
    return Urgent(
        article=article, within=table.duration("urgent_within"), valid_from=table.day("urgent_from")
    )


def _reports(tables: Sequence[Table], sources: Sources) -> tuple[UndercoverReport, ...]:
    return read_dated(tables, read=lambda table: _report(table, sources), name=lambda one: one.report_id)


def _report(table: Table, sources: Sources) -> UndercoverReport:
    with table:
        source = legal_source(table, sources)
        return UndercoverReport(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
            report_id=table.text("id"),
            receiver=table.choice("receiver", Role),
            fields=table.choices("fields", ReportField),
            every=table.duration_or_none("every"),
        )
