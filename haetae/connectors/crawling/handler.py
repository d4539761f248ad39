"""The only way in which Scrapy reaches anything: one hop through the safe door, on a thread."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Final, Self

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from haetae.common.outbound import Failure, Limits, NetworkFailure, Origin, RefusedByRule, fetch
from haetae.pages.wire import LONGEST_PAGE_BYTES

LIMITS: Final = Limits(total_s=20.0, connect_s=5.0, body_bytes=LONGEST_PAGE_BYTES, redirects=0)


@dataclass(frozen=True, kw_only=True)
class Hop:
    """What is asked for, as our own address: what Scrapy makes of it is never opened."""

    url: str
    headers: Mapping[str, str]
    origins: frozenset[Origin]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`headers` are in small letters. `cut`: the page is longer than we read, and this is its beginning."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    cut: bool = False


class NoAnswerError(Exception):
    """`why` is a code; `refused` says that our own rule forbids the address."""

    def __init__(self, why: str, *, refused: bool) -> None:
        super().__init__(why)
        self.why = why
        self.refused = refused


def one_hop(hop: Hop) -> Answer:
    """Ask once and follow nothing. Blocks. Raises NoAnswerError."""
    kept = bytearray()
    try:
        answer = fetch(
            hop.url,
            allowed_origins=hop.origins,
            headers=hop.headers,
            limits=LIMITS,
            follow_redirects=False,
            into=kept.extend,
        )
    except RefusedByRule as refusal:
        raise NoAnswerError(f"refused_{refusal.code}", refused=True) from None
    except NetworkFailure as failure:
        if failure.code is Failure.TOO_LARGE and failure.status == 200 and kept:
            return Answer(status=200, headers={}, body=bytes(kept), url=hop.url, cut=True)
        raise NoAnswerError(f"network_{failure.code}", refused=False) from None
    body = bytes(kept) if answer.status == 200 else answer.body
    return Answer(status=answer.status, headers=answer.headers, body=body, url=answer.url)


class DoorHandler(BaseDownloadHandler):
    """For http and https; there is none for anything else."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        assert crawler.spider is not None
        self._threads: Executor = crawler.spider.threads  # type: ignore[attr-defined]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        hop: Hop = request.meta["hop"]
        answer = await asyncio.get_running_loop().run_in_executor(self._threads, one_hop, hop)
        meta: dict[str, Any] = request.meta
        meta["answer"] = answer
        return Response(request.url, status=answer.status)
