"""A real browser in front of the real pages, which a real process gives over HTTP."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from haetae.detect import OpenerPool
from haetae.web.messages import compile_messages
from tests import tables
from tests.browser import booth_stage
from tests.browser.arrows import ARROWS
from tests.browser.booth_stage import Visits
from tests.browser.inquiry_stage import Inquiry, open_inquiry
from tests.browser.made_here import Made
from tests.browser.road_cast import Cast
from tests.browser.road_stage import Road, open_road
from tests.browser.town import Town, start, stop

# The same engine without the browser's own windows, which nobody looks at here and which take a third of the time.
_CHROMIUM = ("chromium-headless-shell", "chromium")
_PATIENCE_S = 60.0
PHONE = {"width": 360, "height": 740}

OpenPage = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two processes share the work: whatever needs the whole town goes to one of them, so that there is one town.

    So it is with the regulator's road, and with the police. Everything else goes file by file, because what a file sets
    up is set up once.
    First of all, because xdist reads the marks in the same hook and would else have read them before they are there.
    """
    for item in items:
        needs = getattr(item, "fixturenames", ())
        shared = next((name for name in ("town", "road", "inquiry") if name in needs), item.path.stem)
        item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(autouse=True, scope="session")
def one_town_and_one_road(request: pytest.FixtureRequest) -> None:
    """What belongs together goes to one process only where its name says so, which xdist writes into it."""
    if request.config.getoption("loadgroup", default=False):
        assert all("@" in item.nodeid for item in request.session.items)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are. There is no database behind them, so that nothing can be sent."""
    compile_messages()
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    environment = {
        **os.environ,
        "HAETAE_HOME": str(home),
        "DATABASE_URL": f"postgresql://nobody@/none?host={home}",
        "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
    }
    granian = ("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port))
    command = [sys.executable, "-m", *granian, "--log-level", "error", "haetae.web.wsgi:application"]
    web = subprocess.Popen(command, env=environment)
    try:
        origin = f"http://127.0.0.1:{port}"
        _wait_for(f"{origin}/hash/")
        yield origin
    finally:
        web.terminate()
        web.wait(timeout=20)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline, "waited for the web process in vain"
            time.sleep(0.1)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if program is None:
        pytest.fail(
            f"There is no chromium on this machine. Install it (Debian: apt-get install {_CHROMIUM[0]})."
        )
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[OpenPage]:
    """Open the page on a telephone; `before` is a script that runs before those of the page."""
    contexts: list[BrowserContext] = []

    def opened(
        language: str = "en",
        *,
        at: str = f"{address}/hash/",
        before: str = "",
        ready: bool = True,
        **options: object,
    ) -> Page:
        context = chromium.new_context(**{"locale": language, "viewport": PHONE, **options})
        contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.goto(at)
        if ready and at.endswith("/hash/"):
            page.wait_for_selector("html[data-reading]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def openers() -> Iterator[OpenerPool]:
    with OpenerPool() as pool:
        yield pool


@pytest.fixture(scope="session")
def town() -> Iterator[Town]:
    """Everything, as `haetae run` starts it, with the platform beside it."""
    # Not below pytest's own folder: each run of pytest shuts that to others, and the database is another user.
    with tempfile.TemporaryDirectory(prefix="haetae-town-") as folder:
        home = Path(folder) / "home"
        tables.lay(home / "postgres")
        running = start(home)
        yield running
        stop(running)


@pytest.fixture(scope="session")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """One commission, one regulator and one operator, for everything that is clicked between them."""
    compile_messages()
    with open_road(tmp_path_factory.mktemp("home")) as opened:
        _wait_for(f"{opened.origin}/healthz")
        yield opened


@pytest.fixture(autouse=True)
def takes_its_arrows(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a story of the road is said to do has really happened in it, by the record of events."""
    name = request.node.name
    wanted = {event for story, event in ARROWS.values() if story == name}
    if not wanted:
        yield
        return
    road: Road = request.getfixturevalue("road")
    road.happened()
    yield
    assert wanted <= road.happened(), f"{name} did not take each of its arrows"


@pytest.fixture(scope="session")
def cast(chromium: Browser, road: Road) -> Iterator[Cast]:
    everybody = Cast(chromium, road)
    yield everybody
    everybody.close()


@pytest.fixture(scope="session")
def inquiry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inquiry]:
    """The police, the prosecutor and the court, with what they decide about."""
    compile_messages()
    with open_inquiry(tmp_path_factory.mktemp("home")) as opened:
        _wait_for(f"{opened.origin}/healthz")
        yield opened


@pytest.fixture(scope="session")
def police(chromium: Browser, inquiry: Inquiry) -> Iterator[Cast]:
    everybody = Cast(chromium, inquiry)
    yield everybody
    everybody.close()


@pytest.fixture(scope="session")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a booth."""
    return booth_stage.set_up(tmp_path_factory.mktemp("booth") / "booth")


@pytest.fixture
def visit(chromium: Browser, booth: Path) -> Iterator[Visits]:
    """Visitors of the booth, without a network."""
    visits = Visits(chromium=chromium, folder=booth)
    yield visits
    visits.end()


@pytest.fixture(scope="session")
def beside_the_browser() -> Iterator[None]:
    """The browser's own loop runs in the thread in which pages are made, and so does the database, to its end."""
    compile_messages()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def made(chromium: Browser, settings: Any) -> Iterator[Made]:
    """Pages that are made in this test, in a real browser, which has nothing to complain of."""
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = True
    pages = Made(chromium=chromium)
    yield pages
    pages.close()
    assert pages.troubles == []


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Figures that the run prints, whether it passes or not."""

    def tell(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")

    return tell
