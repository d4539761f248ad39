"""The client that platforms really run, unmodified, against a web server of ours over HTTP."""

import json
import time

import pytest

from tests.hashbank.partners import pdq
from tests.peers.test_stopncii_client import Client, standing
from tests.web.test_upload_check_live import Ours, ours  # noqa: F401 - ours is a fixture

COUNT = 2_100  # with the film three pages of 1,000, all of one second: the client has to narrow down on it


@pytest.fixture
def client(ours: Ours) -> Client:  # noqa: F811
    keys = json.loads(ours.do("tests.peers.exchange_stage", "prepare", str(COUNT), "1"))
    ours.start_web()
    return Client(ours, "ncmec_client.py", keys, "/exchange/ncmec")


def let_it_be_old_enough() -> None:
    """The client asks for what is at least five seconds old."""
    time.sleep(7)


def test_it_probes_pages_and_is_told_what_is_gone(ours, client):  # noqa: F811
    assert client.does("who") == {"me": "hotline", "all": ["haetae", "another", "hotline"]}
    let_it_be_old_enough()
    first = client.does("deltas")
    assert first["signals"] == {"pdq": sorted(map(pdq, range(COUNT))), "video_md5": ["ab" * 16]}
    ours.do("tests.peers.exchange_stage", "withdraw", "3")
    ours.do("tests.peers.exchange_stage", "more", "5000", "5010")
    let_it_be_old_enough()
    second = client.does("deltas", str(first["next"]))
    assert set(map(pdq, range(5000, 5010))) <= set(second["signals"]["pdq"])
    assert len(second["gone"]) == 1
    ours.do("tests.peers.exchange_stage", "more", "6000", "6001")
    let_it_be_old_enough()
    client.does("deltas", str(second["next"]))
    assert standing(ours)["recalls"] == [[True, True]]


def test_it_votes_with_reasons_that_it_asks_for(ours, client):  # noqa: F811
    guids = client.does("vote", pdq(1), "upvote")
    client.does("vote", pdq(2), "downvote", guids[0])
    assert standing(ours)["feedback"] == [[pdq(1), "blocked"], [pdq(2), "not_blocked"]]
    assert client.does("said") == [["upvote", "", "hotline"], ["downvote", "not_this_picture", "hotline"]]


def test_outside_utc_it_is_refused_with_the_reason_instead_of_missing_hashes_for_ever(ours, client):  # noqa: F811
    """In Seoul it writes nine o'clock in the morning as nine o'clock UTC: all that is new lies before its `from`."""
    now_s = int(time.time())
    in_seoul = client.run("deltas", str(now_s - 60), TZ="Asia/Seoul")
    assert in_seoul.returncode != 0
    assert "400 Client Error" in in_seoul.stderr
    assert client.does("deltas", str(now_s - 60))["next"] >= now_s - 10
