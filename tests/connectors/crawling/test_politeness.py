"""How we behave towards hosts: their rules, their pauses, their no."""

import re
from typing import Any

import pytest
from django.conf import settings

from haetae.connectors.crawling import robots
from haetae.connectors.crawling.base import Missed, Politeness
from haetae.connectors.crawling.turns import BAN_S, MOST_HOSTS, MOST_RESTING, Turns

from .hosts import host, hosts, origins, page
from .remembering import crawled, visit

PICTURE = page("<img src=/a.png>")
NO_RULES = page(status="404 None")
BUSY = Politeness(pause_s=0.0, at_once=8, longest_pause_s=0.2)


def board(robots_txt: str = "", **paths: Any) -> dict[str, Any]:
    return {"/": PICTURE, "/robots.txt": page(robots_txt)} | paths


def test_rules_are_asked_for_once_and_obeyed() -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: haetae\nDisallow: /closed\nAllow: /closed/door\n"
    with host(board(rules)) as one:
        urls = [one.url + path for path in ("/a", "/b", "/closed/room", "/closed/door")]
        frontier, _ = crawled(*[visit(url) for url in urls], origins=origins(one))
    assert frontier.lost == {urls[2]: Missed(why="robots", retry_after_s=86_400)}
    assert one.asked == ["/robots.txt", "/a", "/b", "/closed/door"]


def test_a_rule_made_to_cost_costs_nothing() -> None:
    rules = "User-agent: *\nDisallow: /" + "*a" * 400 + "$\n" + "Disallow: /x*y*z*\n" * 5_000
    with host(board(rules)) as one:
        frontier, _ = crawled(visit(one.url + "/" + "a" * 1_900 + "b"), origins=origins(one))
    assert len(frontier.seen) == 1


@pytest.mark.parametrize("status", ["403 No", "404 None", "410 Gone"])
def test_a_host_that_has_no_rules_for_us_may_be_visited(status: str) -> None:
    with host({"/": PICTURE, "/robots.txt": page("User-agent: *\nDisallow: /", status=status)}) as one:
        frontier, _ = crawled(visit(one.url + "/"), origins=origins(one))
    assert len(frontier.seen) == 1


@pytest.mark.parametrize(
    "answer", [page(status="500 Oops"), page(status="429 Wait"), lambda connection: None]
)
def test_a_host_whose_rules_cannot_be_known_is_not_visited(answer: Any) -> None:
    with host({"/": PICTURE, "/robots.txt": answer}) as one:
        visits = [visit(f"{one.url}/{number}") for number in range(3)]
        frontier, _ = crawled(*visits, origins=origins(one))
    assert set(one.asked) == {"/robots.txt"}
    assert [missed.why for missed in frontier.lost.values()] == ["robots_unreachable"]
    assert [url for url, _ in frontier.put_off] == [one.url for one in visits[1:]]


def test_rules_that_have_moved_are_followed_to_where_they_are() -> None:
    paths = {"/": PICTURE, "/robots.txt": page(status="301 Moved", headers="Location: /rules\r\n")}
    with host(paths | {"/rules": page("User-agent: *\nDisallow: /a")}) as one:
        frontier, _ = crawled(visit(one.url + "/a"), visit(one.url + "/b"), origins=origins(one))
    assert (list(frontier.lost), list(frontier.seen)) == ([one.url + "/a"], [one.url + "/b"])


def test_one_host_is_asked_one_thing_at_a_time_and_has_its_pause_while_others_go_on() -> None:
    with hosts(*[board() for _ in range(6)]) as many:
        visits = [visit(f"{one.url}/{number}") for number in range(4) for one in many]
        frontier, _ = crawled(
            *visits, origins=origins(*many), politeness=Politeness(pause_s=0.5, at_once=8, longest_pause_s=1)
        )
    assert len(frontier.seen) == len(visits)
    for one in many:
        assert one.most_at_once == 1
        assert min(later - earlier for earlier, later in zip(one.at, one.at[1:], strict=False)) >= 0.49
    moments = sorted(moment for one in many for moment in one.at)
    # Thirty questions one after the other would take 15 s; six hosts beside each other take 2 s of pauses.
    assert moments[-1] - moments[0] < 10


def test_a_host_that_asks_for_a_longer_pause_gets_it_up_to_our_longest() -> None:
    with hosts(board("User-agent: *\nCrawl-delay: 0.3"), board("User-agent: *\nCrawl-delay: 9999")) as many:
        visits = [visit(f"{one.url}/{number}") for one in many for number in range(3)]
        crawled(
            *visits, origins=origins(*many), politeness=Politeness(pause_s=0, at_once=4, longest_pause_s=0.5)
        )
    for one, pause_s in zip(many, (0.3, 0.5), strict=True):
        gaps = [later - earlier for earlier, later in zip(one.at, one.at[1:], strict=False)]
        assert all(pause_s - 0.02 <= gap < pause_s + 5 for gap in gaps), gaps


