"""An official and a moderator set up a passkey in a real browser, and sign in with it and nothing else."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from haetae.common.ids import new_id
from haetae.web.messages import compile_messages
from tests.browser.conftest import _wait_for
from tests.tables import make_database


@dataclass(frozen=True, kw_only=True)
class Console:
    """The pages in a process of their own, which asks for a second step; `once` is a first sign-in on each side."""

    origin: str
    once: dict[str, str]


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    compile_messages()
    surroundings = _surroundings(tmp_path_factory.mktemp("home"))
    once = {"console": _do(surroundings, "haetae", "sign-in", "passkey-tester")}
    _do(surroundings, "haetae", "operator", "Board", "https://board.example", "--connector", "web_page")
    once["operator"] = _do(surroundings, "haetae", "sign-in", "passkey-moderator", "--operator", "Board")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    granian = ("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port))
    command = [sys.executable, "-m", *granian, "--log-level", "error", "haetae.web.wsgi:application"]
    web = subprocess.Popen(command, env={**surroundings, "HAETAE_SIDES": "console,operator"})
    try:
        origin = f"http://localhost:{port}"  # by name: browsers make no passkey for a bare address
        _wait_for(f"{origin}/healthz")
        yield Console(origin=origin, once={side: origin + path for side, path in once.items()})
    finally:
        web.terminate()
        web.wait(timeout=20)


def _surroundings(home: Path) -> dict[str, str]:
    """A database of its own, with its tables, on the server of the tests."""
    return {
        **os.environ,
        "DATABASE_URL": make_database(f"passkeys_{new_id().hex[:12]}"),
        "HAETAE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
    }


def _do(surroundings: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command], env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _telephone(page: Page) -> CDPSession:
    """An authenticator inside the device that recognises its owner, as a telephone does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.mark.parametrize(
    ("side", "onwards", "first"),
    [("console", "On to the control room", "Sightings"), ("operator", "On to the requests", "Requests")],
)
def test_a_passkey_is_set_up_once_and_then_opens_the_room_alone(
    chromium: Browser, console: Console, side: str, onwards: str, first: str
):
    context = chromium.new_context(locale="en", viewport={"width": 1200, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    _telephone(page)

    page.goto(console.once[side])
    page.get_by_role("button", name="Sign in now").click()
    expect(page.get_by_role("heading", name="Set up a second step first")).to_be_visible()
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_role("button", name="Set up the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.get_by_role("link", name=onwards).click()
    expect(page.get_by_role("link", name=first, exact=True)).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"**/{side}/sign-in/**")
    page.goto(f"{console.origin}/{side}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{console.origin}/{side}/")
    expect(page.get_by_role("link", name=first, exact=True)).to_be_visible()
    refused = [said for said in complaints if "403" not in said]  # the page that asks for the step is one
    assert refused == []
    context.close()


def test_without_the_passkey_the_room_stays_closed(chromium: Browser, console: Console):
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{console.origin}/console/")
    assert "/console/sign-in/" in page.url
    context.close()
    for _ in range(2):  # the second time it has been used, whoever was here before
        context = chromium.new_context(locale="en")
        page = context.new_page()
        page.goto(console.once["console"])
        page.get_by_role("button", name="Sign in now").click()
        page.wait_for_load_state()
        shown = page.locator("h1").first.inner_text()
        context.close()
    assert shown == "This link no longer works."
