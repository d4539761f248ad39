"""Numbers for whoever watches over the machines: complete, bounded, and nothing of anybody in them."""

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse

from haetae.common import clock, jobs
from haetae.common.tallies import BUCKETS_S, labels_of, tallies
from haetae.running import pulse
from haetae.running.beats import actions
from haetae.running.errors import CannotStartError
from haetae.running.kinds import Kind, State
from haetae.running.metrics import numbers, serving
from haetae.running.metrics.numbers import page

# One line of the text format 0.0.4: a name, labels, a number.
LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="[A-Za-z0-9_.:+-]*",?)*)\})? (-?[0-9.e+-]+)')
SECRETS = ("198.51.100.77", "board.example", "Hanbyeol", "x-secret-agent", "9f8e7d6c5b4a")


def read(text: str) -> dict[tuple[str, str], float]:
    """Every line by name and labels. Fails at one that Prometheus would not read, and at one that comes twice."""
    found: dict[tuple[str, str], float] = {}
    typed: set[str] = set()
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            typed.add(line.split()[2])
        if line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        assert match, f"this is no line of the format: {line}"
        name, labels, number = match.groups()
        assert re.sub(r"_(bucket|sum|count)$", "", name) in typed or name in typed, f"{name} has no type"
        assert (name, labels or "") not in found, f"twice: {line}"
        found[name, labels or ""] = float(number)
    return found


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    tallies.take()
    yield
    tallies.take()


@pytest.mark.django_db
def test_what_waits_and_for_how_long_and_who_lives_is_told():
    now = clock.now()
    jobs.defer("haetae.flow.next_step", event_id=1)
    actions.beat(
        name="a", kind=Kind.WORKER, machine="secret-host", state=State.READY, version="0.1.0", at=now
    )
    actions.beat(
        name="b",
        kind=Kind.WEB,
        machine="secret-host",
        state=State.READY,
        version="0.1.0",
        at=now - timedelta(hours=1),
    )
    text = page(now=clock.now() + timedelta(seconds=30))
    found = read(text)
    assert found["haetae_database_up", ""] == 1
    assert found["haetae_jobs_waiting", 'queue="flow"'] == 1
    assert found["haetae_jobs_oldest_seconds", 'queue="flow"'] >= 30
    assert found["haetae_processes", 'process="worker",state="ready"'] == 1
    assert found["haetae_processes", 'process="web",state="silent"'] == 1
    assert found["haetae_breakers", 'gate="open"'] == 0
    assert "secret-host" not in text, "a machine is for the doctor to name"
    for name in (
        "haetae_events_unsealed_oldest_seconds", "haetae_reviews_undecided", "haetae_deadlines_overdue",
        "haetae_deliveries_oldest_seconds", "haetae_reports", "haetae_jobs_failed",
        "haetae_jobs_set_aside",
    ):  # fmt: skip
        assert (name, "") in found


def _answered(client, where: str, **headers: str) -> None:
    client.get(where, headers=headers)


@pytest.mark.django_db
def test_an_answer_is_counted_under_the_name_of_its_route_whatever_stood_in_its_address(client, monkeypatch):
    unknown = f"/nobody-{SECRETS[1]}/{SECRETS[4]}/"
    for where in ("/link/", f"/link/?name={SECRETS[2]}", unknown, reverse("console:work"), "/healthz"):
        client.get(where, headers={"user-agent": SECRETS[3]}, REMOTE_ADDR=SECRETS[0])
    client.post("/link/", {"links": f"https://{SECRETS[1]}/{SECRETS[4]}"}, REMOTE_ADDR=SECRETS[0])
    client.generic(f"MADE{SECRETS[4]}", f"/{SECRETS[4]}", REMOTE_ADDR=SECRETS[0])
    actions.add(tallies.take())
    text = page(now=clock.now())
    found = read(text)
    assert found["haetae_http_seconds_count", 'route="portal:report",status="2xx"'] >= 2
    assert found["haetae_http_seconds_count", 'route="none",status="4xx"'] >= 1
    assert found["haetae_http_seconds_count", 'route="health",status="2xx"'] == 1
    for secret in SECRETS:
        assert secret not in text
    buckets = [
        found["haetae_http_seconds_bucket", f'route="health",status="2xx",le="{b:g}"'] for b in BUCKETS_S
    ]
    assert buckets == sorted(buckets), "each bucket holds those before it"


@pytest.mark.django_db
def test_a_thousand_addresses_make_no_more_lines_than_one(client):
    for number in range(100):
        client.get(f"/made-up-{number}/")
        client.get(f"/healthz?{number}")
    lines = {(key.name, key.labels) for key in tallies.take()}
    assert lines == {
        ("haetae_http_seconds", 'route="none",status="4xx"'),
        ("haetae_http_seconds", 'route="health",status="2xx"'),
    }


def test_what_is_no_code_can_close_no_quotation_and_begin_no_line():
    assert labels_of({"route": 'a"} 1\nevil{x="'}) == 'route="a___1_evil_x__"'


@pytest.mark.django_db
def test_when_the_database_is_away_that_alone_is_told(monkeypatch):
    def gone(_now):
        raise OperationalError("gone")

    monkeypatch.setattr(numbers, "_families", gone)
    assert read(page(now=clock.now())) == {("haetae_database_up", ""): 0}


def test_others_than_this_machine_get_numbers_for_a_token_alone(tmp_path):
    with pytest.raises(CannotStartError, match="HAETAE_METRICS_TOKEN_FILE"):
        serving.serve_numbers(host="0.0.0.0", port=9, token="")
    (tmp_path / "token").write_text("short")
    with pytest.raises(CannotStartError, match="20 characters"):
        serving.read_token(str(tmp_path / "token"))
    with pytest.raises(CannotStartError, match="cannot be read"):
        serving.read_token(str(tmp_path / "nowhere"))
    assert serving.read_token("") == ""


def test_the_server_shows_numbers_at_one_address_to_whoever_shows_the_token():
    token, made = "t" * 20, []
    shown = serving.Numbers(lambda: made.append(1) or "haetae_database_up 1\n")
    server = serving._Server(("127.0.0.1", 0), serving._handler(shown, token))
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with_token = {"Authorization": f"Bearer {token}"}
        assert _asked(origin + "/metrics", with_token) == (200, b"haetae_database_up 1\n")
        assert _asked(origin + "/metrics", with_token)[0] == 200
        assert len(made) == 1, "a moment later the same numbers are shown, and nothing is counted"
        assert _asked(origin + "/", with_token)[0] == 404
        for wrong in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": token}):
            assert _asked(origin + "/metrics", wrong)[0] == 401
    finally:
        server.shutdown()
        server.server_close()


def _asked(url: str, headers: dict[str, str]) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


@pytest.mark.django_db
def test_one_line_for_each_answer_where_somebody_wants_them_with_route_status_and_duration(
    client, settings, caplog
):
    client.get("/healthz")
    assert not [one for one in caplog.records if one.name == "haetae.access"]
    settings.ACCESS_LOG = True
    with caplog.at_level("INFO", logger="haetae.access"):
        client.get(f"/link/?x={SECRETS[2]}", headers={"user-agent": SECRETS[3]}, REMOTE_ADDR=SECRETS[0])
    (line,) = [one.msg for one in caplog.records if one.name == "haetae.access"]
    assert {"route", "status", "duration_ms"} <= set(line)
    assert not any(secret in str(line) for secret in SECRETS)


def test_a_process_without_a_pulse_says_nothing():
    pulse.moved()
    pulse.told_to_stop()