@pytest.mark.parametrize(
    ("header", "waits_s"), [("Retry-After: 120\r\n", 120), ("Retry-After: 99999999999\r\n", 86_400), ("", 30)]
)
def test_a_host_that_says_not_now_is_left_alone_as_long_as_it_asks(header: str, waits_s: int) -> None:
    for status in ("429 Slow", "503 Busy"):
        with host(board() | {"/": page(status=status, headers=header)}) as one:
            visits = [visit(f"{one.url}/{number}") for number in range(5)]
            frontier, _ = crawled(*visits, origins=origins(one))
        assert len(one.asked) == 2
        assert frontier.lost == {visits[0].url: Missed(why=f"http_{status[:3]}", retry_after_s=waits_s)}
        assert {url: round(after_s) for url, after_s in frontier.put_off} == {
            one.url: waits_s for one in visits[1:]
        }


def test_a_host_that_bans_us_is_left_alone_for_a_day() -> None:
    with host(board() | {"/": page(status="403 No")}) as one:
        visits = [visit(f"{one.url}/{number}") for number in range(20)]
        frontier, totals = crawled(*visits, origins=origins(one))
    assert len(one.asked) == 1 + 5
    assert totals.by_reason == {"http_403": 4, "banned": 1}
    assert {after_s for _, after_s in frontier.put_off if after_s > 1_000} == {86_400}


def test_a_ban_is_kept_to_however_many_other_hosts_come_after() -> None:
    turns = Turns(BUSY)
    banned = turns.host("banned.example")
    turns.rest(banned, now_s=10.0, why="banned", asked_s=BAN_S)
    turns.next(now_s=11.0)
    for number in range(MOST_HOSTS + 100):
        turns.host(f"h{number}.example")
    assert turns.host("banned.example") is banned
    for number in range(MOST_RESTING):
        turns.rest(turns.host(f"r{number}.example"), now_s=11.0, why="banned", asked_s=BAN_S)
    assert len(turns._hosts) <= MOST_RESTING + 1, "and what is remembered stays bounded"


def test_one_closed_page_among_open_ones_is_no_ban() -> None:
    with host(board() | {"/closed": page(status="403 No")}) as one:
        urls = [f"{one.url}/{'closed' if number % 2 else 'open'}/{number}" for number in range(8)]
        _, totals = crawled(*[visit(url) for url in urls], origins=origins(one))
    assert (totals.seen, totals.by_reason) == (4, {"http_403": 4})


def test_a_host_that_never_answers_is_not_asked_for_every_page() -> None:
    with host(board() | {"/": lambda connection: None}) as one:
        _, totals = crawled(*[visit(f"{one.url}/{number}") for number in range(8)], origins=origins(one))
    assert one.asked.count("/robots.txt") == 1
    assert len(one.asked) == 1 + 3
    assert totals.by_reason == {"network_protocol": 3}


def test_what_a_host_said_of_a_page_is_said_again_and_an_unchanged_page_is_not_read() -> None:
    def answer(connection: Any) -> None:
        again = "if-none-match" in one.heads[-1].lower()
        page(status="304 Same" if again else "200 OK", headers='ETag: "one"\r\nLast-Modified: now\r\n')(
            connection
        )

    with host(board() | {"/": answer}) as one:
        first = visit(one.url + "/")
        seen = crawled(first, origins=origins(one))[0].seen[first.url]
        assert (seen.etag, seen.modified, seen.unchanged) == ('"one"', "now", False)
        second = visit(one.url + "/", etag=seen.etag, modified=seen.modified)
        assert crawled(second, origins=origins(one))[0].seen[first.url].unchanged
        assert 'if-none-match: "one"' in one.heads[-1].lower()
        assert "if-modified-since: now" in one.heads[-1].lower()


def test_where_a_host_says_nothing_the_same_bytes_are_known_again() -> None:
    with host(board()) as one:
        first = visit(one.url + "/")
        seen = crawled(first, origins=origins(one))[0].seen[first.url]
        second = visit(one.url + "/", etag=seen.etag)
        assert crawled(second, origins=origins(one))[0].seen[first.url].unchanged
        assert "if-none-match" not in one.heads[-1].lower()


def test_a_host_is_told_who_we_are_and_is_given_nothing_else() -> None:
    with host(board() | {"/": page("x", headers="Set-Cookie: a=b\r\nWWW-Authenticate: Basic\r\n")}) as one:
        crawled(visit(one.url + "/a"), visit(one.url + "/b"), origins=origins(one))
    for head in one.heads:
        agent = re.search(r"user-agent: (.*)\r", head, re.IGNORECASE)
        assert agent is not None
        assert agent[1].startswith(f"{robots.OUR_NAME}/")
        assert settings.AGENCY.mailbox in agent[1]
        named = {line.partition(":")[0].lower() for line in head.splitlines()[1:] if line}
        assert named <= {"user-agent", "accept", "accept-language", "host", "connection", "accept-encoding"}


def test_where_somebody_registered_no_place_of_ours_nothing_is_asked() -> None:
    with host(board()) as one:
        frontier, _ = crawled(visit(one.url + "/"))
    assert (one.asked, frontier.lost[one.url + "/"].why) == ([], "refused_port")
