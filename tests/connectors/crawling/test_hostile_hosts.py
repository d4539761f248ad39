"""Whatever one host does, it costs bounded time and memory and is recorded by its code, and the rest goes on."""

import gzip
import resource
import socket
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from haetae.common.outbound import door, resolution
from haetae.connectors.crawling import handler
from haetae.connectors.crawling.base import Link, PlaceKind, Politeness

from .hosts import Answer, Host, drip, flood, host, hosts, led_to, origins, page
from .remembering import HURRY, crawled, visit

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PICTURE = "<img src=/a.png>"


@pytest.fixture(autouse=True)
def _little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handler, "LIMITS", replace(handler.LIMITS, total_s=2.0, body_bytes=2_000_000))


@pytest.fixture
def good() -> Iterator[Host]:
    """A host beside the bad one, which must be seen all the same."""
    with host({"/": page(PICTURE)}) as made:
        yield made


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param(lambda connection: time.sleep(3), "network_timeout", id="silence"),
        pytest.param(drip(OK, b"X-A: b\r\n"), "network_timeout", id="drip of headers"),
        pytest.param(
            drip(OK + b"Content-Length: 9000\r\n\r\n", b"x"), "network_timeout", id="drip of a body"
        ),
        pytest.param(
            flood(OK, b"X-Stone: " + b"a" * 1_000 + b"\r\n"), "network_too_large", id="flood of headers"
        ),
        pytest.param(lambda connection: connection.close(), "network_protocol", id="hangs up"),
        pytest.param(
            lambda connection: connection.sendall(b"\x00\xff" * 99), "network_protocol", id="no HTTP"
        ),
        pytest.param(
            page(gzip.compress(b"a" * 50_000_000), headers="Content-Encoding: gzip\r\n"),
            "network_encoded",
            id="gzip bomb",
        ),
        pytest.param(led_to("/loop"), "too_many_hops", id="endless redirects"),
        pytest.param(led_to("http://127.0.0.1/"), "refused_redirect_address", id="to loopback"),
        pytest.param(
            led_to("http://169.254.169.254/latest"), "refused_redirect_address", id="to a cloud's metadata"
        ),
        pytest.param(led_to("http://[::1]/"), "refused_redirect_address", id="to loopback by IPv6"),
        pytest.param(led_to("http://127.1/"), "refused_redirect_notation", id="to loopback in short"),
        pytest.param(led_to("file:///etc/hosts"), "refused_redirect_scheme", id="to a file"),
        pytest.param(led_to("gopher://board.example/"), "refused_redirect_scheme", id="to an old scheme"),
        pytest.param(led_to("http://a@board.example/"), "refused_redirect_userinfo", id="with a name"),
        pytest.param(page("a" * 3_000_000), "network_too_large", id="says that it is too long"),
        pytest.param(page(status="500 Oops"), "http_500", id="broken"),
        pytest.param(page(status="401 No"), "http_401", id="asks who we are"),
        pytest.param(page(status="304 Same"), "", id="nothing new"),
        pytest.param(page("<div>" * 150_000), "unreadable_costly_page", id="a page made to cost"),
    ],
)
def test_it_is_bounded_and_recorded_and_the_rest_goes_on(answer: Answer, why: str, good: Host) -> None:
    started_at_s = time.monotonic()
    with host({"/": answer, "/robots.txt": page(status="404 None")}) as bad:
        frontier, totals = crawled(
            visit(bad.url + "/here"), visit(good.url + "/there"), origins=origins(bad, good)
        )
    assert frontier.seen[good.url + "/there"].pictures
    if why:
        assert frontier.lost[bad.url + "/here"].why == why
        assert totals.by_reason == {why: 1}
    else:
        assert frontier.seen[bad.url + "/here"].unchanged
    assert time.monotonic() - started_at_s < 25


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(flood(OK + b"\r\n", b"<p>pebble</p>" * 500), id="until the end of time"),
        pytest.param(
            flood(
                OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"<p>abcdefghi" * 341 + b"    \r\n"
            ),
            id="endless chunks",
        ),
    ],
)
def test_of_more_than_a_page_may_hold_the_beginning_is_read(answer: Answer, good: Host) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with host({"/": answer, "/robots.txt": page(status="404 None")}) as bad:
        frontier, _ = crawled(visit(bad.url + "/"), visit(good.url + "/"), origins=origins(bad, good))
    assert frontier.seen[bad.url + "/"].cut_short
    assert not frontier.seen[good.url + "/"].cut_short
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64_000


def test_a_redirect_from_one_registered_host_to_another_is_not_followed(good: Host) -> None:
    with host({"/": led_to(good.url + "/"), "/robots.txt": page(status="404 None")}) as bad:
        frontier, _ = crawled(visit(bad.url + "/"), origins=origins(bad, good))
    assert frontier.lost[bad.url + "/"].why == "refused_redirect_port"
    assert good.asked == []


