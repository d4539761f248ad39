"""What an operator has to do by its size and by what it offers, and when it can be designated."""

from dataclasses import dataclass
from enum import StrEnum

from haetae.law.duration import Duration
from haetae.law.facts import Cited, Source
from haetae.law.money import Money
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table


class DutyId(StrEnum):
    PRIOR_MEASURES = "prior_measures"
    PREVENTION_OFFICER = "prevention_officer"
    YOUTH_OFFICER = "youth_officer"
    DOMESTIC_AGENT = "domestic_agent"
    COMPLAINTS = "complaints"
    YEARLY_REPORT = "yearly_report"
    HALF_YEARLY_REPORT = "half_yearly_report"


class Service(StrEnum):
    """What an operator offers to its users, as far as an article asks for it."""

    WEB_HARD = "web_hard"
    SOCIAL = "social"
    COMMUNITY = "community"
    OPEN_CHANNEL = "open_channel"
    SEARCH = "search"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorDuty(Cited):
    """Bounds are None where the article names none, or where nobody has read them: see `is_read`."""

    duty: DutyId
    article: str
    always_for: frozenset[Service]
    revenue_at_least: Money | None
    daily_users_at_least: int | None
    services: frozenset[Service]
    services_read: bool
    words_ko: str
    words_en: str

    @property
    def is_read(self) -> bool:
        """Whether anything says to whom it applies."""
        return bool(self.always_for or self.revenue_at_least or self.daily_users_at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationRule(Cited):
    """`name_within` and `reply_within` are practice, with a source of their own, and never shown as law."""

    article: str
    daily_users_at_least: int
    name_within: Duration
    reply_within: Duration
    practice: Source


def read_operator_duties(tables: list[Table], sources: Sources) -> tuple[OperatorDuty, ...]:
    return tuple(_duty(table, sources) for table in tables)


def read_designation(*, legal: Table, policy: Table, sources: Sources) -> DesignationRule:
    with legal, policy:
        source, practice = legal_source(legal, sources), policy_source(policy, sources)
        verified(policy, practice)
        return DesignationRule(
            source=source,
            verified=verified(legal, source),
            article=article_of(legal, source),
            daily_users_at_least=legal.whole_number("daily_users_at_least", least=1, most=10**9),
            name_within=policy.duration("name_within"),
            reply_within=policy.duration("reply_within"),
            practice=practice,
        )


def _duty(table: Table, sources: Sources) -> OperatorDuty:
    with table:
        source = legal_source(table, sources)
        return OperatorDuty(
            source=source,
            verified=verified(table, source),
            duty=table.choice("id", DutyId),
            article=article_of(table, source),
            always_for=frozenset(table.choices_or_none("always_for", Service)),
            revenue_at_least=table.money_or_none("revenue_at_least"),
            daily_users_at_least=table.whole_number_or_none("daily_users_at_least", least=1, most=10**9),
            services=frozenset(table.choices_or_none("services", Service)),
            services_read=table.flag("services_read", default=True),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )
