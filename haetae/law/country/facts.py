"""What a country's law asks of operators, with its checklist and its clock. Each value carries its source."""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from haetae.law.facts import Cited, LegalDeadline


class DutyName(StrEnum):
    """What sets a duty to remove in motion: a person's request, or an order of the state."""

    REQUEST = "request"
    ORDER = "order"


class ClockStart(StrEnum):
    """The event from which the law counts."""

    VALID_REQUEST = "valid_request"
    KNOWLEDGE = "knowledge"
    ORDER = "order"

    @property
    def is_ours(self) -> bool:
        """Whether a request or notice of ours starts the clock; an order is somebody else's act."""
        return self is not ClockStart.ORDER


class Bound(StrEnum):
    """Whom a duty binds, in the words in which an operator's kind is registered."""

    PLATFORM = "platform"
    HOST = "host"
    CDN = "cdn"
    SEARCH = "search"
    ACCESS_PROVIDER = "access_provider"


class Copies(StrEnum):
    """How far a removal has to reach beyond the place that was named."""

    NONE = "none"
    IDENTICAL = "identical"
    SUBSTANTIALLY_SAME = "substantially_same"


class Element(StrEnum):
    """What a request must hold to be valid."""

    SIGNATURE = "signature"
    CONTENT_ID = "content_id"
    LOCATION = "location"
    REASONS = "reasons"
    GOOD_FAITH_STATEMENT = "good_faith_statement"
    CONTACT = "contact"
    NOTIFIER = "notifier"
    SUBJECT_OR_AGENT = "subject_or_agent"
    DECLARATION_ON_SERVICE = "declaration_on_service"
    PRIMA_FACIE_PROOF = "prima_facie_proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Cited):
    """`elements` in the order of the law."""

    article: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesScope(Cited):
    article: str
    scope: Copies


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalDuty(LegalDeadline):
    """Within which time an operator of a country must remove, and what makes it have to.

    `due_after` is None where the law gives no time; `longer_if_allowed` where the state may allow more. Days and months
    are counted in `zone`. `valid_request` and `reaches` are None where nothing was found, which is said under the
    pack's gaps.
    """

    pack_id: str
    zone: ZoneInfo
    name: DutyName
    starts_with: ClockStart
    binds: tuple[Bound, ...]
    longer_if_allowed: bool
    words_ko: str
    words_en: str
    valid_request: Checklist | None
    reaches: CopiesScope | None

    @property
    def checklist(self) -> tuple[Element, ...]:
        """Empty where the law names no elements, or none were found."""
        return self.valid_request.elements if self.valid_request else ()

    @property
    def copies(self) -> Copies:
        return self.reaches.scope if self.reaches else Copies.NONE

    @property
    def citation(self) -> str:
        """As a due date names it, in one code: the pack, the law, the article."""
        return f"{self.pack_id} {self.source.key} {self.article}"

    @property
    def citation_ko(self) -> str:
        return self.source.cite_ko(self.article)

    @property
    def citation_en(self) -> str:
        return self.source.cite_en(self.article)
