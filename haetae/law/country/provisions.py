"""What else a country's law holds around a removal: procedures, sanctions, records, reports. Each cites its article."""

from dataclasses import dataclass
from enum import StrEnum

from haetae.law.duration import Duration
from haetae.law.facts import Cited, Dated
from haetae.law.money import Money


class Actor(StrEnum):
    """Who takes a step of a procedure, or must bear a duty."""

    PERSON = "person"
    ANYONE = "anyone"
    OPERATOR = "operator"
    POSTER = "poster"
    REGULATOR = "regulator"
    REVIEWER = "reviewer"
    POLICE = "police"
    PROSECUTOR = "prosecutor"
    COURT = "court"
    SUPPORT_CENTRE = "support_centre"
    INSTITUTION = "institution"
    STATE_BODY = "state_body"
    DISPUTE_BODY = "dispute_body"


class SanctionKind(StrEnum):
    SURCHARGE = "surcharge"
    FINE = "fine"
    CIVIL_PENALTY = "civil_penalty"
    CRIME = "crime"
    SUSPENSION = "suspension"
    LOSS_OF_PROTECTION = "loss_of_protection"
    PROHIBITION = "prohibition"

    @property
    def has_no_measure(self) -> bool:
        """Whether it is a consequence without a sum or a length that could be named."""
        return self in {SanctionKind.LOSS_OF_PROTECTION, SanctionKind.PROHIBITION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Dated):
    """Something that an article says, with the words by which people read it."""

    article: str
    words_ko: str
    words_en: str

    @property
    def citation_ko(self) -> str:
        return self.source.cite_ko(self.article)

    @property
    def citation_en(self) -> str:
        return self.source.cite_en(self.article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Cited):
    """`within` is by when it must be done, `longest` how long it may last at most, `at_least` how long it must be open.

    A step may have none of them.
    """

    step_id: str
    by: Actor
    article: str
    as_soon_as_possible: bool
    within: Duration | None
    longest: Duration | None
    at_least: Duration | None
    words_ko: str
    words_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Provision):
    """Steps in their order."""

    procedure_id: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction(Provision):
    """What failing a duty costs. A bound that is None is not named by the article: it is never zero.

    Least and most are different fields, and so are a sum, a share of revenue, penalty units and years of prison.
    """

    sanction_id: str
    kind: SanctionKind
    against: Actor
    min_fine: Money | None
    max_fine: Money | None
    min_percent: int | None
    max_percent: int | None
    percent_of_ko: str
    percent_of_en: str
    max_penalty_units: int | None
    min_years: int | None
    max_years: int | None
    longest: Duration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKeeping(Provision):
    """How long something must be kept by whoever is named."""

    record_id: str
    by: Actor
    keep_for: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Transparency(Provision):
    """What an operator has to publish or to tell. `due_on` is a day of each year as MM-DD."""

    report_id: str
    every: Duration
    due_on: str | None
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What was looked for and not found, or found and not checked; said aloud wherever the pack is read."""

    about: str
    words_ko: str
    words_en: str
