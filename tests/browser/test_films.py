"""Films on the device: each moment has the bits that the server gives to the same frame, within a few."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from io import BytesIO

import av
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from haetae.detect import Frame, OpenerPool
from haetae.detect.finding import Turn
from haetae.detect.hashing.dhash import dhash_of_turns
from haetae.detect.hashing.pdq import pdq
from haetae.detect.matching.distance import distance_bits
from tests.browser.choosing import choose, ended
from tests.browser.pictures import coloured
from tests.detect.film_files import film
from tests.detect.patterns import waves

SECONDS = 6
BITS_MOST = 4


@dataclass(frozen=True, kw_only=True)
class Moment:
    at_ms: int
    pdq: str
    dhash: str


def gray_film(container: str) -> bytes:
    """Another picture every second, at ten frames a second."""
    scenes = [waves(height=240, width=320, seed=seed) for seed in range(SECONDS)]
    return film([scene for scene in scenes for _ in range(10)], container)


def coloured_film() -> bytes:
    written = BytesIO()
    with av.open(written, "w", format="webm") as output:
        stream = output.add_stream("libvpx-vp9", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        stream.bit_rate = 4_000_000
        stream.codec_context.thread_count = 1
        for number in range(10 * SECONDS):
            picture = np.asarray(coloured(width=320, height=240, seed=number // 10))
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    return written.getvalue()


def moments(page: Page) -> Iterator[Moment]:
    for line in page.locator("#moments li").all():
        seconds, _, _ = (line.text_content() or "").partition(" s")
        first, second = ((code.text_content() or "").replace(" ", "") for code in line.locator(".code").all())
        yield Moment(at_ms=round(float(seconds) * 1000), pdq=first, dhash=second)


def frames_of(data: bytes, openers: OpenerPool) -> dict[int, Frame]:
    seen: list[Frame] = []

    def keep(frame: Frame) -> None:
        seen.append(replace(frame, luma=frame.luma.copy()))  # the opener writes the next one there

    openers.watch(data, show=keep)
    return {frame.at_ms: frame for frame in seen if frame.at_ms is not None}


@pytest.mark.parametrize("kind", ["mp4", "webm", "coloured webm"])
def test_every_moment_is_a_few_bits_from_the_servers_frame_of_that_time(open_page, openers, capsys, kind):
    data = coloured_film() if kind.startswith("coloured") else gray_film(kind)
    page = open_page()
    assert choose(page, data, type_="video/mp4") == "done"
    shown = list(moments(page))
    frames = frames_of(data, openers)
    assert len(shown) == SECONDS
    assert len({moment.pdq for moment in shown}) == SECONDS, "each second shows another picture"
    first, second = [], []
    for moment in shown:
        frame = frames[min(frames, key=lambda at_ms: abs(at_ms - moment.at_ms))]
        assert abs(frame.at_ms - moment.at_ms) <= 50
        first.append(distance_bits(moment.pdq, pdq(frame.luma).bits))
        upright = dhash_of_turns(frame.luma, turns=(Turn.UPRIGHT,), gain=frame.gain)[Turn.UPRIGHT]
        second.append(distance_bits(moment.dhash, upright))
    with capsys.disabled():
        print(f"\n{kind}: bits that differ, PDQ {first}, second family {second}")
    assert max(first) <= BITS_MOST
    assert max(second) <= BITS_MOST


@pytest.mark.parametrize("container", ["mov", "avi"])
def test_a_film_that_the_browser_does_not_play_is_said_to_be_one(open_page, container):
    """Motion JPEG and AVI, as old cameras write them: the server opens both, Chromium neither."""
    page = open_page()
    assert choose(page, gray_film(container)) == "film_not_played"


def test_nothing_is_asked_of_anybody_while_a_film_is_hashed(open_page):
    page = open_page()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    assert choose(page, gray_film("mp4")) == "done"
    assert [url for url in asked if not url.startswith("blob:")] == []


def test_progress_is_told_moment_by_moment_and_the_work_can_be_stopped(open_page):
    page = open_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    long = film([waves(height=64, width=64, seed=at // 10) for at in range(1200)], "mp4")
    page.set_input_files("#file", {"name": "film", "mimeType": "video/mp4", "buffer": long})
    expect(page.locator("#status")).to_contain_text(re.compile(r"Moment \d+ of 120"), use_inner_text=True)
    expect(page.locator("#result")).to_be_hidden()
    page.click("#stop")
    assert ended(page) == "stopped"
    expect(page.locator("#status")).to_have_text("Stopped. Nothing was sent.", use_inner_text=True)
    page.wait_for_timeout(700)
    assert page.locator("#moments li").count() == 0
    assert page.evaluate("document.activeElement.id") == "file"
