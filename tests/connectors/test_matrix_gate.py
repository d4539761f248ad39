"""The gate without a homeserver: what it reads in a message, which rooms it leaves alone, what it does unanswered."""

import asyncio
import importlib.util
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

FILE = Path(__file__).parent.parent.parent / "contrib" / "synapse" / "haetae_gate.py"
PUBLIC = {"m.room.join_rules": {"join_rule": "public"}}


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The file as Synapse loads it, but for what there is only inside Synapse."""
    spec = importlib.util.spec_from_file_location("haetae_gate", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "haetae_gate", module)
    spec.loader.exec_module(module)
    module._of_synapse = lambda: (SimpleNamespace, "M_FORBIDDEN", _Counter())
    return module


class _Counter(Counter):
    def labels(self, outcome: str) -> SimpleNamespace:
        return SimpleNamespace(inc=lambda: self.update([outcome]))


class Synapse:
    """As much of the module interface as the gate uses."""

    server_name = "board.example"

    def __init__(self, file: Path, *, state: dict[str, Any] = PUBLIC, uploaded: bool = True) -> None:
        self._hs = self
        self.main = self.media_storage = self
        self._file, self._state = file, state
        self._record = SimpleNamespace(quarantined_by=None, media_length=8 if uploaded else None)
        self.hidden: list[str] = []

    def get_datastores(self) -> "Synapse":
        return self

    get_media_repository = get_datastores

    def register_spam_checker_callbacks(self, **callbacks: Any) -> None:
        self.ask = callbacks["check_event_for_spam"]

    async def get_room_state(self, room_id: str, facts: Any) -> dict[tuple[str, str], SimpleNamespace]:
        return {(name, ""): SimpleNamespace(content=content) for name, content in self._state.items()}

    async def get_local_media(self, media_id: str) -> SimpleNamespace:
        return self._record

    async def quarantine_media_by_id(self, server: str, media_id: str, by: str) -> None:
        self.hidden.append(media_id)

    async def defer_to_thread(self, act: Any, *arguments: Any) -> Any:
        return act(*arguments)

    @asynccontextmanager
    async def ensure_media_is_in_local_cache(self, info: Any) -> Any:
        yield str(self._file)


@contextmanager
def haetae(status: int, body: bytes) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Something that always answers the same; its address, and what it was asked."""
    asked: list[dict[str, str]] = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(dict(self.headers))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is written down."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/upload-check/", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def event(**content: Any) -> SimpleNamespace:
    return SimpleNamespace(
        content={"url": "mxc://board.example/abc"} | content, room_id="!square", event_id="$1"
    )


