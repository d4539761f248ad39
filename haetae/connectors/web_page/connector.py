"""Any public address. It finds and looks; asking its operator needs a connector of its own."""

from collections.abc import Callable, Sequence
from typing import NoReturn
from uuid import UUID

from haetae.accounts.models import Operator
from haetae.common.keys import KeysUnavailableError, MissingKeyError
from haetae.common.outbound import Fetched, Origin
from haetae.connectors import door, reading
from haetae.connectors.base import (
    Answer,
    BlockOrder,
    Capability,
    Check,
    ConnectorError,
    DeletionOrder,
    DetectorDown,
    Locator,
    Look,
    NoChannelError,
    NothingThereError,
    RefusedLinkError,
    Seen,
    Sight,
    UnreachableError,
)
from haetae.connectors.markup import Tag


class WebPageConnector:
    """What every public page allows. Other connectors inherit the looking from it."""

    name = "web_page"
    capabilities = frozenset({Capability.FIND, Capability.LOOK})
    detector_down = DetectorDown.NOT_CONCERNED

    def __init__(self, *, operator: Operator | None = None) -> None:
        self._base = operator.origin if operator else ""
        # What an administrator registered may be reached, also where it lies on loopback; else public addresses.
        trusted = operator is not None and not operator.public_only
        self.origins = frozenset({Origin.parse(self._base)} if trusted else ())

    def self_test(self) -> Sequence[Check]:
        """Never raises: a way whose key is not there, or cannot be had now, is one that does not work."""
        try:
            return self.checks()
        except (ConnectorError, MissingKeyError, KeysUnavailableError) as problem:
            return [Check(code="key", passed=False, words=str(problem))]

    def checks(self) -> Sequence[Check]:
        """What a self-test tries, in order; each way adds its own."""
        return [door.tried("front_page", self._base + "/", origins=self.origins)] if self._base else []

    def find(self, url: str) -> Sequence[Locator]:
        answer = door.get(url, origins=self.origins)
        door.refuse_unless_found(answer)
        found = reading.pictures_of(answer)
        if not found and reading.is_login(answer):
            raise UnreachableError(
                "login_page", "The address shows a sign-in page; what is behind it is not public."
            )
        if not found:
            raise NothingThereError("no_picture", "The page answers, but shows no picture.")
        return found

    def list_new(self) -> Sequence[Locator]:
        return []

    def read_media(self, locator: Locator) -> bytes:
        answer = door.get(locator.media_url, origins=self.origins)
        door.refuse_unless_found(answer)
        return answer.body

    def read_hidden(self, locator: Locator) -> bytes:  # noqa: ARG002 - the protocol's signature
        self._no_channel()

    def ask_to_delete(self, order: DeletionOrder) -> Answer:  # noqa: ARG002 - the protocol's signature
        self._no_channel()

    def answer_to(self, key: UUID) -> Answer | None:  # noqa: ARG002 - the protocol's signature
        self._no_channel()

    def block(self, order: BlockOrder) -> None:  # noqa: ARG002 - the protocol's signature
        self._no_channel()

    def restore(self, order: BlockOrder) -> None:  # noqa: ARG002 - the protocol's signature
        self._no_channel()

    def look(self, locator: Locator) -> Look:
        answered: list[Fetched] = []

        def page(answer: Fetched) -> Sight:
            return reading.sight_of_page(answer, media_url=locator.media_url, is_tombstone=self.is_tombstone)

        def media(answer: Fetched) -> Sight:
            answered.append(answer)
            return reading.sight_of_media(answer)

        page_seen, media_seen = self._sight(locator.page_url, page), self._sight(locator.media_url, media)
        return Look(page=page_seen, media=media_seen, media_bytes=answered[0].body if answered else None)

    def is_tombstone(self, page: Sequence[Tag]) -> bool:  # noqa: ARG002 - for connectors that know one
        """Whether a page with status 200 says, in this platform's own way, that the item was removed."""
        return False

    def _sight(self, url: str, judge: Callable[[Fetched], Sight]) -> Sight:
        try:
            return judge(door.get(url, origins=self.origins))
        except (RefusedLinkError, UnreachableError) as failure:
            return door.sight_of_failure(failure)
        except ValueError:  # a page so odd that our own reading fails over it must not end the watching
            return Sight(seen=Seen.UNKNOWN, why="unreadable")

    def _no_channel(self) -> NoReturn:
        raise NoChannelError(
            "no_channel", "Nobody is registered for this address: find its operator and register it."
        )
