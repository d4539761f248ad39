import pickle
import socket
from collections.abc import Callable

import pytest

from haetae.common.outbound import Failure, Limits, NetworkFailure, RefusedByRule, check, fetch

from .network import OTHER_PUBLIC, PUBLIC, Answer, Internet, plain, raw, redirect, serving

NO_NAMES: Callable[[str, int], list[str]] = lambda host, port: pytest.fail(f"{host} was resolved")  # noqa: E731


def never_dial(address: str, port: int, timeout_s: float) -> socket.socket:
    return pytest.fail(f"{address} was dialled")


def test_a_registered_origin_on_loopback_is_reached_and_the_answer_is_whole() -> None:
    with serving(plain(b"pebbles", headers="X-A: 1\r\nX-A: 2\r\nContent-Type: text/plain\r\n")) as board:
        fetched = fetch(board.url + "p?q=1#z", allowed_origins=frozenset({board.origin}), resolve=NO_NAMES)
    assert (fetched.status, fetched.body, fetched.peer) == (200, b"pebbles", "127.0.0.1")
    assert fetched.headers["x-a"] == "1, 2"
    assert [hop.url for hop in fetched.hops] == [board.url + "p?q=1"]
    assert fetched.duration_s > 0
    assert board.requests[0].startswith(b"GET /p?q=1 HTTP/1.1\r\n")
    assert b"accept-encoding: identity\r\n" in board.requests[0].lower()


def test_loopback_is_refused_without_a_connection_when_nobody_registered_it() -> None:
    with serving(plain()) as board:
        with pytest.raises(RefusedByRule):
            fetch(board.url)
        with pytest.raises(RefusedByRule, match="loopback"):
            fetch("http://127.0.0.1/", dial=never_dial)
    assert board.requests == []


def test_a_public_name_is_resolved_once_and_reached_at_the_address_it_resolved_to() -> None:
    with serving(plain()) as server:
        internet = Internet(names={"example.com": [PUBLIC]}, ports={PUBLIC: server.port})
        fetched = fetch("http://example.com/", resolve=internet.resolve, dial=internet.dial)
    assert fetched.peer == PUBLIC
    assert internet.asked == ["example.com"]
    assert internet.dialled == [(PUBLIC, 80)]
    assert b"host: example.com\r\n" in server.requests[0].lower()


@pytest.mark.parametrize(
    "answers",
    [
        [PUBLIC, "10.0.0.1"],
        ["127.0.0.1", PUBLIC],
        ["::1"],
        ["fd00::1"],
        [PUBLIC, "::ffff:127.0.0.1"],
        ["fe80::1%lo"],
    ],
)
def test_one_bad_address_in_the_answer_refuses_the_name(answers: list[str]) -> None:
    internet = Internet(names={"mixed.example": answers}, ports={})
    with pytest.raises(RefusedByRule) as refusal:
        fetch("http://mixed.example/", resolve=internet.resolve, dial=internet.dial)
    assert refusal.value.code == "address"
    assert internet.dialled == []


