"""Facts that a person reads, or that decide about what a person told us. Each carries its source."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from haetae.law.duration import Duration
from haetae.law.facts import Cited, Dated
from haetae.law.money import Money
from haetae.law.person.hours import Opening, Openness, is_always, openness


class HelplineUse(StrEnum):
    """What a helpline is there for; the portal asks for the number of a use."""

    SUPPORT = "support"
    POLICE = "police"
    REVIEW = "review"
    YOUTH = "youth"
    SCHOOL = "school"
    CRISIS = "crisis"
    LEGAL_AID = "legal_aid"


class Situation(StrEnum):
    """In which situation a person looks for a number, in the order of a page."""

    THREATENED = "threatened"
    MONEY = "money"
    TALK = "talk"
    HOPELESS = "hopeless"
    DELETION = "deletion"
    UNDER_19 = "under_19"
    SCHOOL = "school"
    REVIEW = "review"
    LAWYER = "lawyer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Cited):
    """Opening hours have a source of their own: a number is often sure where its hours are not."""

    openings: tuple[Opening, ...]

    @property
    def always(self) -> bool:
        return is_always(self.openings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline(Cited):
    """`option` is the key to press after the call is answered; `hours` is None where nobody could tell us.

    One that is `everywhere` stands on every page of the portal. There is a number, a site, or both.
    """

    helpline_id: str
    use: HelplineUse
    everywhere: bool
    number: str
    option: str | None
    site: str
    hours: Hours | None
    name_ko: str
    name_en: str
    words_ko: str
    words_en: str

    def openness(self, *, at: datetime, tz: tzinfo) -> Openness:
        return openness(self.hours.openings if self.hours else (), at=at, tz=tz)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning(Cited):
    """Where to turn in a situation: ids of helplines, the first one first."""

    situation: Situation
    helplines: tuple[str, ...]


class Shown(StrEnum):
    """Whose picture an offence is about."""

    ANYONE = "anyone"
    UNDER_19 = "under_19"
    ADULT = "adult"
    UNDER_18 = "under_18"


class TimeLimit(StrEnum):
    """When the time within which a trial may begin starts to run, where it is not the day of the deed."""

    FROM_MAJORITY = "from_majority"
    NONE = "none"  # there is no such time: a trial is always possible


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence(Dated):
    """What a deed of a day is punished with. A bound that is None is not named by the article: it is never zero.

    `min_years` is "at least", `max_years` "at most", `max_months` where the article counts in months; with `life`,
    imprisonment for life is possible. `max_fine` is None where the article allows no fine, or names one without a sum,
    which is `fine_without_sum`. `only_if` is what the law asked for besides the deed.

    `attempt` says that trying is punished too, `habit_percent` by how much the most rises for whoever does it as a
    habit: False and None mean that nobody has read so, not that it is free. `clock` is when the time limit begins.
    """

    offence_id: str
    shown: Shown
    article: str
    min_years: int | None
    max_years: int | None
    max_months: int | None
    life: bool
    max_fine: Money | None
    fine_without_sum: bool
    act_ko: str
    act_en: str
    only_if_ko: str
    only_if_en: str
    attempt: bool
    habit_percent: int | None
    clock: TimeLimit | None

    @property
    def max_fine_won(self) -> int | None:
        """The sum in won; None too where it is in another currency."""
        return self.max_fine.amount if self.max_fine and self.max_fine.currency == "KRW" else None


class Reader(StrEnum):
    """For whom a rule is written down."""

    EVERYONE = "everyone"
    UNDER_19 = "under_19"
    PARENTS = "parents"
    TEACHERS = "teachers"
    MONEY = "money"
    PENALTIES = "penalties"
    PUPILS = "pupils"
    OFFICERS = "officers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Dated):
    """One thing that the law says, in plain words, with the article that says it."""

    rule_id: str
    readers: tuple[Reader, ...]
    article: str
    title_ko: str
    title_en: str
    words_ko: str
    words_en: str

    @property
    def citation_ko(self) -> str:
        return self.source.cite_ko(self.article)

    @property
    def citation_en(self) -> str:
        return self.source.cite_en(self.article)


class RetentionClass(StrEnum):
    """What decides how long material about a person is kept."""

    CHILD_MATERIAL = "child_material"
    ASKED_BY_INVESTIGATORS = "asked_by_investigators"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Dated):
    """`keep_for` is None where it is kept for good; with `destroyed_on_demand` the person's word ends it at once."""

    kind: RetentionClass
    article: str
    keep_for: Duration | None
    destroyed_on_demand: bool
