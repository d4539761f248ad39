"""One crawl: takes visits whose turn it is, asks for them hop by hop, has them read, and says what was seen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from time import monotonic
from typing import Any, Final

import structlog
from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure as Failed

from haetae.common.outbound import Origin
from haetae.connectors.crawling import answers, redirects
from haetae.connectors.crawling.base import Frontier, Missed, PageSeen, Politeness, Visit
from haetae.connectors.crawling.desk import Desk, DeskClosedError
from haetae.connectors.crawling.handler import Answer, Hop, NoAnswerError
from haetae.connectors.crawling.robots import KEPT_S, MOST_HOPS, rules_by_status
from haetae.connectors.crawling.tally import Tally
from haetae.connectors.crawling.turns import Host, Leg, Turns
from haetae.pages import Readers, UnreadableError
from haetae.pages.addresses import authority

ASKED_AGAIN_S: Final = 0.5  # how often whoever remembers is asked, when nothing was due
ROBOTS_AGAIN_S: Final = 86_400
_told = structlog.get_logger(__name__)


class Watch(Spider):
    """`wait`: goes on asking when nothing is due, until it is told to stop."""

    name = "haetae"

    def __init__(  # noqa: PLR0913 - the parts of one crawl, put together in engine.py alone
        self,
        *,
        frontier: Frontier,
        desk: Desk,
        politeness: Politeness,
        until: Callable[[], bool],
        wait: bool,
        origins: Callable[[], frozenset[Origin]],
        agent: str,
        threads: Executor,
        readers: Readers,
        tally: Tally,
    ) -> None:
        super().__init__()
        self.threads = threads
        self._frontier, self._desk, self._tally = frontier, desk, tally
        self._until, self._wait, self._ask_origins = until, wait, origins
        self._politeness, self._agent, self._readers = politeness, agent, readers
        self._turns = Turns(politeness)
        self._origins: frozenset[Origin] = frozenset()
        self._changed = asyncio.Event()
        self._stopping = self._nothing_due = False
        self._ask_at_s = 0.0

    async def start(self) -> AsyncIterator[Request]:
        while True:
            await self._refill()
            if self._is_over():
                return
            host = self._turns.next(now_s=monotonic()) if self._turns.out < self._politeness.at_once else None
            if host is None:
                await self._pause()
                continue
            request = await self._turn_of(host)
            if request is not None:
                yield request

    def _is_over(self) -> bool:
        if self._turns.out or self._turns.waiting:
            return False
        return self._stopping or (self._nothing_due and not self._wait)

    async def _refill(self) -> None:
        """Ask for more when there is room for it, and whether to go on. Gives back what waits when it is over."""
        now_s = monotonic()
        room = self._politeness.at_once - self._turns.hosts_at_hand
        # Half the room at once: asking for each free place by itself would cost one question a page.
        is_time = now_s >= self._ask_at_s or (not self._nothing_due and 2 * room > self._politeness.at_once)
        if self._stopping or not is_time:
            return
        self._ask_at_s = now_s + ASKED_AGAIN_S
        self._changed.clear()
        try:
            visits = await self._desk.ask(lambda: self._asked(at_most=2 * room))
        except Exception as problem:  # crawl() raises it again in the thread whose it is
            _told.warning("watching.frontier_failed", kind=type(problem).__name__)
            visits = None
        if visits is None:
            self._stopping = True
            for leg in self._turns.take_all():
                await self._later(leg, after_s=0)
            return
        admitted = [await self._admit(Leg(visit=one, url=one.url, origins=self._origins)) for one in visits]
        if room > 0:
            self._nothing_due = not any(admitted)

    def _asked(self, *, at_most: int) -> list[Visit] | None:
        """Runs where whoever remembers does; None when the crawl shall end."""
        if self._until():
            return None
        if at_most <= 0:
            return []
        self._origins = self._ask_origins()
        return list(self._frontier.due(at_most=at_most))

    async def _admit(self, leg: Leg, *, first: bool = False) -> bool:
        """Let it wait for its turn; or give it back, where its host rests or has enough waiting."""
        host = self._turns.host(authority(leg.url))
        resting = self._turns.why_resting(host, now_s=monotonic())
        after_s = resting.retry_after_s if resting else self._turns.add(leg, host=host, first=first)
        if after_s is None:
            return True
        await self._later(leg, after_s=after_s)
        return False

    async def _pause(self) -> None:
        """Until something has changed, a host may be asked again, or it is time to ask for more."""
        now_s = monotonic()
        next_at_s = self._turns.next_at_s() if self._turns.out < self._politeness.at_once else None
        until_s = min(self._ask_at_s, now_s + ASKED_AGAIN_S if next_at_s is None else next_at_s)
        timer = asyncio.get_running_loop().call_later(max(0.001, until_s - now_s), self._changed.set)
        await self._changed.wait()
        timer.cancel()
        self._changed.clear()

    async def _turn_of(self, host: Host) -> Request | None:
        """What the host is asked now; None when its turn passes without a question."""
        now_s = monotonic()
        resting = self._turns.why_resting(host, now_s=now_s)
        if resting is not None:
            await self._put_off(host, resting)
        elif host.rules is None or now_s >= host.rules_until_s:
            leg = host.waiting[0]
            return self._robots_request(host, redirects.robots_of(leg.url), origins=leg.origins, hops=0)
        else:
            leg = host.waiting.popleft()
            if host.rules.allow(leg.url):
                return self._request(leg, host)
            await self._missed(leg, Missed(why="robots", retry_after_s=ROBOTS_AGAIN_S))
        self._done(host, asked=False)
        return None

    def _request(self, leg: Leg, host: Host) -> Request:
        headers = answers.headers_for(leg, agent=self._agent)
        return Request(
            leg.url,
            meta={"hop": Hop(url=leg.url, headers=headers, origins=leg.origins), "download_slot": host.name},
            callback=self._page_came,
            errback=self._no_page_came,
            cb_kwargs={"leg": leg, "host": host},
            dont_filter=True,
        )

    def _robots_request(self, host: Host, url: str, *, origins: frozenset[Origin], hops: int) -> Request:
        hop = Hop(url=url, headers={"user-agent": self._agent, "accept": "text/plain, */*"}, origins=origins)
        return Request(
            url,
            meta={"hop": hop, "download_slot": host.name},
            callback=self._robots_came,
            errback=self._no_robots_came,
            cb_kwargs={"host": host, "hop": hop, "hops": hops},
            dont_filter=True,
        )

    async def _robots_came(self, response: Response, *, host: Host, hop: Hop, hops: int) -> Any:
        answer = self._counted(response)
        onward = redirects.onward(answer, origins=hop.origins) if hops < MOST_HOPS else None
        if isinstance(onward, redirects.Onward):
            return self._robots_request(host, onward.url, origins=onward.origins, hops=hops + 1)
        rules = rules_by_status(answer.status, answer.body)
        if rules is None:
            await self._without_rules(host, "robots_unreachable", asked_s=answers.wait_asked_s(answer))
        else:
            self._turns.keep_rules(host, rules, until_s=monotonic() + KEPT_S)
            self._done(host, asked=True)
        return None

    async def _no_robots_came(self, failed: Failed) -> None:
        host: Host = failed.request.cb_kwargs["host"]  # type: ignore[attr-defined]
        problem = failed.value
        if isinstance(problem, NoAnswerError) and problem.refused:
            for leg in self._turns.take(host):
                await self._missed(leg, Missed(why=problem.why))
            self._done(host, asked=False)
            return
        unreachable = problem.why if isinstance(problem, NoAnswerError) else "engine_error"
        slow = unreachable in {"network_timeout", "network_too_large", "network_protocol", "network_encoded"}
        await self._without_rules(host, "robots_unreachable" if slow else unreachable, asked_s=None)

    async def _without_rules(self, host: Host, why: str, *, asked_s: int | None) -> None:
        """Nothing is visited at a host whose rules we cannot know."""
        missed = self._turns.rest(host, now_s=monotonic(), why=why, asked_s=asked_s)
        if host.waiting:
            await self._missed(host.waiting.popleft(), missed)
        await self._put_off(host, missed)
        self._done(host, asked=True)

    async def _page_came(self, response: Response, *, leg: Leg, host: Host) -> None:
        came_at_s = monotonic()
        try:
            await self._judge(self._counted(response), leg=leg, host=host, now_s=came_at_s)
        except DeskClosedError:
            pass
        except Exception as problem:
            _told.exception("watching.visit_failed", kind=type(problem).__name__)
            await self._missed(leg, Missed(why="engine_error"))
        finally:
            self._done(host, asked=True, now_s=came_at_s)

    async def _judge(self, answer: Answer, *, leg: Leg, host: Host, now_s: float) -> None:
        if answers.is_refusal(answer):
            missed = self._turns.refuses(
                host, now_s=now_s, why=f"http_{answer.status}", asked_s=answers.wait_asked_s(answer)
            )
            await self._missed(leg, missed)
            if self._turns.why_resting(host, now_s=now_s):
                await self._put_off(host, missed)
            return
        self._turns.answered(host)
        onward = redirects.onward(answer, origins=leg.origins)
        if isinstance(onward, redirects.Onward):
            following = redirects.leg_after(leg, onward)
            if isinstance(following, Missed):
                await self._missed(leg, following)
            else:
                await self._admit(following, first=True)
            return
        outcome = onward or await self._outcome(answer, leg)
        if isinstance(outcome, Missed):
            await self._missed(leg, outcome)
        else:
            self._tally.saw(outcome)
            await self._say(lambda: self._frontier.saw(leg.visit, outcome))

    async def _outcome(self, answer: Answer, leg: Leg) -> PageSeen | Missed:
        known = answers.without_reading(answer, leg.visit)
        if known is not None:
            return known
        asked = answers.asked_of(answer, leg.visit)
        try:
            found = await asyncio.get_running_loop().run_in_executor(
                self.threads, lambda: self._readers.read(answer.body, asked=asked)
            )
        except UnreadableError as problem:
            return Missed(why=f"unreadable_{problem.why}")
        return answers.page_of(answer, found, leg.visit)

    async def _no_page_came(self, failed: Failed) -> None:
        leg: Leg = failed.request.cb_kwargs["leg"]  # type: ignore[attr-defined]
        host: Host = failed.request.cb_kwargs["host"]  # type: ignore[attr-defined]
        problem, now_s = failed.value, monotonic()
        if not isinstance(problem, NoAnswerError):
            _told.error("watching.request_failed", kind=type(problem).__name__)
            missed = Missed(why="engine_error")
        elif problem.refused:
            missed = Missed(why=problem.why)
        else:
            missed = self._turns.is_silent(host, now_s=now_s, why=problem.why)
        await self._missed(leg, missed)
        resting = self._turns.why_resting(host, now_s=now_s)
        if resting is not None:
            await self._put_off(host, resting)
        self._done(host, asked=True)

    async def _put_off(self, host: Host, resting: Missed) -> None:
        for leg in self._turns.take(host):
            await self._later(leg, after_s=resting.retry_after_s or 0)

    async def _missed(self, leg: Leg, missed: Missed) -> None:
        self._tally.missed(missed)
        await self._say(lambda: self._frontier.missed(leg.visit, missed))

    async def _later(self, leg: Leg, *, after_s: float) -> None:
        await self._say(lambda: self._frontier.later(leg.visit, after_s=after_s))

    async def _say(self, call: Callable[[], None]) -> None:
        """Tell whoever remembers; when they have failed there is nobody to tell, and the crawl is ending."""
        try:
            await self._desk.ask(call)
        except Exception:
            self._stopping = True

    def _done(self, host: Host, *, asked: bool, now_s: float | None = None) -> None:
        self._turns.done(host, now_s=monotonic() if now_s is None else now_s, asked=asked)
        self._nothing_due = False
        self._changed.set()

    def _counted(self, response: Response) -> Answer:
        answer: Answer = response.meta["answer"]
        self._tally.bytes_read += len(answer.body)
        return answer
