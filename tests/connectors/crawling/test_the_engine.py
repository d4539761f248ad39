"""Beginning, going on and ending: whoever remembers must never wonder what became of a visit."""

import sys
import threading
import time
from collections.abc import Sequence

import pytest
from scrapy.crawler import Crawler

from haetae.connectors.crawling import closed
from haetae.connectors.crawling.base import PageSeen, Politeness, Visit
from haetae.connectors.crawling.engine import crawl
from haetae.connectors.crawling.handler import DoorHandler
from haetae.connectors.crawling.spider import Watch

from .hosts import host, hosts, origins, page
from .remembering import HURRY, Remembering, crawled, visit

BOARD = {"/": page("<img src=/a.png>"), "/robots.txt": page(status="404 None")}


def test_scrapy_has_one_way_out_and_it_is_ours() -> None:
    found = closed.settings(at_once=4)
    for base in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES"):
        assert dict(found.getwithbase(base)) == {}
    crawler = Crawler(Watch, found)
    crawler._apply_settings()
    handlers = {name: way for name, way in found.getwithbase("DOWNLOAD_HANDLERS").items() if way}
    effective = {name: way for name, way in crawler.settings.getwithbase("DOWNLOAD_HANDLERS").items() if way}
    assert handlers == effective == {"http": closed.HANDLER, "https": closed.HANDLER}
    assert f"{DoorHandler.__module__}.{DoorHandler.__qualname__}" == closed.HANDLER
    assert list(crawler.extensions.middlewares) == []


def test_a_crawl_leaves_no_reactor_no_list_of_suffixes_and_no_thread_behind() -> None:
    with host(BOARD) as one:
        for _ in range(3):
            crawled(visit(one.url + "/"), origins=origins(one))
    assert "twisted.internet.reactor" not in sys.modules
    assert "tldextract" not in sys.modules
    names = {thread.name for thread in threading.enumerate()}
    assert not [name for name in names if name.startswith(("watching", "visit"))]


def test_nothing_due_is_a_crawl_of_nothing() -> None:
    frontier, totals = crawled()
    assert (totals.visited, frontier.asked) == (0, 1)


def test_what_is_seen_may_bring_more_that_is_due() -> None:
    class Growing(Remembering):
        def saw(self, visit: Visit, page: PageSeen) -> None:
            super().saw(visit, page)
            if len(self.seen) < 5:
                self.todo.append(replace_path(visit, len(self.seen)))

    with host(BOARD) as one:
        frontier = Growing(todo=[visit(one.url + "/0")])
        crawl(frontier, politeness=HURRY, origins=lambda: origins(one))
    assert len(frontier.seen) == 5


def replace_path(old: Visit, number: int) -> Visit:
    return visit(old.url.rpartition("/")[0] + f"/{number}")


def test_a_crawl_that_waits_takes_what_becomes_due_and_ends_when_it_is_told_to() -> None:
    class Later(Remembering):
        def due(self, *, at_most: int) -> Sequence[Visit]:
            if self.asked == 2:
                self.todo.append(visit(one.url + "/late"))
            return super().due(at_most=at_most)

    with host(BOARD) as one:
        frontier = Later(todo=[])
        totals = crawl(
            frontier,
            politeness=HURRY,
            wait=True,
            until=lambda: bool(frontier.seen),
            origins=lambda: origins(one),
        )
    assert (totals.seen, frontier.out) == (1, 0)


def test_when_it_is_told_to_end_what_is_on_its_way_is_seen_and_the_rest_is_given_back() -> None:
    def slow(connection: object) -> None:
        time.sleep(0.3)
        BOARD["/"](connection)  # type: ignore[arg-type]

    with host(BOARD | {"/": slow}) as one:
        frontier = Remembering(todo=[visit(f"{one.url}/{number}") for number in range(6)])
        totals = crawl(
            frontier, politeness=HURRY, until=lambda: bool(one.asked), origins=lambda: origins(one)
        )
    assert frontier.out == 0
    assert totals.seen + len(frontier.put_off) == 6
    assert {after_s for _, after_s in frontier.put_off} == {0}
    assert len(frontier.put_off) >= 4


def test_when_whoever_remembers_fails_the_crawl_ends_and_says_why() -> None:
    class Failing(Remembering):
        def saw(self, visit: Visit, page: PageSeen) -> None:
            raise OSError("the disk is full")

    with host(BOARD) as one:
        frontier = Failing(todo=[visit(f"{one.url}/{number}") for number in range(4)])
        with pytest.raises(OSError, match="the disk is full"):
            crawl(frontier, politeness=HURRY, wait=True, origins=lambda: origins(one))


def test_many_visits_to_one_host_come_back_for_later_and_other_hosts_are_not_kept_waiting() -> None:
    with hosts(BOARD, BOARD) as (crowded, other):
        visits = [visit(f"{crowded.url}/{number}") for number in range(40)]
        frontier, totals = crawled(
            *visits,
            visit(other.url + "/"),
            origins=origins(crowded, other),
            politeness=Politeness(pause_s=0.05, at_once=4),
            again=True,
        )
    assert totals.seen == 41
    assert list(frontier.seen).index(other.url + "/") < 30


def test_a_link_that_is_a_picture_is_seen_as_one() -> None:
    pixels = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
    with host(BOARD | {"/a.png": page(pixels)}) as one:
        frontier, _ = crawled(visit(one.url + "/a.png"), origins=origins(one))
    (shown,) = frontier.seen[one.url + "/a.png"].pictures
    assert shown.page_url == shown.media_url == one.url + "/a.png"
