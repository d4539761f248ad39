"""The reader itself, started by reader.py: takes pages, gives what they hold, until its stdin ends."""

import os
import sys
from dataclasses import replace

from haetae.detect.opening.confine import grant_cpu, lock_down
from haetae.detect.opening.facts import Limits
from haetae.detect.opening.syscalls import Profile
from haetae.pages.charset import CODECS
from haetae.pages.facts import Asked, Found, Reading, UnreadableError, asked_of
from haetae.pages.read import read
from haetae.pages.wire import (
    APART,
    CPU_S,
    HEAD,
    LONGEST_ASK_BYTES,
    LONGEST_PAGE_BYTES,
    MEMORY_BYTES,
    READ,
    REFUSED,
    TOGETHER,
)

_STDIN, _STDOUT = 0, 1
_FIRST = Asked(
    url="https://page.example/",
    reading=Reading.PAGE,
    links=True,
    hosts=frozenset({"page.example"}),
    phrases={"0": "말"},
)
_PAGE = (
    '<html><head><base href="/"><title>말</title></head><body><a href="a?b=1&utm_source=c">'
    '<time datetime="2026-01-01"></time></a><img src=a.png srcset="b.png 2x, c.png 1x" style="background:url(d.png)">'
)
_FEED = (
    "<rss><channel><item><link>https://page.example/1</link>"
    "<description>말 &nbsp; &lt;img src='1.png'></description></item></channel></rss>"
)
_SITEMAP = "<urlset><url><loc>https://page.example/2</loc></url></urlset>"


def serve(*, filtered: bool) -> None:
    _warm_up()
    walls = lock_down(replace(Limits(), memory_bytes=MEMORY_BYTES), profile=Profile.STRICT, filtered=filtered)
    # Once more behind the walls: what needs what they forbid must fail now and not over a page.
    _warm_up()
    _answer(READ, f"{walls.confinement} {APART if walls.apart else TOGETHER}".encode())
    while (question := _question()) is not None:
        asked, body = question
        grant_cpu(cpu_s=CPU_S)
        try:
            found = read(body, asked=asked)
        except UnreadableError as problem:
            _answer(REFUSED, problem.why.encode())
        except (ValueError, LookupError, RecursionError, MemoryError, AttributeError, TypeError):
            _answer(REFUSED, b"odd_page")
        else:
            _answer(READ, found.as_bytes())


def _warm_up() -> None:
    """Everything that is imported on first use: codecs, tables of letters, patterns."""
    for codec in CODECS:
        read(_PAGE.encode(codec, "replace"), asked=replace(_FIRST, charset=codec))
    for reading, text in ((Reading.FEED, _FEED), (Reading.SITEMAP, _SITEMAP), (Reading.SEARCH, '["말"]')):
        read(text.encode(), asked=replace(_FIRST, reading=reading))
    Found().as_bytes()


def _question() -> tuple[Asked, bytes] | None:
    """None at the end of stdin: the parent has closed it, or has died."""
    announced = _taken(HEAD.size)
    if len(announced) < HEAD.size:
        return None
    asked_length, body_length = HEAD.unpack(announced)
    if asked_length > LONGEST_ASK_BYTES or body_length > LONGEST_PAGE_BYTES:
        return None
    asked, body = _taken(asked_length), _taken(body_length)
    return (asked_of(asked), body) if len(body) == body_length else None


def _answer(kind: int, data: bytes) -> None:
    view = memoryview(HEAD.pack(kind, len(data)) + data)
    while view:
        view = view[os.write(_STDOUT, view) :]


def _taken(length: int) -> bytes:
    data = bytearray(length)
    view = memoryview(data)
    while view:
        count = os.readv(_STDIN, [view])
        if count == 0:
            return b""
        view = view[count:]
    return bytes(data)


if __name__ == "__main__":
    try:
        serve(filtered=sys.argv[1] == "filtered")
    except BaseException:
        os._exit(1)  # a printed traceback would open files, which is forbidden by now
    os._exit(0)
