"""What a jurisdiction pack holds. Every value carries its source, and says whether the source was checked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haetae.law.citations import Citing, article_en, article_ko
from haetae.law.duration import Duration


class NotInForceError(LookupError):
    """The pack has nothing of that name, or nothing on that day."""


class SourceKind(StrEnum):
    """Where a value comes from. Only the first two make law."""

    STATUTE = "statute"
    DECREE = "decree"
    OFFICIAL = "official"
    NEWS = "news"
    BACKGROUND = "background"
    HOUSE = "house"

    @property
    def is_law(self) -> bool:
        return self in {SourceKind.STATUTE, SourceKind.DECREE}


class Role(StrEnum):
    REGULATOR = "regulator"
    REVIEWER = "reviewer"
    PROSECUTOR = "prosecutor"
    POLICE = "police"
    SUPPORT_MINISTRY = "support_ministry"
    SUPPORT_CENTRE = "support_centre"
    COORDINATION = "coordination"
    COURT = "court"
    POLICE_COMMISSION = "police_commission"
    ASSEMBLY = "assembly"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    key: str
    kind: SourceKind
    title_ko: str
    title_en: str
    version: str
    verified: bool
    citing: Citing

    def cite_ko(self, article: str) -> str:
        return f"「{self.title_ko}」 {article_ko(article, self.citing)}"

    def cite_en(self, article: str) -> str:
        return f"{self.title_en}, {article_en(article, self.citing)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """`verified` is false where nobody could check the value against the source it names."""

    source: Source
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Cited):
    """Both days are included; None means that no such limit is known, not that there is none."""

    valid_from: date | None
    valid_to: date | None

    def covers(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Dated):
    role: Role
    name_ko: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis(Dated):
    """An article that a request may rest on; its title is the article's own."""

    basis_id: str
    article: str
    title_ko: str
    title_en: str

    @property
    def citation_ko(self) -> str:
        return f"{self.source.cite_ko(self.article)}({self.title_ko})"

    @property
    def citation_en(self) -> str:
        return f"{self.source.cite_en(self.article)} ({self.title_en})"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDeadline(Dated):
    """What the law itself says. `due_after` is None where it says "without delay" and gives no time."""

    article: str
    as_soon_as_possible: bool
    due_after: Duration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTarget(Cited):
    """What we aim for. Never to be shown or enforced as law."""

    due_after: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending(Cited):
    """`send_again_after` lists the pause before each attempt, the first attempt included.

    Each pause is up to `jitter_percent` shorter or longer.
    """

    send_again_after: tuple[Duration, ...]
    jitter_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker(Cited):
    """After `opens_after` failures in a row an operator is left alone for `stays_open[0]`, then longer each time."""

    opens_after: int
    stays_open: tuple[Duration, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    legal_deadline: LegalDeadline
    acknowledgement: PolicyTarget
    removal: PolicyTarget
    sending: Sending
    breaker: Breaker

    @property
    def target_acknowledgement(self) -> Duration:
        return self.acknowledgement.due_after

    @property
    def target_removal(self) -> Duration:
        return self.removal.due_after

    @property
    def send_again_after(self) -> tuple[Duration, ...]:
        return self.sending.send_again_after


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionalBlock(Cited):
    """`maximum` is the law's limit: a block may be shorter and may never be longer."""

    article: str
    maximum: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockExtension(Cited):
    """Our own rule, where the law is silent: each extension is as long, and people extend `at_most` so often."""

    extend_by: Duration
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Cited):
    """The term for a decision is our own target; the law's limit is the block's."""

    decide_within: Duration
    remind_before_block_ends: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeals(Cited):
    """For so long after it was done whoever posted may object, whatever the law binds the operator to.

    `statement_kept` is how long after the decision what was written is kept, for a dispute about it.
    """

    object_within: Duration
    statement_kept: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Probes(Cited):
    """When we look for ourselves.

    `schedule` counts from the operator's claim that it is removed, `block_schedule` from the claim that it is hidden
    for now, `restore_schedule` from the claim that it is back. Gone is believed after a second look
    `second_look_after` the first, live after one `live_look_again_after` it; `unknown_look_again` lists the pauses
    before looking again, each after a look that told us nothing.
    """

    schedule: tuple[Duration, ...]
    block_schedule: tuple[Duration, ...]
    restore_schedule: tuple[Duration, ...]
    second_look_after: Duration
    live_look_again_after: Duration
    unknown_look_again: tuple[Duration, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic(Cited):
    """What models may set off by themselves. All numbers are of a million uploads.

    Wrongly asked for may be at most `wrongful_most_per_million`, by the upper end of what was measured.
    """

    needs_report: bool
    reported_per_million: int
    harmful_per_million: int
    wrongful_most_per_million: int

    @property
    def could_be_wronged_per_million(self) -> int:
        """How many are looked at under these conditions without being what is sought, at most."""
        return self.reported_per_million if self.needs_report else 1_000_000 - self.harmful_per_million


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks(Cited):
    """How an official may look at a published picture: so many a day, each soon after it was asked for.

    What somebody says of a picture counts for `believed_for` after the look.
    """

    per_official_a_day: int
    open_for: Duration
    believed_for: Duration
