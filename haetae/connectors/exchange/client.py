"""What the clients of both wires have in common: one question through the safe door, and what its status means."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Final

from haetae.common.foreign import ForeignPage, Position
from haetae.common.outbound import Fetched, Limits, Origin
from haetae.common.outbound.target import parse_target
from haetae.connectors import door
from haetae.connectors.base import UnreachableError

# A thousand records are about a megabyte; a page that has not come after a minute comes no more.
LIMITS: Final = Limits(total_s=60.0, connect_s=10.0, body_bytes=8 * 1_048_576)
_ASKS_WHO_WE_ARE: Final = frozenset({401, 403, 407})
_WANTS_PATIENCE: Final = frozenset({408, 425, 429})


class BadSecretError(ValueError):
    """The text says what the secret of this wire looks like. The secret is not in it."""


class Client:
    """One list at one address. `base` is what the paths of the wire are appended to, without a slash at its end."""

    wire: ClassVar[str]

    def __init__(self, *, base: str, secret: str, limits: Limits | None = None) -> None:
        self._base = base
        self._origins = frozenset({origin_of(base)})
        self._headers = self.headers(secret)
        self._limits = limits or LIMITS

    @classmethod
    def headers(cls, secret: str) -> Mapping[str, str]:
        """How the secret is shown. Raises BadSecretError."""
        raise NotImplementedError

    def fetch(self, at: Position, *, now: datetime, most: int) -> ForeignPage:
        """One page, with about `most` records where the wire lets us say so.

        Raises ConnectorError: `position_refused` when the other side no longer knows the place in the middle of a
        round, `not_a_page` when what came is no page of this wire.
        """
        raise NotImplementedError

    def _ask(self, path: str, *, at: Position) -> Fetched:
        answer = door.get_straight(
            self._base + path, origins=self._origins, headers=self._headers, limits=self._limits
        )
        if answer.status != 200:
            raise _refused(answer, in_the_middle=bool(at.following))
        return answer


def origin_of(base: str) -> Origin:
    """The origin that an administrator makes reachable by naming this address. Raises RefusedByRule."""
    scheme, _, rest = base.partition("://")
    origin = Origin.parse(f"{scheme}://{rest.partition('/')[0]}")
    parse_target(base, allowed_origins=frozenset({origin}))
    return origin


def not_a_page(answer: Fetched, *, field: str, words: str) -> UnreachableError:
    """What came is no page; where it is a web page, that is said, because it mostly asks for a password."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "text/html":
        words = "A web page came, perhaps one that asks to sign in."
    return UnreachableError("not_a_page", f"{field}: {words}")


def _refused(answer: Fetched, *, in_the_middle: bool) -> UnreachableError:
    status = answer.status
    if status in _ASKS_WHO_WE_ARE:
        return UnreachableError(
            "key_refused", f"It answers {status}: our key opens nothing there (any more)."
        )
    if in_the_middle and 400 <= status < 500 and status not in _WANTS_PATIENCE:
        words = f"It answers {status} in the middle of a round, which begins again."
        return UnreachableError("position_refused", words)
    return UnreachableError(
        f"http_{status}", f"It answers {status}.", retry_after_s=door.retry_after_s(answer)
    )
