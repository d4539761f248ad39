import resource
import socket
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haetae.common.outbound import Failure, Fetched, Limits, NetworkFailure, fetch

from .network import PUBLIC, Answer, Internet, plain, raw, serving

SHORT = Limits(total_s=0.6)
OK = b"HTTP/1.1 200 OK\r\n"


def drip(start: bytes, piece: bytes, *, every_s: float = 0.05) -> Answer:
    def answer(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        for _ in range(200):
            connection.sendall(piece)
            time.sleep(every_s)

    return answer


def flood(start: bytes, piece: bytes) -> Answer:
    def answer(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return answer


def failure_of(answer: Answer, *, limits: Limits = SHORT) -> NetworkFailure:
    with serving(answer) as server:
        with pytest.raises(NetworkFailure) as failure:
            fetch(server.url, allowed_origins=frozenset({server.origin}), limits=limits)
        assert len(server.requests) == 1
    assert failure.value.sent
    return failure.value


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        pytest.param(lambda connection, _: time.sleep(3), None, id="silence"),
        pytest.param(drip(b"", b"H"), None, id="status line"),
        pytest.param(drip(OK, b"X-A: b\r\n"), None, id="header"),
        pytest.param(drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), None, id="informational"),
        pytest.param(drip(OK + b"Content-Length: 500\r\n\r\n", b"x"), 200, id="body"),
        pytest.param(drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), 200, id="chunks"),
        pytest.param(drip(OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"a"), 200, id="chunk extension"),
        pytest.param(drip(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"a: b\r\n"), 200, id="trailer"),
        pytest.param(drip(OK + b"\r\n", b"x"), 200, id="until close"),
    ],
)
def test_a_slow_drip_ends_with_the_total_time(answer: Answer, status: int | None) -> None:
    started_at_s = time.monotonic()
    failure = failure_of(answer)
    assert failure.code == Failure.TIMEOUT
    assert failure.status == status
    assert 0.5 < time.monotonic() - started_at_s < 2


def test_a_server_that_stops_listening_cannot_hold_a_long_request() -> None:
    with serving(lambda connection, _: time.sleep(3)) as server, pytest.raises(NetworkFailure) as failure:
        fetch(
            server.url,
            allowed_origins=frozenset({server.origin}),
            method="PUT",
            content=b"x" * 30_000_000,
            limits=SHORT,
        )
    assert (failure.value.code, failure.value.sent) == (Failure.TIMEOUT, True)


def test_a_resolver_that_hangs_cannot_hold_the_fetch() -> None:
    def hanging(host: str, port: int) -> list[str]:
        time.sleep(2)
        return [PUBLIC]

    started_at_s = time.monotonic()
    with pytest.raises(NetworkFailure) as failure:
        fetch("http://example.com/", resolve=hanging, limits=SHORT)
    assert (failure.value.code, failure.value.sent) == (Failure.TIMEOUT, False)
    assert time.monotonic() - started_at_s < 1.5


def test_no_time_at_all_means_no_connection() -> None:
    with serving(plain()) as server:
        with pytest.raises(NetworkFailure) as failure:
            fetch(server.url, allowed_origins=frozenset({server.origin}), limits=Limits(total_s=0))
        assert server.requests == []
    assert (failure.value.code, failure.value.sent) == (Failure.TIMEOUT, False)


def test_slow_redirects_share_one_total_time() -> None:
    def answer(connection: socket.socket, _: bytes) -> None:
        time.sleep(0.25)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")

    with serving(answer) as server, pytest.raises(NetworkFailure) as failure:
        fetch(server.url, allowed_origins=frozenset({server.origin}), limits=SHORT)
    assert failure.value.code == Failure.TIMEOUT


