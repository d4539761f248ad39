"""The page that hashes on the device: what the server says to the browser, and what its scripts must never hold.

tests/browser plays the page in a real browser (`make test-browser`).
"""

import re

from tests.web.msgids import WEB

_SCRIPTS = WEB / "static" / "haetae"
_HASHING = sorted((_SCRIPTS / "hashing").glob("*.js"))
# Every way in which a script can ask a server or keep something, as far as browsers have one.
_LEAVES_THE_DEVICE = re.compile(
    r"\bfetch\b|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeer|WebTransport|localStorage|sessionStorage"
    r"|indexedDB|caches\b|document\.cookie|serviceWorker|\.submit\("
)
_FROM_ELSEWHERE = re.compile(r"""(?:from|import\(|import)\s*["'](?!\./)""")


def _policy(answer) -> dict[str, str]:
    rules = (rule.strip().partition(" ") for rule in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in rules}


def test_the_browser_is_told_to_refuse_the_page_every_connection(visitor):
    policy = _policy(visitor().get("/hash/"))
    assert policy["connect-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["media-src"] == "blob:"
    assert policy["img-src"] == "'self'"


def test_no_other_page_may_play_films(visitor):
    for where in ("/", "/link/"):
        assert "media-src" not in _policy(visitor().get(where))


def test_a_worker_is_told_the_same(visitor):
    answer = visitor().get("/static/haetae/hashing/worker.js")
    assert _policy(answer) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "frame-ancestors": "'none'",
    }
    answer.close()


def test_the_scripts_ask_nobody_keep_nothing_and_load_only_each_other():
    assert len(_HASHING) > 10
    for script in [*_HASHING, _SCRIPTS / "fingerprint.js"]:
        text = script.read_text(encoding="utf-8")
        assert not _LEAVES_THE_DEVICE.search(text), script.name
        assert not _FROM_ELSEWHERE.search(text), script.name
        assert len(text.splitlines()) <= 150, script.name


def test_every_reason_for_no_hash_has_its_sentence(visitor):
    page = visitor().get("/hash/").content.decode()
    raised = {
        code
        for script in _HASHING
        for code in re.findall(r'NoHash\("([a-z_]+)"\)', script.read_text(encoding="utf-8"))
    }
    assert len(raised) == 6
    assert raised == set(re.findall(r'data-code="([a-z_]+)"', page))
