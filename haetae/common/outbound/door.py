"""Open an address that somebody else wrote, without being led anywhere else."""

import re
import ssl
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Literal

from .address import IPAddress
from .errors import Failure, NetworkFailure, RefusedByRule, Rule
from .exchange import REDIRECTS, Network, Request, exchange
from .journey import Journey, Limits
from .redirect import headers_towards, next_target, told_as_redirect
from .resolution import Resolve, addresses_of, system_resolve
from .target import Origin, Target, parse_target
from .wire import Dial, dial_tcp

DEFAULT_LIMITS = Limits()
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
HEADER_NAME = re.compile(r"[a-z0-9-]+")
HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?|")
OWN_HEADERS = frozenset(
    {
        "host",
        "connection",
        "content-length",
        "transfer-encoding",
        "accept-encoding",
        "upgrade",
        "te",
        "expect",
    }
)


@dataclass(frozen=True, slots=True)
class Hop:
    """One request that was answered."""

    url: str
    peer: str
    status: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer. `headers` are lower-case; `hops` are all requests in order, the last one included.

    `truncated` is never true: a body beyond the limit is a failure, so nobody takes half for the whole. `sent` are the
    headers of the last request.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    hops: tuple[Hop, ...]
    peer: str
    duration_s: float
    truncated: Literal[False] = False
    sent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """An address that passes. `addresses` is None where the name cannot be resolved now."""

    target: Target
    addresses: tuple[IPAddress, ...] | None


def fetch(  # noqa: PLR0913 - the first is the question, the rest have sound defaults and are named
    url: str,
    *,
    allowed_origins: AbstractSet[Origin] = frozenset(),
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    limits: Limits = DEFAULT_LIMITS,
    follow_redirects: bool = True,
    resolve: Resolve = system_resolve,
    dial: Dial = dial_tcp,
    tls: ssl.SSLContext | None = None,
    https_only: bool = False,
    into: Callable[[bytes], None] | None = None,
) -> Fetched:
    """Fetch `url` from a public address, or from an origin in `allowed_origins`.

    Only a GET follows redirects; another method gets the redirect itself as its answer. Raises RefusedByRule
    before anything is sent to a refused address, NetworkFailure where no whole answer came, and ValueError
    for a request that we cannot word. `https_only`: nothing is asked for without TLS, but of a registered origin.
    `into` takes the body of a 200 piece by piece, for what is too large to be held; `body` is empty then, and what was
    taken counts for nothing where an error follows. `resolve`, `dial` and `tls` replace the network, never a rule.
    """
    follows = follow_redirects and method == "GET"
    request = _request(method=method, headers=headers or {}, content=content, follows=follows)
    request = replace(request, https_only=https_only, into=into)
    target = parse_target(url, allowed_origins=allowed_origins)
    _refuse_plain(target, request)
    return _travel(
        target=target,
        request=request,
        journey=Journey.start(limits),
        network=Network(resolve=resolve, dial=dial, tls=tls),
    )


def _travel(*, target: Target, request: Request, journey: Journey, network: Network) -> Fetched:
    """Go from hop to hop. Each is resolved once, judged whole, and connected to at a judged address."""
    started_at_s = monotonic()
    hops: list[Hop] = []
    addresses = addresses_of(target, resolve=network.resolve, journey=journey)
    while True:
        reply = exchange(
            target=target, request=request, addresses=addresses, journey=journey, network=network
        )
        hops.append(Hop(url=target.url, peer=reply.peer, status=reply.status))
        if not (request.follows and reply.status in REDIRECTS and reply.locations):
            break
        previous = target
        with told_as_redirect(previous):
            _refuse_too_many(hops, journey)
            target = next_target(previous=previous, locations=reply.locations)
            _refuse_plain(target, request)
            addresses = addresses_of(target, resolve=network.resolve, journey=journey)
        kept = headers_towards(target, previous=previous, headers=request.headers)
        request = replace(request, headers=kept, content=None)
    return Fetched(
        status=reply.status,
        headers=reply.headers,
        body=reply.body,
        url=target.url,
        hops=tuple(hops),
        peer=reply.peer,
        duration_s=monotonic() - started_at_s,
        sent=reply.sent,
    )


def check(url: str, *, limits: Limits = DEFAULT_LIMITS, resolve: Resolve = system_resolve) -> Checked:
    """Judge an address and what its name resolves to now, and connect to nothing. Raises RefusedByRule.

    It promises nothing about a later fetch, which resolves and judges anew.
    """
    target = parse_target(url)
    try:
        return Checked(target, addresses_of(target, resolve=resolve, journey=Journey.start(limits)))
    except NetworkFailure as failure:
        if failure.code not in {Failure.DNS, Failure.TIMEOUT}:
            raise
        return Checked(target, None)


def _refuse_too_many(hops: Sequence[Hop], journey: Journey) -> None:
    most = journey.limits.redirects
    if len(hops) > most:
        raise RefusedByRule(Rule.TOO_MANY, f"At most {most} redirects are followed.")


def _refuse_plain(target: Target, request: Request) -> None:
    if request.https_only and target.scheme != "https" and not target.registered:
        raise RefusedByRule(Rule.SCHEME, "The address must begin with https:// here.")


def _request(*, method: str, headers: Mapping[str, str], content: bytes | None, follows: bool) -> Request:
    if method not in METHODS:
        raise ValueError(f"The method {method!r} is not one of {', '.join(sorted(METHODS))}.")
    lowered = {name.lower(): value for name, value in headers.items()}
    for name, value in lowered.items():
        if name in OWN_HEADERS or not HEADER_NAME.fullmatch(name):
            raise ValueError(
                f"The header {name!r} is set by the door itself or is no header name; leave it out."
            )
        if not HEADER_VALUE.fullmatch(value):
            raise ValueError(f"The value of the header {name!r} holds more than one line of plain ASCII.")
    return Request(method=method, headers=lowered, content=content, follows=follows)
