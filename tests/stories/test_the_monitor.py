"""The monitor finds, the loop removes, the figures count: a small web with planted edited copies, in one run.

Everything is real but the clock after the crawl: the engine, the safe door, the sandbox platform in its own process.
"""

import io
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
import time_machine
from django.conf import settings
from PIL import Image, ImageEnhance

from haetae.accounts.actions import register_operator
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.outbound import Origin, fetch
from haetae.connectors.crawling.base import Politeness
from haetae.connectors.crawling.engine import crawl
from haetae.detect.matching import Tier
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.watching import queries
from haetae.flow.arrival.watching.frontier import DatabaseFrontier
from haetae.flow.arrival.watching.models import WatchFind, WatchLead, WatchList
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.overview.figures import sums
from haetae.flow.removal.models import DeletionRequest
from haetae.hashbank.actions import add_known_picture
from haetae.story.pictures import known_original, photo
from tests.watching import PHRASES, switched_on
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db

TOKEN = "a-token-for-the-tests-only"
PAGES, HARMLESS = 40, 10
INVITATION = "https://t.me/+AbCdEfGh"


@dataclass(frozen=True)
class Board:
    """The sandbox platform, as a member of the public fills it."""

    origin: str

    def publish(self, picture: bytes) -> str:
        made = fetch(
            f"{self.origin}/posts",
            allowed_origins=frozenset({Origin.parse(self.origin)}),
            method="POST",
            content=picture,
            headers={"X-Title": "something"},
        )
        return str(json.loads(made.body)["page"])


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    token, ready = tmp_path / "token", tmp_path / "ready"
    token.write_text(TOKEN)
    command = [sys.executable, "-m", "sandbox_platform", "--port", "0", "--data", str(tmp_path / "data")]
    files = ["--operator-token-file", str(token), "--ready-file", str(ready)]
    process = subprocess.Popen([*command, *files], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not (ready.exists() and ready.read_text().strip()):
            assert time.monotonic() < deadline, "the sandbox platform did not start"
            time.sleep(0.05)
        yield Board(origin=ready.read_text().strip())
    finally:
        process.terminate()
        process.wait(timeout=10)


class LinkPages(ThreadingHTTPServer):
    """A small web that shows no picture itself: forty pages that lead on, and to posts elsewhere."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.posts: list[str] = []
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"

    def page(self, number: int) -> str:
        next_ones = (4 * number + one for one in range(1, 5))
        on = "".join(f'<p><a href="/{one}">on</a>' for one in next_ones if one < PAGES)
        posts = "".join(f'<a href="{post}">look</a>' for post in self.posts[number::PAGES])
        words = PHRASES[0] if number % 2 else "nothing of note"
        elsewhere = f'<a href="{INVITATION}">more</a>'
        return f"<html><body><h1>Page {number}</h1><p>{words}</p>{posts}{on}{elsewhere}</body></html>"


class _Answers(BaseHTTPRequestHandler):
    server: LinkPages

    def do_GET(self) -> None:
        number = self.path.strip("/") or "0"
        known = number.isdecimal() and int(number) < PAGES
        body = self.server.page(int(number)).encode() if known else b"nothing here"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def link_pages() -> Iterator[LinkPages]:
    server = LinkPages()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def edited_copies(original: bytes) -> Iterator[bytes]:
    """As others pass a picture on: smaller, saved again, grey, brighter, with a bar, a little cropped."""
    with Image.open(io.BytesIO(original)) as opened:
        picture = opened.convert("RGB")
    width, height = picture.size
    yield _jpeg(picture.resize((width * 7 // 10, height * 7 // 10)))
    yield _jpeg(picture, quality=45)
    yield _jpeg(picture.convert("L").convert("RGB"))
    yield _jpeg(ImageEnhance.Brightness(picture).enhance(1.15))
    yield _jpeg(picture.crop((width // 100, height // 100, width - width // 100, height - height // 100)))


def a_pattern(number: int) -> bytes:
    """Harmless, and unlike everything else: coloured fields of a random generator."""
    fields = np.random.default_rng(number).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return _jpeg(Image.fromarray(fields).resize((480, 360), Image.Resampling.BICUBIC))


def _jpeg(picture: Image.Image, *, quality: int = 85) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, "JPEG", quality=quality)
    return saved.getvalue()


@pytest.fixture
def planted(board: Board, link_pages: LinkPages) -> set[str]:
    """Pages of the board that show edited copies of two known pictures, among others that show harmless ones."""
    originals = [photo(name) for name in ("coffee", "rocket")]
    for original in originals:
        prints = known_original(original).fingerprints
        add_known_picture(
            list_name="known",
            tier=Tier.COUNSELLOR_CHECKED,
            sha256=prints.sha256,
            pdq=prints.perceptual[0].pdq,
            dhash=prints.perceptual[0].dhash,
            actor=SYSTEM,
        )
    copies = [copy for original in originals for copy in edited_copies(original)]
    pages = {board.publish(copy) for copy in copies}
    link_pages.posts = sorted(pages | {board.publish(a_pattern(number)) for number in range(HARMLESS)})
    return pages


def test_the_monitor_finds_the_loop_removes_and_the_figures_count(
    board: Board, link_pages: LinkPages, planted: set[str]
) -> None:
    settings.KEYS.store("test-operator-token", TOKEN.encode())
    register_operator(
        name="Board",
        connector="sandbox",
        origin=board.origin,
        secret_name="test-operator-token",
        actor=SYSTEM,
    )
    register_operator(name="Link pages", connector="web_page", origin=link_pages.origin, actor=SYSTEM)
    netloc = urlsplit(board.origin).netloc
    switched_on(f"{link_pages.origin}/0", follow_depth=5, hosts=[netloc], phrases=PHRASES, every_s=86_400)

    frontier = DatabaseFrontier(one_pass=True)
    origins = frozenset({Origin.parse(board.origin), Origin.parse(link_pages.origin)})
    totals = crawl(frontier, politeness=Politeness(pause_s=0.0), origins=lambda: origins)
    found = {one.page_url for one in Sighting.objects.all()}
    assert planted <= found, f"every planted copy is found: {totals}"
    assert len(found) == len(planted) + HARMLESS == frontier.found
    assert totals.visited == totals.seen + totals.missed
    progress = queries.progress_of(WatchList.objects.get())
    assert progress.visited == progress.places == totals.visited
    assert WatchLead.objects.get().address == INVITATION

    do_all_jobs()
    with time_machine.travel(clock.now()) as traveller:
        for _ in range(8):
            traveller.shift(timedelta(minutes=10))
            while pass_due(at=clock.now()):
                do_all_jobs()
    asked = DeletionRequest.objects.all()
    assert {request.sighting.page_url for request in asked} == planted, "and nothing harmless is asked for"
    assert {request.state for request in asked} == {"verified"}
    assert {fetch_status(board, page) for page in planted} == {410}

    now = clock.now()
    span = {"since": now - timedelta(days=1), "until": now + timedelta(days=1)}
    counted = [(came_of, number) for _month, came_of, number in sums.counted(sums.REQUESTS, **span)]
    assert counted == [("gone", len(planted))]
    assert WatchFind.objects.filter(sighting__in=asked.values("sighting")).count() == len(planted)
    assert Event.objects.filter(name="removal.verified").count() == len(planted)


def fetch_status(board: Board, page: str) -> int:
    return fetch(page, allowed_origins=frozenset({Origin.parse(board.origin)})).status
