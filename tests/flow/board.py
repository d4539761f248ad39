"""A platform for the tests of the flow: it answers as it is told, without a network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from haetae.connectors.base import (
    Answer,
    AnswerKind,
    BlockOrder,
    Capability,
    Check,
    ConnectorError,
    DeletionOrder,
    DetectorDown,
    Locator,
    Look,
    NothingThereError,
    Seen,
    Sight,
)

PAGE, MEDIA = "https://board.example/p/1", "https://board.example/m/1"


@dataclass
class Board:
    """Speaks the connector's protocol. `answers` are given one after the other; an exception is raised."""

    name: str = "test"
    capabilities: frozenset[Capability] = frozenset(Capability)
    detector_down: DetectorDown = DetectorDown.AS_DECLARED
    picture: bytes = b""
    answers: list[Answer | ConnectorError] = field(default_factory=list)
    known_answer: Answer | None = None
    sights: list[Seen] = field(default_factory=list)
    orders: list[DeletionOrder] = field(default_factory=list)
    status_questions: int = 0
    hidden: bytes | ConnectorError = b""
    shown_now: bytes | None = None
    blocks: list[BlockOrder] = field(default_factory=list)
    restores: list[BlockOrder] = field(default_factory=list)
    block_failures: list[ConnectorError] = field(default_factory=list)

    def self_test(self) -> Sequence[Check]:
        return [Check(code="board", passed=True, words="There is no network to fail.")]

    def find(self, url: str) -> Sequence[Locator]:
        if not self.picture:
            raise NothingThereError("http_404", "nothing there")
        return [Locator(page_url=url, media_url=MEDIA)]

    def list_new(self) -> Sequence[Locator]:
        return [Locator(page_url=PAGE, media_url=MEDIA)] if self.picture else []

    def read_media(self, locator: Locator) -> bytes:
        if not self.picture:
            raise NothingThereError("http_404", "nothing there")
        return self.picture

    def read_hidden(self, locator: Locator) -> bytes:
        if isinstance(self.hidden, Exception):
            raise self.hidden
        return self.hidden

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        self.orders.append(order)
        answer = self.answers.pop(0) if self.answers else Answer(kind=AnswerKind.REMOVED, reference="r-1")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def answer_to(self, key: UUID) -> Answer | None:
        self.status_questions += 1
        return self.known_answer

    def block(self, order: BlockOrder) -> None:
        self.blocks.append(order)
        if self.block_failures:
            raise self.block_failures.pop(0)

    def restore(self, order: BlockOrder) -> None:
        self.restores.append(order)
        if self.block_failures:
            raise self.block_failures.pop(0)

    def look(self, locator: Locator) -> Look:
        seen = self.sights.pop(0) if self.sights else Seen.GONE
        sight = Sight(
            seen=seen, why={Seen.GONE: "http_410", Seen.LIVE: "picture", Seen.UNKNOWN: "http_403"}[seen]
        )
        return Look(page=sight, media=sight, media_bytes=self.shown_now)
