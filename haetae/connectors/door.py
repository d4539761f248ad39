"""Connectors' use of the safe door: its failures in the words of connectors."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from math import ceil

from haetae.common import clock
from haetae.common.outbound import Fetched, Limits, NetworkFailure, Origin, RefusedByRule, fetch
from haetae.connectors.base import (
    Check,
    ConnectorError,
    NothingThereError,
    RefusedLinkError,
    Seen,
    Sight,
    UnreachableError,
)

_LONGEST_WAIT_S = 86_400  # an operator may ask for patience, not for ever


def get(
    url: str, *, origins: frozenset[Origin] = frozenset(), headers: Mapping[str, str] | None = None
) -> Fetched:
    """One GET. Raises RefusedLinkError or UnreachableError; every status is an answer."""
    return _through(url, origins=origins, method="GET", headers=headers, content=None)


def get_straight(
    url: str, *, origins: frozenset[Origin], headers: Mapping[str, str], limits: Limits
) -> Fetched:
    """One GET within limits of its own, which follows no redirect: an interface has no reason to send us elsewhere."""
    with _in_our_words():
        return fetch(url, allowed_origins=origins, headers=headers, limits=limits, follow_redirects=False)


def post(url: str, *, origins: frozenset[Origin], headers: Mapping[str, str], content: bytes) -> Fetched:
    """One POST, which follows no redirect."""
    return _through(url, origins=origins, method="POST", headers=headers, content=content)


def call(
    url: str,
    *,
    method: str,
    origins: frozenset[Origin],
    headers: Mapping[str, str],
    content: bytes | None = None,
) -> Fetched:
    """One call of an interface by any method, which follows no redirect: a token goes where it was meant to go."""
    with _in_our_words():
        return fetch(
            url,
            allowed_origins=origins,
            method=method,
            headers=headers,
            content=content,
            follow_redirects=False,
        )


def post_over_tls(
    url: str, *, origins: frozenset[Origin], headers: Mapping[str, str], content: bytes, limits: Limits
) -> Fetched:
    """One POST within limits of its own, which follows no redirect; without TLS to registered origins alone."""
    with _in_our_words():
        return fetch(
            url,
            allowed_origins=origins,
            method="POST",
            headers=headers,
            content=content,
            limits=limits,
            https_only=True,
        )


def _through(
    url: str,
    *,
    origins: frozenset[Origin],
    method: str,
    headers: Mapping[str, str] | None,
    content: bytes | None,
) -> Fetched:
    with _in_our_words():
        return fetch(
            url, allowed_origins=origins, method=method, headers=headers, content=content, limits=Limits()
        )


def tried(
    code: str,
    url: str,
    *,
    origins: frozenset[Origin],
    headers: Mapping[str, str] | None = None,
    expected: Collection[int] = range(200, 400),
) -> Check:
    """One GET as a part of a self-test, and whether a status came that says that this way works. Never raises."""
    try:
        status = get(url, origins=origins, headers=headers).status
    except ConnectorError as failure:
        return Check(code=code, passed=False, words=str(failure))
    return Check(code=code, passed=status in expected, words=f"It answers {status}.")


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except RefusedByRule as refusal:
        raise RefusedLinkError(f"refused_{refusal.code}", refusal.words) from refusal
    except NetworkFailure as failure:
        raise UnreachableError(f"network_{failure.code}", failure.words, sent=failure.sent) from failure


def sight_of_failure(failure: RefusedLinkError | UnreachableError) -> Sight:
    """What could not be seen is unknown."""
    return Sight(seen=Seen.UNKNOWN, why=failure.code)


def refuse_unless_found(answer: Fetched) -> None:
    """Turn a status other than 200 into the error that says whether trying again makes sense."""
    code = f"http_{answer.status}"
    if answer.status in {404, 410}:
        raise NothingThereError(code, f"The address answers {answer.status}: there is nothing.")
    if answer.status != 200:
        raise UnreachableError(
            code, f"The address answers {answer.status}.", retry_after_s=retry_after_s(answer)
        )


def retry_after_s(answer: Fetched) -> int | None:
    """Seconds that the other side asks us to wait, by number or by date; at most a day, None when it says neither."""
    return wait_of(answer.headers.get("retry-after", ""))


def wait_of(value: str) -> int | None:
    """The same of the header's own text."""
    if not (value.isascii() and value.isdigit()):
        return _seconds_until(value)
    return min(int(value[:9]), _LONGEST_WAIT_S) if len(value) <= 9 else _LONGEST_WAIT_S


def _seconds_until(date: str) -> int | None:
    try:
        moment = parsedate_to_datetime(date[:64])
        wait_s = (moment - clock.now()).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None  # no date, or one that does not say in which time zone
    return max(0, min(ceil(wait_s), _LONGEST_WAIT_S))
