"""One request to one target over one fresh connection, and the whole bounded answer."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import httpcore
import httpx

from .address import IPAddress
from .errors import Failure
from .journey import Journey
from .resolution import Resolve
from .target import Target
from .wire import READ_BYTES, Dial, PinnedBackend

REDIRECTS = frozenset({301, 302, 303, 307, 308})
FRAMING = 2  # chunked framing may cost as much again as the body before we call it an abuse


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, without where. Header names are lower-case.

    `follows`: redirects will be followed, so their bodies are not read. `into` takes the body of a 200.
    """

    method: str
    headers: Mapping[str, str]
    content: bytes | None
    follows: bool
    https_only: bool = False
    into: Callable[[bytes], None] | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """How names are asked, connections made and certificates judged; `tls` None means the public roots."""

    resolve: Resolve
    dial: Dial
    tls: ssl.SSLContext | None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. Header names are lower-case, repeated ones joined by a comma; `locations` stay apart.

    `sent` are the headers with which we asked, ours included.
    """

    status: int
    headers: Mapping[str, str]
    locations: tuple[bytes, ...]
    body: bytes
    peer: str
    sent: Mapping[str, str]


def exchange(
    *,
    target: Target,
    request: Request,
    addresses: tuple[IPAddress, ...],
    journey: Journey,
    network: Network,
) -> Reply:
    """Send the request and read the answer within the journey's limits; NetworkFailure tells why not."""
    journey.may_read_bytes = journey.limits.head_bytes + READ_BYTES
    backend = PinnedBackend(addresses=addresses, journey=journey, dial=network.dial)
    connection = httpcore.HTTPConnection(
        origin=httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
        ssl_context=_context(target, network.tls),
        network_backend=backend,
    )
    try:
        asked = _wire_request(target, request)
        response = connection.handle_request(asked)
        head = _head_of(response, journey=journey)
        skipped = request.follows and response.status in REDIRECTS and "location" in head
        body = b"" if skipped else _body_of(response, head=head, request=request, journey=journey)
    except (httpcore.ProtocolError, httpcore.NetworkError) as error:
        raise journey.failure(
            Failure.PROTOCOL, f"The answer of {target.host} is not proper HTTP: {error}."
        ) from error
    finally:
        connection.close()
    journey.status = None  # the next hop has not answered yet
    locations = tuple(value for name, value in response.headers if name.lower() == b"location")
    sent = {name.decode(): value.decode() for name, value in asked.headers}
    return Reply(
        status=response.status, headers=head, locations=locations, body=body, peer=backend.peer, sent=sent
    )


def _context(target: Target, tls: ssl.SSLContext | None) -> ssl.SSLContext | None:
    """The trusted roots come with certifi; no variable of the environment adds to them or replaces them."""
    if target.scheme == "http":
        return None
    return tls or _usual_roots()


@cache
def _usual_roots() -> ssl.SSLContext:
    """Read once in a process: it takes as long as many an answer. They change only with what is installed."""
    return httpx.create_ssl_context(trust_env=False)


def _wire_request(target: Target, request: Request) -> httpcore.Request:
    """Give the parts to the HTTP layer as parts: it has no URL to read, and so none to read differently."""
    own = {"host": target.origin.authority, "connection": "close", "accept-encoding": "identity"}
    if request.content is not None or request.method in {"POST", "PUT", "PATCH"}:
        own["content-length"] = str(len(request.content or b""))
    headers = {"user-agent": "haetae", "accept": "*/*"} | dict(request.headers) | own
    return httpcore.Request(
        method=request.method.encode(),
        url=httpcore.URL(
            scheme=target.scheme.encode(),
            host=target.host.encode(),
            port=target.port,
            target=target.path_and_query.encode(),
        ),
        headers=[(name.encode(), value.encode()) for name, value in headers.items()],
        content=request.content or b"",
    )


def _head_of(response: httpcore.Response, *, journey: Journey) -> Mapping[str, str]:
    if response.status < 200:
        raise journey.failure(
            Failure.PROTOCOL, "The server wants to change the protocol, which was not asked for."
        )
    journey.status = response.status
    joined: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        # RFC 9110, 5.3: lines of one name are one list with commas, except Set-Cookie, whose dates hold commas.
        between = "\n" if name == "set-cookie" else ", "
        joined[name] = f"{joined[name]}{between}{value}" if name in joined else value
    return MappingProxyType(joined)


def _body_of(
    response: httpcore.Response, *, head: Mapping[str, str], request: Request, journey: Journey
) -> bytes:
    """Read the body up to the cap. Compressed bodies are refused: a megabyte may unfold to gigabytes."""
    if request.method == "HEAD":
        return b""
    encoding = head.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity"}:
        raise journey.failure(
            Failure.ENCODED, f"The answer is encoded as {encoding!r} although we asked for none."
        )
    most = journey.limits.body_bytes
    length = head.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise _too_large(journey)
    journey.may_read_bytes += FRAMING * most
    body = bytearray()  # one growing buffer: a list of one-byte chunks would cost forty times the body
    keep = request.into if request.into is not None and response.status == 200 else body.extend
    size_bytes = 0
    for chunk in response.iter_stream():
        size_bytes += len(chunk)
        if size_bytes > most:
            raise _too_large(journey)
        keep(chunk)
        journey.left_s()
    return bytes(body)


def _too_large(journey: Journey) -> Exception:
    return journey.failure(
        Failure.TOO_LARGE, f"The body is larger than the {journey.limits.body_bytes} bytes that we read."
    )
