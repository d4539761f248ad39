"""The steady load: people who report, and people who pass known pictures on."""

import json
import math
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self
from urllib.parse import quote

from tests.canary.planted import MARK
from tests.faults.books import Posted, Sent, Told
from tests.faults.visitor import Answer, Form, NoAnswerError, Visitor, call

# The board shows its hundred newest pictures, and who watches it sees no more than that.
_LIVING_AT_MOST = 40
_SENT_AGAIN_SHARE = 0.1
_LINKS_WITH_A_PICTURE = 0.25
_PATIENCE_AT_THE_END_S = 60.0


@dataclass(kw_only=True)
class Load:
    """Runs until it is left; then `told` is complete. `answers` counts what the public form answered, and `under_way`
    how many forms wait for an answer now. `troubles` holds what should not have happened to the load itself: with any
    of them the series proves nothing. Between two reports of one person lie `pause_s` on average. What comes back are
    words; `number_of` says which case they open.
    """

    web_origin: str
    platform_origin: str
    picture: bytes
    seed: int
    pause_s: float
    number_of: Callable[[str], str]
    sent: list[Sent] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    longest_without_receipt_s: float = 0.0
    under_way: int = 0

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._writing = threading.Lock()
        self._last_receipt_s = time.monotonic()
        self._gives_up_at_s = math.inf
        doers = [self._report, self._report, self._pass_on]
        self._threads = [
            threading.Thread(target=self._do, args=[doer, random.Random(self.seed + place)], daemon=True)
            for place, doer in enumerate(doers)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._gives_up_at_s = time.monotonic() + _PATIENCE_AT_THE_END_S
        for thread in self._threads:
            thread.join()

    @property
    def told(self) -> Told:
        sent = [replace(one, receipts=tuple(map(self.number_of, one.receipts))) for one in self.sent]
        return Told(sent=tuple(sent), posted=tuple(self.posted))

    def receipts(self) -> int:
        """How many reports were taken so far."""
        return self.answers["receipt"]

    def _do(self, doer: Callable[[random.Random], None], chance: random.Random) -> None:
        try:
            doer(chance)
        except Exception as trouble:
            self.troubles.append(f"{doer.__name__}: {trouble!r}")

    def _report(self, chance: random.Random) -> None:
        visitor = Visitor(web_origin=self.web_origin)
        while not self._stop.is_set():
            # The link is a secret of whoever reports it, and bears the mark by which it would be found on the disk.
            link = f"{self.platform_origin}/p/{MARK}{secrets.token_hex(8)}"
            if chance.random() < _LINKS_WITH_A_PICTURE:
                link = self._post() or link
            form = self._form(visitor)
            if form is not None:
                self._send_until_taken(visitor, form, link=link, again=chance.random() < _SENT_AGAIN_SHARE)
            self._stop.wait(chance.uniform(0.5, 1.5) * self.pause_s)

    def _pass_on(self, chance: random.Random) -> None:
        while not self._stop.is_set():
            self._post()
            self._stop.wait(chance.uniform(0.6, 1.4))

    def _form(self, visitor: Visitor) -> Form | None:
        try:
            return visitor.open_form()
        except NoAnswerError as nothing:
            self.answers[f"no answer: {nothing}"] += 1
            return None

    def _send_until_taken(self, visitor: Visitor, form: Form, *, link: str, again: bool) -> None:
        """A reporter does not give up; some press the button once more although it was taken."""
        receipts: list[str] = []
        wanted = 2 if again else 1
        while len(receipts) < wanted and time.monotonic() < self._gives_up_at_s:
            try:
                with self._one_under_way():
                    answer = visitor.send(form, link=link)
                words = visitor.receipt(answer)
            except NoAnswerError as nothing:
                self.answers[f"no answer: {nothing}"] += 1
            else:
                self._note(answer, words, receipts)
            if len(receipts) < wanted:
                time.sleep(0.2)
        with self._writing:
            self.sent.append(Sent(link=link, receipts=tuple(receipts)))

    @contextmanager
    def _one_under_way(self) -> Iterator[None]:
        with self._writing:
            self.under_way += 1
        try:
            yield
        finally:
            with self._writing:
                self.under_way -= 1

    def _note(self, answer: Answer, words: str | None, receipts: list[str]) -> None:
        self.answers[kind_of(answer, words)] += 1
        if words is None:
            return
        receipts.append(words)
        with self._writing:
            now_s = time.monotonic()
            self.longest_without_receipt_s = max(self.longest_without_receipt_s, now_s - self._last_receipt_s)
            self._last_receipt_s = now_s

    def _post(self) -> str | None:
        """Publish a known picture, in bytes of its own; returns its page. None while the board is full."""
        if call("GET", self.platform_origin + "/").body.count(b"<img") >= _LIVING_AT_MOST:
            return None
        title = {"X-Title": quote("A picture passed on")}
        answer = call(
            "POST", self.platform_origin + "/posts", body=with_bytes_of_its_own(self.picture), headers=title
        )
        if answer.status != 201:
            raise RuntimeError(f"The board did not publish a picture: {answer.status} {answer.body!r}")
        made = json.loads(answer.body)
        with self._writing:
            self.posted.append(Posted(post_id=made["id"], media_url=made["media"]))
        return str(made["page"])


def kind_of(answer: Answer, words: str | None) -> str:
    """A refusal is honest when it says 503, when to come back, and that nothing was saved."""
    if answer.is_taken:
        return "receipt" if words else "unexpected: no words"
    if answer.status != 503:
        return f"unexpected {answer.status}"
    says_so = b"could not save" in answer.body or b"not saved" in answer.body
    return "503, not saved" if says_so and answer.headers.get("retry-after") else "503 without the words"


def with_bytes_of_its_own(jpeg: bytes) -> bytes:
    """The same picture with a comment: the board keeps out bytes that it has removed before."""
    comment = secrets.token_hex(8).encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]