MEBIBYTE = 1_048_576


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(
            flood(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65_536 + b"\r\n"),
            id="chunked",
        ),
        pytest.param(
            flood(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"e" * 9_000 + b"\r\nx\r\n"),
            id="framing",
        ),
        pytest.param(flood(OK + b"\r\n", b"x" * 65_536), id="until close"),
        pytest.param(flood(OK, b"X-A: " + b"a" * 50_000 + b"\r\n"), id="header"),
        pytest.param(flood(OK, b"X" * 65_536), id="one header line"),
        pytest.param(flood(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1_000), id="informational"),
        pytest.param(raw(OK + b"X-A: " + b"a" * 5_000_000 + b"\r\n\r\n"), id="header of five megabytes"),
        pytest.param(raw(OK + b"Content-Length: 999999999999\r\n\r\nx"), id="promised length"),
    ],
)
def test_an_endless_answer_is_cut_at_the_cap_and_costs_little_memory(answer: Answer) -> None:
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    failure = failure_of(answer, limits=Limits(total_s=10, body_bytes=2 * MEBIBYTE))
    assert failure.code == Failure.TOO_LARGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib < 64 * 1024


def test_a_body_of_exactly_the_cap_is_read_and_one_byte_more_is_not() -> None:
    limits = Limits(body_bytes=100_000)
    with serving(plain(b"x" * 100_000)) as server:
        assert (
            len(fetch(server.url, allowed_origins=frozenset({server.origin}), limits=limits).body) == 100_000
        )
    assert failure_of(plain(b"x" * 100_001), limits=limits).code == Failure.TOO_LARGE
    assert failure_of(raw(OK + b"\r\n", b"x" * 100_001), limits=limits).code == Failure.TOO_LARGE


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(raw(b"<html>pebbles</html>"), id="HTTP/0.9"),
        pytest.param(raw(b"SSH-2.0-OpenSSH_9.6\r\n"), id="another protocol"),
        pytest.param(raw(b"\x00\xff" * 50), id="noise"),
        pytest.param(raw(OK + b"Content-Length: 10\r\n\r\nfive!"), id="length too great"),
        pytest.param(raw(OK + b"Content-Length: -1\r\n\r\n"), id="negative length"),
        pytest.param(raw(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), id="two lengths"),
        pytest.param(raw(OK + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n"), id="length of 5,000 digits"),
        pytest.param(raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), id="bad chunk"),
        pytest.param(raw(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), id="coded transfer"),
        pytest.param(raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), id="another protocol offered"),
        pytest.param(raw(OK + b"Bad Name: x\r\n\r\n"), id="bad header"),
        pytest.param(raw(b"HTTP/1.1 200"), id="half a status line"),
    ],
)
def test_an_answer_that_is_not_proper_http_is_a_failure_and_no_crash(answer: Answer) -> None:
    assert failure_of(answer, limits=Limits(total_s=5)).code == Failure.PROTOCOL


def test_bytes_beyond_the_promised_length_are_not_taken_for_the_body() -> None:
    with serving(raw(OK + b"Content-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n\r\n")) as server:
        assert fetch(server.url, allowed_origins=frozenset({server.origin})).body == b"abc"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    noise=st.binary(max_size=200),
    start=st.sampled_from([b"", b"HTTP/1.1 ", OK, OK + b"Transfer-Encoding: chunked\r\n\r\n"]),
)
def test_whatever_a_server_says_the_fetch_ends_in_an_answer_or_a_failure(noise: bytes, start: bytes) -> None:
    with serving(raw(start + noise)) as server:
        try:
            outcome: object = fetch(
                server.url, allowed_origins=frozenset({server.origin}), limits=Limits(total_s=5)
            )
        except NetworkFailure as failure:
            outcome = failure
    assert isinstance(outcome, Fetched | NetworkFailure)


def test_many_threads_can_fetch_at_once() -> None:
    from concurrent.futures import ThreadPoolExecutor

    def echo(connection: socket.socket, request: bytes) -> None:
        plain(request.split(b" ")[1])(connection, request)

    with serving(echo) as server, ThreadPoolExecutor(8) as pool:
        internet = Internet(names={"example.com": [PUBLIC]}, ports={PUBLIC: server.port})
        paths = [f"/{number}" for number in range(40)]
        bodies = pool.map(
            lambda path: (
                fetch(f"http://example.com{path}", resolve=internet.resolve, dial=internet.dial).body
            ),
            paths,
        )
        assert [body.decode() for body in bodies] == paths
