"""The engine: goes over what is due until nothing is, or until it is told to stop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from threading import Thread
from typing import Any, Final

from django.conf import settings as house
from scrapy.crawler import AsyncCrawlerRunner

from haetae.common.outbound import Origin
from haetae.connectors.crawling import closed
from haetae.connectors.crawling.base import Frontier, Politeness, Totals
from haetae.connectors.crawling.desk import Desk
from haetae.connectors.crawling.robots import OUR_NAME
from haetae.connectors.crawling.spider import Watch
from haetae.connectors.crawling.tally import Tally
from haetae.pages import Readers

POLITE: Final = Politeness()


def crawl(
    frontier: Frontier,
    *,
    politeness: Politeness = POLITE,
    until: Callable[[], bool] = lambda: False,
    wait: bool = False,
    origins: Callable[[], frozenset[Origin]] = frozenset,
) -> Totals:
    """Visit what `frontier` says is due. Blocks; safe to call again, and in any thread.

    Ends when `until` says so, with what is on its way seen to its end; or when nothing is due and nothing on its way,
    unless it shall `wait` for more. `frontier`, `until` and `origins` are called in this thread, one call at a time.
    `origins` are those that an administrator registered and may be reached wherever they lie; all else must be public.
    Raises whatever `frontier` raises; visits that are lost with it are handed out again when their time is over.
    """
    desk, tally = Desk(), Tally()
    crash: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(
                _crawled(
                    frontier=frontier,
                    desk=desk,
                    politeness=politeness,
                    until=until,
                    wait=wait,
                    origins=origins,
                    tally=tally,
                )
            )
        except BaseException as problem:  # carried to the caller's thread and raised there
            crash.append(problem)
        finally:
            desk.close()

    thread = Thread(target=run, name="watching", daemon=True)
    thread.start()
    desk.serve()
    thread.join()
    if desk.problem is not None:
        raise desk.problem
    if crash:
        raise crash[0]
    return tally.totals()


async def _crawled(*, politeness: Politeness, tally: Tally, **parts: Any) -> None:
    readers = Readers()
    # One thread for each visit on its way, for its hop and then for its reading.
    with ThreadPoolExecutor(max_workers=politeness.at_once, thread_name_prefix="visit") as threads:
        try:
            runner = AsyncCrawlerRunner(closed.settings(at_once=2 * politeness.at_once))
            crawler = runner.create_crawler(Watch)
            await runner.crawl(
                crawler,
                politeness=politeness,
                tally=tally,
                threads=threads,
                readers=readers,
                agent=agent(),
                **parts,
            )
        finally:
            readers.close()


def agent() -> str:
    """How we say who we are: the software, the agency, and where it can be reached."""
    told = " ".join(f"{house.AGENCY.name_en}; {house.AGENCY.mailbox}".split())
    return f"{OUR_NAME}/{version('haetae')} ({told.encode('ascii', 'ignore').decode()})"
