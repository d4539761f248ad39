import json
import socket
import threading

import pytest
import typer
from typer.testing import CliRunner

from haetae.cli.fetch import fetch
from haetae.common.outbound import door

PUBLIC = "93.184.215.14"
application = typer.Typer()
application.command()(fetch)


def call(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(application, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Let the machine's resolver give these addresses; none at all means that it knows no such name."""

    def getaddrinfo(host, port, **_):
        if not answers:
            raise socket.gaierror(-2, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port)) for answer in answers]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        socket, "create_connection", lambda *_, **__: pytest.fail("something was connected to")
    )


@pytest.mark.usefixtures("no_connection")
@pytest.mark.parametrize("more", [[], ["--check-only"], ["--json"], ["--check-only", "--json"]])
@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://good.example:22/", "file:///etc/passwd", ""])
def test_an_address_against_the_rule_exits_with_three_before_any_connection(
    url: str, more: list[str]
) -> None:
    code, output = call(*more, url)
    assert code == 3
    assert "refused" in output


@pytest.mark.usefixtures("no_connection")
def test_a_name_that_points_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, PUBLIC, "10.0.0.1")
    for more in ([], ["--check-only"]):
        code, output = call(*more, "--json", "https://example.com/")
        assert code == 3
        assert "10.0.0.1" in json.loads(output)["words"]


@pytest.mark.usefixtures("no_connection")
def test_a_check_tells_what_the_name_resolves_to(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, PUBLIC)
    code, output = call("--check-only", "--json", "https://EXAMPLE.com/a?b=c")
    facts = json.loads(output)
    assert code == 0
    assert (facts["outcome"], facts["address"], facts["resolves_to"]) == (
        "passes",
        "https://example.com/a?b=c",
        [PUBLIC],
    )


@pytest.mark.usefixtures("no_connection")
def test_a_check_of_a_name_that_cannot_be_resolved_now_passes_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolving(monkeypatch)
    code, output = call("--check-only", "https://한국.kr/")
    assert code == 0
    assert "cannot be resolved now" in output
    assert "judged at the moment of connecting" in output


def test_a_fetch_of_a_name_that_cannot_be_resolved_exits_with_four(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch)
    code, output = call("--json", "https://example.com/")
    assert code == 4
    assert (json.loads(output)["code"], json.loads(output)["sent"]) == ("dns", False)


def answer_once(reply: bytes) -> int:
    """Serve one connection on loopback and give the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listener.accept()
        with connection, listener:
            connection.recv(65_536)
            connection.sendall(reply)

    threading.Thread(target=answer, daemon=True).start()
    return int(listener.getsockname()[1])


def test_the_facts_are_printed_and_the_body_never_is(monkeypatch: pytest.MonkeyPatch) -> None:
    reply = b"HTTP/1.1 404 Gone\r\nContent-Type: text/\x1b[31mplain\r\nContent-Length: 6\r\n\r\nsecret"
    opened = door.fetch

    def through_loopback(url: str) -> door.Fetched:
        port = answer_once(reply)
        origin = door.Origin(scheme="http", host="127.0.0.1", port=port)
        return opened(url.replace("example.com", f"127.0.0.1:{port}"), allowed_origins=frozenset({origin}))

    monkeypatch.setattr("haetae.common.outbound.fetch", through_loopback)
    code, output = call("--json", "http://example.com/x")
    facts = json.loads(output)
    assert code == 0
    assert (facts["status"], facts["bytes"], facts["peer"]) == (404, 6, "127.0.0.1")
    assert facts["sha256"] == "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
    assert [hop["status"] for hop in facts["hops"]] == [404]
    assert facts["duration_s"] >= 0
    assert "secret" not in output
    code, output = call("http://example.com/x")
    assert code == 0
    assert "sha256: 2bb80d53" in output
    assert "secret" not in output
    assert "\x1b" not in output
