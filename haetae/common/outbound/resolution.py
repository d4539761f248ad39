"""From a name to addresses: asked once, all of them judged, never asked again for the same hop."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread

from .address import IPAddress, why_not_public
from .errors import Failure, NetworkFailure, Rule
from .journey import Journey
from .target import Target, refuse_if

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port in, addresses as text out, each once. OSError where the name cannot be resolved."""


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Ask the machine's own resolver for both families."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers))


def addresses_of(target: Target, *, resolve: Resolve, journey: Journey) -> tuple[IPAddress, ...]:
    """Give the addresses that may be connected to.

    One bad address among good ones refuses the whole answer: an honest name does not point inside as well
    as outside. Raises RefusedByRule or NetworkFailure (`dns`, `timeout`).
    """
    if target.ip is not None:
        return (target.ip,)  # a literal was judged when it was read
    addresses = _ask(target, resolve=resolve, journey=journey)
    if not target.registered:
        for address in addresses:
            reason = why_not_public(address)
            refuse_if(Rule.ADDRESS, reason and f"{target.host} resolves to {address}, and {reason}")
    return addresses


def _ask(target: Target, *, resolve: Resolve, journey: Journey) -> tuple[IPAddress, ...]:
    try:
        addresses = tuple(ip_address(answer) for answer in _within_time(target, resolve, journey))
    except (OSError, ValueError) as error:
        raise _unresolved(target, journey) from error
    if not addresses:
        raise _unresolved(target, journey)
    return addresses


def _unresolved(target: Target, journey: Journey) -> NetworkFailure:
    return journey.failure(Failure.DNS, f"The name {target.host} cannot be resolved.")


def _within_time(target: Target, resolve: Resolve, journey: Journey) -> Sequence[str]:
    """Resolve on a thread of its own: the system's resolver knows no deadline and cannot be interrupted.

    A resolver that hangs keeps its daemon thread until the system gives up; the caller does not wait for it.
    """
    outcome: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            outcome.put(resolve(target.host, target.port))
        except Exception as error:  # carried to the caller's thread and raised there
            outcome.put(error)

    Thread(target=ask, daemon=True, name="resolve").start()
    try:
        answer = outcome.get(timeout=journey.left_s())
    except Empty:
        raise journey.out_of_time() from None
    if isinstance(answer, Exception):
        raise answer
    return answer
