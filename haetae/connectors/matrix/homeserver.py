"""One homeserver through the safe door: as its operator's administrator, and as an ordinary account.

Neither account ever signs in: Synapse lets five do so from one address and then none for minutes. The tokens are kept.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from haetae.accounts.models import Operator
from haetae.common.outbound import Fetched, Origin
from haetae.connectors import door
from haetae.connectors.base import UnreachableError
from haetae.connectors.matrix.access import Access

_NOT_FOUND: Final = "M_NOT_FOUND"
_LONGEST_WAIT_S: Final = 86_400

Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Homeserver:
    """`base` is where everybody reaches it, `admin_base` where its administrators do."""

    base: str
    admin_base: str
    origins: frozenset[Origin]
    access: Access

    @classmethod
    def of(cls, operator: Operator, access: Access) -> "Homeserver":
        admin_base = (operator.endpoint or operator.origin).rstrip("/")
        scheme, _, rest = admin_base.partition("://")
        return cls(
            base=operator.origin,
            admin_base=admin_base,
            origins=frozenset(
                {Origin.parse(operator.origin), Origin.parse(f"{scheme}://{rest.partition('/')[0]}")}
            ),
            access=access,
        )

    def as_anybody(self, method: str, path: str, content: Json | None = None) -> Fetched:
        """What an ordinary account without any rights gets; every status is an answer. Raises ConnectorError."""
        return self._call(self.base + path, method=method, token=self.access.probe_token, content=content)

    def as_admin(self, method: str, path: str, content: Json | None = None) -> Json | None:
        """What an administrator gets: a JSON object, or None where the homeserver knows no such thing.

        Raises UnreachableError for everything else, with the pause that the homeserver asks for.
        """
        answer = self._call(
            self.admin_base + path, method=method, token=self.access.admin_token, content=content
        )
        if answer.status == 200:
            return json_in(answer)
        if says_not_found(answer):
            return None
        raise refused(answer)

    def bytes_as_admin(self, path: str) -> Fetched:
        """What an administrator gets of a file; every status is an answer. Raises ConnectorError."""
        return self._call(self.admin_base + path, method="GET", token=self.access.admin_token, content=None)

    def _call(self, url: str, *, method: str, token: str, content: Json | None) -> Fetched:
        headers = {"Authorization": f"Bearer {token}"}
        body = None
        if content is not None:
            headers["Content-Type"], body = "application/json", json.dumps(content).encode()
        return door.call(url, method=method, origins=self.origins, headers=headers, content=body)


def json_in(answer: Fetched) -> Json:
    """The JSON object of an answer. Raises UnreachableError where there is none."""
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise UnreachableError("nonsense", "The homeserver's answer makes no sense.", sent=True)
    return told


def says_not_found(answer: Fetched) -> bool:
    """Whether the homeserver itself says that there is no such thing.

    A 404 of a proxy before it, or of a version without that interface (M_UNRECOGNIZED), says nothing about the thing.
    """
    return answer.status == 404 and _error_code(answer) == _NOT_FOUND


def refused(answer: Fetched) -> UnreachableError:
    """Any other answer as a failure: whether it may have acted, and how long it wants to be left alone."""
    words = f"The homeserver answers {answer.status} {_error_code(answer)}".rstrip() + "."
    return UnreachableError(
        f"http_{answer.status}", words, sent=answer.status >= 500, retry_after_s=_pause_s(answer)
    )


def _error_code(answer: Fetched) -> str:
    try:
        code = json_in(answer).get("errcode")
    except UnreachableError:
        return ""
    return code if isinstance(code, str) and code.isascii() and len(code) <= 64 else ""


def _pause_s(answer: Fetched) -> int | None:
    """The pause in the header, or the one that older versions write in milliseconds into the answer."""
    told = door.retry_after_s(answer)
    if told is not None or answer.status != 429:
        return told
    try:
        wait_ms = json_in(answer).get("retry_after_ms")
    except UnreachableError:
        return None
    if not isinstance(wait_ms, int) or wait_ms < 0:
        return None
    return min(-(-wait_ms // 1_000), _LONGEST_WAIT_S)