def test_a_name_that_changes_its_answer_is_asked_only_once_for_each_hop() -> None:
    answers = iter([[PUBLIC], [OTHER_PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return next(answers)

    with serving(redirect("/next")) as first, serving(plain()) as second:
        internet = Internet(names={}, ports={PUBLIC: first.port, OTHER_PUBLIC: second.port})
        fetched = fetch("http://rebind.example/", resolve=rebinding, dial=internet.dial)
    assert len(asked) == len(fetched.hops) == 2
    assert [hop.peer for hop in fetched.hops] == [PUBLIC, OTHER_PUBLIC]


def test_a_second_address_serves_when_the_first_does_not_answer() -> None:
    with serving(plain()) as server:
        internet = Internet(names={"example.com": [OTHER_PUBLIC, PUBLIC]}, ports={PUBLIC: server.port})
        assert fetch("http://example.com/", resolve=internet.resolve, dial=internet.dial).peer == PUBLIC


def test_a_connection_that_ends_elsewhere_than_it_was_sent_is_closed_unused() -> None:
    with serving(plain()) as server, pytest.raises(NetworkFailure, match=r"ended at 127\.0\.0\.1") as failure:
        fetch(
            "http://example.com/",
            resolve=lambda host, port: [PUBLIC],
            dial=lambda address, port, timeout_s: socket.create_connection(
                ("127.0.0.1", server.port), timeout_s
            ),
        )
    assert failure.value.code == Failure.CONNECT
    assert not failure.value.sent
    assert server.requests in ([], [b""])


@pytest.mark.parametrize("answers", [[], ["no address"], None])
def test_a_name_without_a_usable_answer_is_a_failure_of_the_network(answers: list[str] | None) -> None:
    internet = Internet(names={} if answers is None else {"gone.example": answers}, ports={})
    with pytest.raises(NetworkFailure, match="cannot be resolved") as failure:
        fetch("http://gone.example/", resolve=internet.resolve, dial=internet.dial)
    assert failure.value.code == Failure.DNS
    assert not failure.value.sent


def test_a_refused_connection_is_told_apart_from_a_broken_answer() -> None:
    with serving(plain()) as server:
        closed = server.origin
    with pytest.raises(NetworkFailure) as failure:
        fetch(f"{closed}/", allowed_origins=frozenset({closed}))
    assert (failure.value.code, failure.value.sent) == (Failure.CONNECT, False)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "gzip, gzip", "identity, gzip", "x-unheard-of"])
def test_an_encoded_answer_is_refused_unread_but_its_status_is_told(encoding: str) -> None:
    bomb = plain(
        b"\x1f\x8b" + b"\0" * 1_000_000, status="404 Gone away", headers=f"Content-Encoding: {encoding}\r\n"
    )
    with serving(bomb) as server, pytest.raises(NetworkFailure) as failure:
        fetch(server.url, allowed_origins=frozenset({server.origin}))
    assert (failure.value.code, failure.value.status, failure.value.sent) == (Failure.ENCODED, 404, True)


def test_a_cookie_is_neither_kept_nor_sent_again() -> None:
    def answer(connection: socket.socket, request: bytes) -> None:
        reply: Answer = (
            plain() if b"GET /in" in request else redirect("/in", headers="Set-Cookie: a=b; Path=/\r\n")
        )
        reply(connection, request)

    with serving(answer) as server:
        fetched = fetch(server.url, allowed_origins=frozenset({server.origin}))
    assert fetched.status == 200
    assert len(server.requests) == 2
    assert all(b"cookie" not in request.lower() for request in server.requests)


def test_proxies_and_netrc_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with (
        serving(plain(b"proxy")) as proxy,
        serving(plain(status="401 Who", headers="WWW-Authenticate: Basic\r\n")) as server,
    ):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        fetched = fetch(server.url, allowed_origins=frozenset({server.origin}))
    assert fetched.status == 401
    assert proxy.requests == []
    assert len(server.requests) == 1
    assert b"authorization" not in server.requests[0].lower()


def test_a_post_carries_its_body_and_gets_the_redirect_itself_as_its_answer() -> None:
    with serving(redirect("http://127.0.0.1/", status="307 Over there")) as server:
        fetched = fetch(
            server.url,
            allowed_origins=frozenset({server.origin}),
            method="POST",
            headers={"Idempotency-Key": "k1", "Content-Type": "text/plain"},
            content=b"please",
        )
    assert fetched.status == 307
    assert server.requests[0].endswith(b"\r\n\r\nplease")
    assert b"idempotency-key: k1\r\n" in server.requests[0]
    assert b"content-length: 6\r\n" in server.requests[0]


def test_a_long_body_arrives_whole() -> None:
    with serving(plain()) as server:
        fetch(server.url, allowed_origins=frozenset({server.origin}), method="PUT", content=b"x" * 900_000)
    assert server.requests[0].endswith(b"\r\n\r\n" + b"x" * 900_000)


def test_a_lost_reply_says_that_the_request_may_have_arrived() -> None:
    with serving(raw(b"")) as server, pytest.raises(NetworkFailure) as failure:
        fetch(server.url, allowed_origins=frozenset({server.origin}), method="DELETE")
    assert (failure.value.code, failure.value.sent, failure.value.status) == (Failure.PROTOCOL, True, None)


def test_a_head_request_has_no_body_whatever_the_header_promises() -> None:
    with serving(
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nContent-Encoding: gzip\r\n\r\n")
    ) as server:
        assert fetch(server.url, allowed_origins=frozenset({server.origin}), method="HEAD").body == b""


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("TRACE", {}),
        ("get", {}),
        ("GET", {"Host": "inside"}),
        ("GET", {"Transfer-Encoding": "chunked"}),
        ("GET", {"X-A": "1\r\nX-B: 2"}),
        ("GET", {"X A": "1"}),
    ],
)
def test_a_request_that_cannot_be_worded_is_our_own_mistake(method: str, headers: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"header|method"):
        fetch("http://example.com/", method=method, headers=headers, resolve=NO_NAMES)


def test_a_check_judges_every_address_and_connects_to_nothing() -> None:
    internet = Internet(names={"a.example": [PUBLIC], "b.example": [PUBLIC, "10.0.0.1"]}, ports={})
    assert [str(ip) for ip in check("http://a.example/", resolve=internet.resolve).addresses or ()] == [
        PUBLIC
    ]
    with pytest.raises(RefusedByRule, match=r"10\.0\.0\.1"):
        check("http://b.example/", resolve=internet.resolve)
    assert check("http://c.example/", resolve=internet.resolve).addresses is None
    assert [str(ip) for ip in check(f"http://{PUBLIC}/", resolve=NO_NAMES).addresses or ()] == [PUBLIC]


def test_failures_keep_what_they_know_when_they_travel_between_processes() -> None:
    failure = pickle.loads(pickle.dumps(NetworkFailure(Failure.DNS, "No name.", sent=True, status=404)))
    assert (failure.code, str(failure), failure.sent, failure.status) == (Failure.DNS, "No name.", True, 404)
    assert pickle.loads(pickle.dumps(RefusedByRule("port", "No port."))).words == "No port."


def test_limits_are_sound_by_default() -> None:
    assert Limits() == Limits(
        total_s=20.0, connect_s=5.0, head_bytes=65_536, body_bytes=20_971_520, redirects=3
    )
