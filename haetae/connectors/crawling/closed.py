"""Scrapy's settings, with everything shut that we do not use: no handler but ours, no console, no cookie, no cache.

Scrapy runs on a plain event loop here, without Twisted's reactor: then nothing of Twisted can open a connection or ask
a name server, and a crawl can be run any number of times in one process and in any thread.
"""

from typing import Any

from scrapy.settings import Settings

HANDLER = "haetae.connectors.crawling.handler.DoorHandler"
SCHEMES = ("http", "https")


def settings(*, at_once: int) -> Settings:
    """Empty base lists: a part that Scrapy adds in a later version is not there until somebody here wants it."""
    closed: dict[str, Any] = {
        "ADDONS": {},
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS_BASE": {},
        "DOWNLOAD_HANDLERS": dict.fromkeys(SCHEMES, HANDLER),
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": {},
        "SPIDER_MIDDLEWARES_BASE": {},
        "SPIDER_MIDDLEWARES": {},
        "EXTENSIONS_BASE": {},
        "EXTENSIONS": {},
        "ITEM_PIPELINES_BASE": {},
        "FEEDS": {},
        "SPIDER_MODULES": [],
        "COOKIES_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "REFERER_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "RETRY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "STATS_DUMP": False,
        "LOG_ENABLED": False,
        "JOBDIR": None,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # who remembers decides what is visited again
        "CONCURRENT_ITEMS": 1,  # of one answer: Scrapy starts as many tasks for each, and we give it none
        "CONCURRENT_REQUESTS": at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,  # pauses are in turns.py: a request that waits for one here would hold a place
    }
    found = Settings()
    found.setdict(closed, priority="cmdline")
    return found
