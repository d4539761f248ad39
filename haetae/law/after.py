"""What follows for whoever did it: proceeds are taken, a deletion is paid for, a report of oneself is heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from haetae.law.dated import read_dated
from haetae.law.duration import Duration
from haetae.law.facts import Cited, Dated
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Confiscation(Dated):
    """Only for deeds on or after `valid_from`: nothing is taken for what was done before. `offences` are ids."""

    article: str
    offences: frozenset[str]

    def reaches(self, *, offence: str, on: date) -> bool:
        return offence in self.offences and self.covers(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRecovery(Cited):
    """The offender bears what a deletion cost. `pay_within` counts from the day on which the notice was served."""

    article: str
    basis: Cited
    basis_article: str
    pay_within: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Leniency(Cited):
    """Whether whoever comes forward by themselves is punished less. Not `enabled`: a plan, and no law."""

    enabled: bool
    words_ko: str
    words_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRule(Dated):
    """What is different for whoever was `under` so many years when they did it."""

    under: int
    article: str
    words_ko: str
    words_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfReporting:
    leniency: Leniency
    ages: tuple[AgeRule, ...]


def read_confiscation(table: Table, sources: Sources) -> Confiscation:
    with table:
        source = legal_source(table, sources)
        return Confiscation(
            source=source,
            verified=verified(table, source),
            valid_from=table.day("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            offences=frozenset(table.texts("offences")),
        )


def read_cost_recovery(table: Table, sources: Sources) -> CostRecovery:
    with table, table.table("basis") as basis:
        source, stands_on = legal_source(table, sources), legal_source(basis, sources)
        return CostRecovery(
            source=source,
            verified=verified(table, source),
            article=article_of(table, source),
            basis=Cited(source=stands_on, verified=verified(basis, stands_on)),
            basis_article=article_of(basis, stands_on),
            pay_within=table.duration("pay_within"),
        )


def read_self_reporting(*, ages: Sequence[Table], leniency: Table, sources: Sources) -> SelfReporting:
    with leniency:
        source = policy_source(leniency, sources)
        return SelfReporting(
            leniency=Leniency(
                source=source,
                verified=verified(leniency, source),
                enabled=leniency.flag("enabled", default=False),
                words_ko=leniency.text("words_ko"),
                words_en=leniency.text("words_en"),
            ),
            ages=read_dated(ages, read=lambda table: _age(table, sources), name=lambda rule: str(rule.under)),
        )


def _age(table: Table, sources: Sources) -> AgeRule:
    with table:
        source = legal_source(table, sources)
        return AgeRule(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            under=table.whole_number("under", least=1, most=30),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )
