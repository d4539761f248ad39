"""What every connector can be asked, and how it may fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Locator:
    """Where one picture is shown: the page around it and the media itself."""

    page_url: str
    media_url: str


class AnswerKind(StrEnum):
    """An operator's word. `removed` is a claim, not a fact."""

    RECEIVED = "received"
    REMOVED = "removed"
    REFUSED = "refused"
    UNSURE = "unsure"
    BLOCKED = "blocked"  # hidden for good, not deleted


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`reference` is the operator's own number for our request, `reason` a code of the operator's.

    `blocked` is its word that nobody can see the item for now. `handed_in`: somebody in between has it and brings it,
    as a mail server does; the operator itself has said nothing.
    """

    kind: AnswerKind
    blocked: bool = False
    handed_in: bool = False
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DeletionOrder:
    """One logical request: all attempts carry the same key and, byte for byte, the same body.

    `notice` is the whole document notice/1 as JSON; what stands beside it is in it too. `reference` is the other side's
    own number for it, where it has given us one.
    """

    key: UUID
    locator: Locator
    fingerprints: Mapping[str, Any]
    legal_basis: str
    notice: Mapping[str, Any] = field(default_factory=dict)
    trial: bool = False  # an exercise: nothing is asked of anybody
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class BlockOrder:
    """Hide one picture for now, or show it again. Safe to repeat under its key."""

    key: UUID
    locator: Locator
    reference: str
    notice: Mapping[str, Any] = field(default_factory=dict)


class Seen(StrEnum):
    """What one look at one address showed. Only `gone` and `live` are knowledge."""

    GONE = "gone"
    LIVE = "live"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """`why` is a code: http_404, http_410, tombstone, http_200, login_page, http_403, network_timeout, ..."""

    seen: Seen
    why: str


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look, without an account, at the page and at the media.

    `media_bytes` is what answered where media is live, so that the caller can tell whether it is the same picture.
    `hidden`: the page stays and shows nothing, because nobody gets the media; only a connector that knows its platform
    says so. That is what a block should look like, and never a removal.
    """

    page: Sight
    media: Sight
    hidden: bool = False
    media_bytes: bytes | None = field(default=None, repr=False)

    @property
    def seen(self) -> Seen:
        """Gone only when both are gone; live when the media is; a page that stays up alone is neither."""
        if self.page.seen is self.media.seen is Seen.GONE:
            return Seen.GONE
        return Seen.LIVE if self.media.seen is Seen.LIVE else Seen.UNKNOWN


class ConnectorError(Exception):
    """The other side could not be asked or did not answer sensibly. `code` is for the record, the text for people."""

    def __init__(
        self, code: str, words: str, *, sent: bool = False, retry_after_s: int | None = None
    ) -> None:
        super().__init__(words)
        self.code = code
        self.sent = sent
        self.retry_after_s = retry_after_s


class UnreachableError(ConnectorError):
    """No usable answer: try again later. `sent` says whether the other side may have acted all the same."""


class RefusedLinkError(ConnectorError):
    """Our own rule forbids this address; trying again changes nothing."""


class NoChannelError(ConnectorError):
    """There is no way yet to ask this operator anything: people must find one."""


class NothingThereError(ConnectorError):
    """The address answers, but there is no picture at it (404, 410, a page without one)."""


class Capability(StrEnum):
    """What a way to an operator can carry. What it does not name raises NoChannelError."""

    FIND = "find"  # from an address to the pictures shown there
    LIST_NEW = "list_new"  # what the operator shows newly, or what was reported to it
    ASK = "ask"  # to take a request
    STATUS = "status"  # to say later what became of it
    ANSWERS_COME_IN = "answers_come_in"  # the operator answers when it likes, at our door
    BLOCK = "block"
    RESTORE = "restore"
    LOOK = "look"  # to look as a stranger does
    TRIAL = "trial"  # to carry an exercise, marked as one, so that its system can be tried
    READ_HIDDEN = "read_hidden"  # to hand us what it keeps from everybody, for one look before a decision
    UPLOAD_CHECK = "upload_check"  # its system asks us before it publishes


class DetectorDown(StrEnum):
    """What becomes of uploads on this way while we give no answer."""

    NOT_CONCERNED = "not_concerned"  # nobody waits for us before publishing
    AS_DECLARED = "as_declared"  # as this operator has declared: open or closed


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that a self-test tried. `code` says what, `words` what came of it; neither holds a secret."""

    code: str
    passed: bool
    words: str


class Connector(Protocol):
    """Each call is one conversation with the outside and safe to repeat."""

    name: str
    capabilities: frozenset[Capability]
    detector_down: DetectorDown

    def self_test(self) -> Sequence[Check]:
        """Try the way without asking anything of anybody. Never raises."""

    def find(self, url: str) -> Sequence[Locator]:
        """The pictures that a reported address shows. Raises ConnectorError."""

    def list_new(self) -> Sequence[Locator]:
        """The newest pictures that the operator shows to everybody. Raises ConnectorError."""

    def read_media(self, locator: Locator) -> bytes:
        """The bytes of the picture, for one examination in memory. Raises ConnectorError."""

    def read_hidden(self, locator: Locator) -> bytes:
        """The bytes of what was public and the operator hides meanwhile, with its own rights. Raises ConnectorError."""

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        """Ask once; the same key again means the same request. Raises ConnectorError."""

    def answer_to(self, key: UUID) -> Answer | None:
        """What the operator says of a request it may have; None when it knows none. Raises ConnectorError."""

    def block(self, order: BlockOrder) -> None:
        """Hide it for now, in the operator's name. Its word, not a fact. Raises ConnectorError."""

    def restore(self, order: BlockOrder) -> None:
        """Show it again. Its word, not a fact. Raises ConnectorError."""

    def look(self, locator: Locator) -> Look:
        """Look as a stranger does. Never raises: what could not be seen is `unknown`."""
