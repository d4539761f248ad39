"""Plain Scrapy with its own handler over the same web: `python -m bench.watched.peer AT_ONCE DEPTH`, starts on stdin.

It follows links to the hosts that it was given and takes the addresses of pictures with its own selectors, as a first
spider would. Prints what it did as JSON.
"""

import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response, TextResponse

_MEDIA = "img::attr(src), video::attr(poster), source::attr(srcset), meta[property='og:image']::attr(content)"


class Plain(scrapy.Spider):
    name = "plain"
    pages = 0
    pictures: set[str]

    def __init__(self, *, starts: list[str], **rest: Any) -> None:
        super().__init__(**rest)
        self.pictures = set()
        self._starts = starts
        self._hosts = {urlsplit(one).netloc for one in starts}

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for one in self._starts:
            yield scrapy.Request(one)

    def parse(self, response: Response, **_: Any) -> Iterator[scrapy.Request]:
        self.pages += 1
        if not isinstance(response, TextResponse):
            return
        self.pictures.update(response.urljoin(one) for one in response.css(_MEDIA).getall())
        links = response.css("a::attr(href), item > link::text").getall()
        links += response.xpath("//*[local-name()='loc']/text()").getall()
        for one in links:
            full = response.urljoin(one)
            if urlsplit(full).netloc in self._hosts and "/led/" not in full and "/m/" not in full:
                yield scrapy.Request(full)


def main(starts: list[str], *, at_once: int, depth: int) -> None:
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": at_once,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": True,
            "DEPTH_LIMIT": depth,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "COOKIES_ENABLED": False,
        }
    )
    crawler = process.create_crawler(Plain)
    started_at_s = time.monotonic()
    process.crawl(crawler, starts=starts)
    process.start()
    used = resource.getrusage(resource.RUSAGE_SELF)
    spider = crawler.spider
    assert isinstance(spider, Plain)
    done = {
        "pages": spider.pages,
        "pictures": len(spider.pictures),
        "wall_s": round(time.monotonic() - started_at_s, 2),
        "processor_s": round(used.ru_utime + used.ru_stime, 2),
        "peak_mib": round(used.ru_maxrss / 1024, 1),
    }
    sys.stdout.write(json.dumps(done) + "\n")


if __name__ == "__main__":
    main(json.loads(sys.stdin.read()), at_once=int(sys.argv[1]), depth=int(sys.argv[2]))