def test_what_nobody_registered_is_never_asked_neither_for_pages_nor_for_rules() -> None:
    with hosts({"/": page(PICTURE)}, {"/": page(PICTURE)}) as (good, canary):
        markup = f'<img src="{canary.url}/a.png"><a href="{canary.url}/p">x</a><iframe src="{canary.url}/f"></iframe>'
        with host(
            {
                "/": page(markup),
                "/moved": led_to(canary.url + "/m"),
                "/robots.txt": led_to(canary.url + "/robots.txt"),
            }
        ) as bad:
            visits = [
                visit(one) for one in (bad.url + "/", bad.url + "/moved", canary.url + "/", good.url + "/")
            ]
            frontier, _ = crawled(*visits, origins=origins(bad, good))
    assert canary.asked == []
    assert frontier.lost[canary.url + "/"].why == "refused_port"
    assert good.url + "/" in frontier.seen


def test_a_name_that_hangs_or_is_nobodys_costs_its_time_and_no_more(
    good: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(name: str, port: int) -> list[str]:
        if name == "slow.example":
            time.sleep(5)
        raise socket.gaierror("unknown")

    monkeypatch.setattr(door.fetch, "__kwdefaults__", {**door.fetch.__kwdefaults__, "resolve": ask})
    assert resolution.system_resolve is not ask
    started_at_s = time.monotonic()
    frontier, _ = crawled(
        visit("http://slow.example/"),
        visit("http://nobody.example/"),
        visit(good.url + "/"),
        origins=origins(good),
    )
    assert frontier.lost["http://slow.example/"].why == "robots_unreachable"
    assert frontier.lost["http://nobody.example/"].why == "network_dns"
    assert good.url + "/" in frontier.seen
    assert time.monotonic() - started_at_s < 10


def test_a_calendar_that_never_ends_is_as_deep_as_its_list_says(good: Host) -> None:
    def day(connection: socket.socket) -> None:
        page(f"<a href=/day/{time.monotonic_ns()}>tomorrow</a>{PICTURE}")(connection)

    with host({"/day": day, "/robots.txt": page(status="404 None")}) as calendar:
        todo, visited = [visit(calendar.url + "/day/1", follow_depth=5)], 0
        while todo:
            frontier, _ = crawled(*todo, origins=origins(calendar))
            visited += len(frontier.seen)
            todo = [
                visit(link.url, depth=one.depth + 1, follow_depth=5)
                for one in todo
                for link in frontier.seen[one.url].links
            ]
    assert visited == 6


def test_links_lead_to_the_hosts_of_the_list_alone(good: Host) -> None:
    with host(
        {"/": page(f"<a href=/b>b</a><a href={good.url}/c>c</a><a href=https://far.example/d>d</a>")}
    ) as board:
        here = visit(board.url + "/", follow_depth=1)
        frontier, _ = crawled(here, origins=origins(board))
        assert frontier.seen[here.url].links == (Link(url=board.url + "/b", kind=PlaceKind.PAGE),)
        both = replace(here, hosts=frozenset({good.address}))
        frontier, _ = crawled(both, origins=origins(board))
        assert [one.url for one in frontier.seen[here.url].links] == [board.url + "/b", good.url + "/c"]


def test_a_link_that_is_led_out_of_its_list_is_not_followed_and_a_place_that_moved_is() -> None:
    moved = {"/": led_to("http://outside.example/"), "/robots.txt": page(status="404 None")}
    with host(moved) as board:
        below = visit(board.url + "/x", depth=1, follow_depth=2)
        frontier, _ = crawled(below, origins=origins(board))
        assert frontier.lost[below.url].why == "outside"


@pytest.mark.parametrize(
    "room",
    [
        "https://t.me/+AbCdEfGh",
        "https://t.me/%6Aoinchat/AbCd",
        "https://web.telegram.org/k/",
        "https://T.ME:443/joinchat/A",
    ],
)
def test_a_public_place_that_leads_on_into_a_private_room_leads_nowhere(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def ask(name: str, port: int) -> list[str]:
        names.append(name)
        raise socket.gaierror("unknown")

    monkeypatch.setattr(door.fetch, "__kwdefaults__", {**door.fetch.__kwdefaults__, "resolve": ask})
    with host({"/": led_to(room), "/robots.txt": page(status="404 None")}) as board:
        here = visit(board.url + "/")
        frontier, _ = crawled(here, origins=origins(board))
    assert frontier.lost[here.url].why == "private"
    assert names == []


def test_fifty_bad_hosts_do_not_keep_a_good_one_waiting(good: Host) -> None:
    bad = {"/": drip(OK, b"X-A: b\r\n"), "/robots.txt": page(status="404 None")}
    with hosts(*[bad] * 20) as many:
        visits = [visit(f"{one.url}/{number}") for one in many for number in range(3)]
        started_at_s = time.monotonic()
        frontier, _ = crawled(
            *visits,
            visit(good.url + "/"),
            origins=origins(good, *many),
            politeness=Politeness(pause_s=0, at_once=24),
        )
    assert good.url + "/" in frontier.seen
    assert {missed.why for missed in frontier.lost.values()} == {"network_timeout"}
    assert time.monotonic() - started_at_s < 15


def test_a_feed_that_wants_a_file_of_ours_gets_none(good: Host) -> None:
    feed = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><item><title>&x;</title></item></rss>'
    )
    with host({"/": page(feed), "/robots.txt": page(status="404 None")}) as bad:
        place = visit(bad.url + "/feed", kind=PlaceKind.FEED)
        frontier, _ = crawled(place, visit(good.url + "/"), origins=origins(bad, good), politeness=HURRY)
    assert frontier.lost[place.url].why == "unreadable_bad_feed"
    assert good.url + "/" in frontier.seen