def outcome(gate: ModuleType, synapse: Synapse, *, url: str, closed: bool, shown: Any = None) -> str:
    settings = gate.Settings(check_url=url, token="t", origin="https://board.example", closed=closed)
    gate.HaetaeGate(settings, synapse)
    said = asyncio.run(synapse.ask(shown or event()))
    return "published" if said == gate.NOT_SPAM else said[1]["org.haetae.outcome"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_bytes(b"a file ..")
    return tmp_path / "file"


@pytest.mark.parametrize(
    ("status", "body", "if_open", "if_closed"),
    [
        (200, b'{"publish": true}', "published", "published"),
        (200, b'{"publish": false}', "refused", "refused"),
        (200, b'{"publish": "no"}', "published", "kept_back_unanswered"),
        (200, b"garbage", "published", "kept_back_unanswered"),
        (401, b"{}", "published", "kept_back_unanswered"),
        (503, b"{}", "published", "kept_back_unanswered"),
        (302, b"", "published", "kept_back_unanswered"),
    ],
)
def test_only_a_plain_no_refuses_and_no_answer_does_what_was_declared(
    gate: ModuleType, file: Path, status: int, body: bytes, if_open: str, if_closed: str
) -> None:
    gate._PATIENCE_S, gate._BUSY_PAUSE_S = 1.5, 0.4
    with haetae(status, body) as (url, asked):
        for closed, expected in ((False, if_open), (True, if_closed)):
            synapse = Synapse(file)
            assert outcome(gate, synapse, url=url, closed=closed) == expected
            assert synapse.hidden == (["abc"] if expected == "refused" else [])
    assert asked[0]["X-Post-Id"] == "abc"
    assert asked[0]["X-Page"] == "https://board.example/_matrix/client/v3/rooms/%21square/event/%241"
    assert (len(asked) > 2) == (status == 503), "busy is asked again while there is time, and nothing else is"


def test_its_log_never_says_which_picture_it_was_about(
    gate: ModuleType, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    missing = tmp_path / "named-in-words-of-the-fault"
    with haetae(400, b'{"field": "X-Page", "message": "https://board.example/named"}') as (url, _):
        assert outcome(gate, Synapse(missing), url=url, closed=True) == "kept_back_unanswered"
        missing.write_bytes(b"a file ..")
        assert outcome(gate, Synapse(missing), url=url, closed=True) == "kept_back_unanswered"
    assert "FileNotFoundError" in caplog.text
    assert "refuses the question: 400" in caplog.text
    assert "named" not in caplog.text


@pytest.mark.parametrize(
    ("state", "is_open"),
    [
        (PUBLIC, True),
        ({"m.room.history_visibility": {"history_visibility": "world_readable"}}, True),
        ({**PUBLIC, "m.room.encryption": {}}, False),
        ({"m.room.join_rules": {"join_rule": "invite"}}, False),
        ({"m.room.join_rules": {"join_rule": "knock"}}, False),
        ({"m.room.join_rules": {"join_rule": "restricted"}}, False),
        ({}, False),
    ],
)
def test_nobody_is_asked_about_a_room_that_is_not_open_to_everybody(
    gate: ModuleType, file: Path, state: dict[str, Any], is_open: bool
) -> None:
    with haetae(200, b'{"publish": false}') as (url, asked):
        became = outcome(gate, Synapse(file, state=state), url=url, closed=True)
    assert (became, len(asked)) == (("refused", 1) if is_open else ("published", 0))


def test_a_message_without_a_picture_of_this_homeserver_costs_nothing(gate: ModuleType, file: Path) -> None:
    elsewhere = event(url="mxc://other.example/abc")
    assert (
        outcome(gate, Synapse(file), url="http://127.0.0.1:9/", closed=True, shown=elsewhere) == "published"
    )


def test_what_is_not_there_yet_and_too_much_at_once_are_kept_back(gate: ModuleType, file: Path) -> None:
    url = "http://127.0.0.1:9/"
    assert outcome(gate, Synapse(file, uploaded=False), url=url, closed=False) == "not_uploaded"
    many = event(formatted_body=" ".join(f"mxc://board.example/{n}" for n in range(9)))
    assert outcome(gate, Synapse(file), url=url, closed=False, shown=many) == "too_many"


@pytest.mark.parametrize(
    "written", ["mxc&#58;//board.example/abc", "mxc://board.example/%61bc", "MXC://board.example/abc"]
)
def test_a_picture_is_found_however_its_address_is_written(gate: ModuleType, written: str) -> None:
    said = {"formatted_body": f"<img src='{written}'>", "m.new_content": {"url": [written]}}
    assert gate.media_shown(said, server="board.example") == ["abc"]


def test_a_homeserver_does_not_start_with_half_a_configuration(gate: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("t\n")
    whole = {
        "check_url": "http://127.0.0.1:8700/api/upload-check/",
        "token_file": str(tmp_path / "token"),
        "origin": "https://board.example/",
        "when_down": "closed",
    }
    assert gate.HaetaeGate.parse_config(whole).origin == "https://board.example"
    for wrong in ({"when_down": "maybe"}, {"check_url": "ftp://x/"}, {"origin": ""}):
        with pytest.raises(ValueError, match="haetae_gate: "):
            gate.HaetaeGate.parse_config(whole | wrong)
