import socket
from collections.abc import Callable

import pytest

from haetae.common.outbound import Fetched, NetworkFailure, Origin, RefusedByRule, fetch

from .network import OTHER_PUBLIC, PUBLIC, Internet, Server, plain, redirect, serving

Follow = Callable[..., Fetched]


def fetch_through(first: Server, *, second: Server | None = None, **more) -> tuple[Fetched, Internet]:
    internet = Internet(
        names={"first.example": [PUBLIC], "second.example": [OTHER_PUBLIC], "inside.example": ["10.0.0.1"]},
        ports={PUBLIC: first.port} | ({OTHER_PUBLIC: second.port} if second else {}),
    )
    return fetch("http://first.example/start", resolve=internet.resolve, dial=internet.dial, **more), internet


@pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1/", "redirect_address"),
        ("//127.0.0.1/", "redirect_address"),
        ("http://[::1]/", "redirect_address"),
        ("http://2130706433/", "redirect_notation"),
        ("http://localhost/", "redirect_local_name"),
        ("http://inside.example/", "redirect_address"),
        ("http://second.example:22/", "redirect_port"),
        ("http://user@second.example/", "redirect_userinfo"),
        ("ftp://second.example/", "redirect_scheme"),
        ("file:///etc/passwd", "redirect_scheme"),
        ("data:,x", "redirect_scheme"),
        ("http:second.example", "redirect_scheme"),
        ("http://second.example\\@127.0.0.1/", "redirect_characters"),
        ("/a\tb", "redirect_characters"),
        ("/" + "a" * 3_000, "redirect_too_long"),
        ("http://second.example/\r\nLocation: http://127.0.0.1/", "redirect_unclear"),
    ],
)
def test_a_redirect_is_judged_by_the_rule_of_the_first_address(status: str, location: str, code: str) -> None:
    with serving(redirect(location, status=status)) as first, serving(plain()) as second:
        with pytest.raises(RefusedByRule) as refusal:
            fetch_through(first, second=second)
        assert len(first.requests) == 1
        assert second.requests == []
    assert refusal.value.code == code
    assert "first.example" in refusal.value.words


@pytest.mark.parametrize(
    ("location", "arrived"),
    [
        ("http://second.example/a", "http://second.example/a"),
        ("//second.example/a?b", "http://second.example/a?b"),
        ("http://second.example/가", "http://second.example/%EA%B0%80"),
    ],
)
def test_a_redirect_to_another_public_address_is_followed(location: str, arrived: str) -> None:
    with serving(redirect(location)) as first, serving(plain(b"there")) as second:
        fetched, internet = fetch_through(first, second=second)
    assert (fetched.url, fetched.body, fetched.peer) == (arrived, b"there", OTHER_PUBLIC)
    assert [hop.status for hop in fetched.hops] == [302, 200]
    assert internet.asked == ["first.example", "second.example"]


@pytest.mark.parametrize(
    ("location", "path"), [("/x", "/x"), ("x", "/x"), ("?q", "/start?q"), ("../x", "/x"), ("#z", "/start")]
)
def test_a_relative_redirect_stays_with_its_host(location: str, path: str) -> None:
    def answer(connection: socket.socket, request: bytes) -> None:
        already = len(server.requests) > 1
        (plain() if already else redirect(location))(connection, request)

    with serving(answer) as server:
        fetched, _ = fetch_through(server)
    assert fetched.url == f"http://first.example{path}"


def test_a_redirect_loop_ends_after_three_redirects() -> None:
    with serving(redirect("/start")) as first:
        with pytest.raises(RefusedByRule) as refusal:
            fetch_through(first)
        assert len(first.requests) == 4
    assert refusal.value.code == "redirect_too_many"


def test_a_redirect_is_only_told_where_following_is_off() -> None:
    with serving(redirect("http://127.0.0.1/")) as first:
        fetched, _ = fetch_through(first, follow_redirects=False)
    assert (fetched.status, fetched.headers["location"]) == (302, "http://127.0.0.1/")


def test_a_redirect_without_an_address_is_an_answer_like_any_other() -> None:
    with (
        serving(plain(b"choose", status="300 Many")) as many,
        serving(plain(b"lost", status="302 Found")) as lost,
    ):
        assert fetch_through(many)[0].body == b"choose"
        assert fetch_through(lost)[0].body == b"lost"


def test_credentials_stay_with_their_origin() -> None:
    headers = {"Authorization": "Bearer a", "X-Api-Key": "b", "Accept-Language": "ko"}
    with serving(redirect("http://second.example/")) as first, serving(plain()) as second:
        fetch_through(first, second=second, headers=headers)
    assert b"authorization: Bearer a" in first.requests[0]
    assert b"accept-language: ko" in second.requests[0]
    assert b"authorization" not in second.requests[0]
    assert b"x-api-key" not in second.requests[0]


def test_a_public_page_cannot_send_us_into_a_registered_origin() -> None:
    with serving(plain(b"inside")) as board, serving(redirect(board.url)) as first:
        with pytest.raises(RefusedByRule) as refusal:
            fetch_through(first, allowed_origins=frozenset({board.origin}))
        assert board.requests == []
    assert refusal.value.code == "redirect_port"


def test_a_name_that_turns_inside_between_two_hops_of_its_own_is_refused() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with serving(redirect("/again")) as first:
        internet = Internet(names={}, ports={PUBLIC: first.port})
        with pytest.raises(RefusedByRule) as refusal:
            fetch("http://first.example/", resolve=lambda *_: next(answers), dial=internet.dial)
        assert len(first.requests) == 1
    assert refusal.value.code == "redirect_address"
    assert internet.dialled == [(PUBLIC, 80)]


def test_a_registered_origin_may_redirect_within_itself_but_not_to_another_one() -> None:
    with serving(plain(b"other")) as other:

        def answer(connection: socket.socket, request: bytes) -> None:
            wanted = "/here" if b"GET /within" in request else other.url
            (plain(b"here") if b"GET /here" in request else redirect(wanted))(connection, request)

        with serving(answer) as board:
            allowed: frozenset[Origin] = frozenset({board.origin, other.origin})
            assert fetch(board.url + "within", allowed_origins=allowed).body == b"here"
            with pytest.raises(RefusedByRule):
                fetch(board.url + "away", allowed_origins=allowed)
        assert other.requests == []


def test_a_failure_after_a_redirect_does_not_report_the_status_of_the_redirect() -> None:
    with serving(redirect("http://gone.example/")) as first, pytest.raises(NetworkFailure) as failure:
        fetch_through(first)
    assert (failure.value.code, failure.value.status, failure.value.sent) == ("dns", None, True)
