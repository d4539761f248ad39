"""The client that platforms really run, unmodified, against a web server of ours over HTTP."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from bench.peers.ask import MISSING, PYTHON
from tests.hashbank.partners import pdq
from tests.web.test_upload_check_live import Ours, ours  # noqa: F401 - ours is a fixture

COUNT = 1_700  # with the film three pages of 800, all of one second


class Client:
    """`python -I` keeps our own modules away from the peer."""

    def __init__(self, ours: Ours, script: str, keys: dict[str, str], base: str) -> None:  # noqa: F811
        assert PYTHON.exists(), MISSING
        self.keys = keys
        self._command = [str(PYTHON), "-I", str(Path(__file__).with_name(script))]
        self._base = ours.web + base

    def run(self, verb: str, *rest: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        keys = [self.keys["read"], self.keys["write"]]
        return subprocess.run(
            [*self._command, verb, self._base, *keys, *rest],
            capture_output=True,
            text=True,
            check=False,
            # Django has put the pages' time zone into our own environment.
            env={"TZ": "UTC", **environment},
            timeout=120,
        )

    def does(self, verb: str, *rest: str, **environment: str):
        done = self.run(verb, *rest, **environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def client(ours: Ours) -> Client:  # noqa: F811
    keys = json.loads(ours.do("tests.peers.exchange_stage", "prepare", str(COUNT)))
    ours.start_web()
    return Client(ours, "stopncii_client.py", keys, "/exchange/stopncii/v1")


def standing(ours: Ours):  # noqa: F811
    return json.loads(ours.do("tests.peers.exchange_stage", "standing"))


def test_it_fetches_every_page_and_resumes_where_it_was_interrupted(ours, client):  # noqa: F811
    pages = client.does("fetch")
    assert [len(page["hashes"]) for page in pages] == [800, 800, 101]
    everything = {pdq(number) for number in range(COUNT)} | {"ab" * 16}
    assert set().union(*(page["hashes"] for page in pages)) == everything
    interrupted = client.does("deltas", "", "1")
    assert (interrupted["pages"], len(interrupted["held"])) == (1, 800)
    ours.do("tests.peers.exchange_stage", "more", "5000", "5010")
    resumed = client.does("deltas", str(interrupted["next"]))
    assert set(interrupted["held"]) | set(resumed["held"]) == everything | set(map(pdq, range(5000, 5010)))


def test_it_submits_and_says_what_it_made_of_a_hash(ours, client):  # noqa: F811
    client.does("submit", pdq(9_999))
    client.does("say", pdq(7), "NotBlocked")
    now = standing(ours)
    assert now["submitted"] == [[pdq(9_999), 1]]
    assert now["feedback"] == sorted([[pdq(9_999), "blocked"], [pdq(7), "not_blocked"]])
    assert sorted(now["tags"]) == [["parody"], ["seen"]]
    refused = client.run("say", pdq(123_456), "Blocked")
    assert "404" in refused.stderr


def test_it_is_told_of_a_withdrawal_and_keeps_the_hash_all_the_same(ours, client):  # noqa: F811
    """Version 1.2.17 compares the value of a hash, not its status, with Withdrawn; the wire says it rightly."""
    client.does("fetch")
    ours.do("tests.peers.exchange_stage", "withdraw", "3")
    *_, last = client.does("fetch")
    assert last["hashes"][pdq(3)] == "Withdrawn"
    assert client.does("deltas")["held"][pdq(3)] is True, "the client has learnt it: say so in the documents"
    assert standing(ours)["recalls"] == [[True, False]]
    time.sleep(1.0)  # in a quiet bank: the second of the withdrawal is over, and nothing else has changed
    *_, last = client.does("fetch", str(last["next"]))
    client.does("fetch", str(last["next"]))
    assert standing(ours)["recalls"] == [[True, True]]
