"""Real processes over real HTTP: one haetae fetches from another, is killed, and runs in any time zone."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.hashbank.foreign import Foreign, foreign, image, pages, record, xml  # noqa: F401 - a fixture
from tests.hashbank.partners import pdq
from tests.web.test_upload_check_live import Ours, installed, ours, until  # noqa: F401 - ours is a fixture

FAR = int("f" * 32 + "0" * 32, 16)  # its PDQ is like that of no smaller number


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Ours]:
    with installed(tmp_path / "their home") as installation:
        yield installation


def add_source(here: Ours, *, wire: str, base: str, secret: str, every_s: int = 900) -> None:
    file = Path(here.environment["HAETAE_HOME"]).parent / "secret"
    file.write_text(secret)
    options = ["--wire", wire, "--base", base, "--secret-file", str(file), "--every", str(every_s)]
    here.do("haetae", "exchange", "source", "add", "foreign", *options)
    file.unlink()


def pull(here: Ours) -> dict[str, object]:
    done = json.loads(here.do("haetae", "exchange", "pull", "foreign", "--json"))
    assert done["failure"] is None
    return {kind: done[kind] for kind in ("added", "changed", "withdrawn", "unchanged") if done[kind]}


def decision(here: Ours, number: int) -> str:
    (found,) = json.loads(here.do("haetae", "bank", "match", "--pdq", pdq(number), "--json"))["results"]
    return f"{found['decision']} {len(found['matches'])}"


def stage(there: Ours, *verb: str) -> str:
    return there.do("tests.peers.exchange_stage", *verb)


def test_one_haetae_fetches_from_another_and_its_workers_follow_a_withdrawal(ours, theirs):  # noqa: F811
    keys = json.loads(stage(theirs, "prepare", "1700"))
    stage(theirs, "more", str(FAR), str(FAR + 1))
    theirs.start_web()
    add_source(
        ours, wire="stopncii", base=theirs.web + "/exchange/stopncii/v1", secret=keys["read"], every_s=10
    )
    assert pull(ours) == {"added": 1_702}
    assert ours.asked("SELECT DISTINCT tier FROM hashbank_knownpicture") == ["1"], "self-declared"
    assert decision(ours, FAR) == "review 1"
    ours.start("haetae", "worker")
    stage(theirs, "withdraw", str(FAR))
    until(lambda: "hashbank.withdrawn" in ours.events(), what="the withdrawal")
    assert decision(ours, FAR) == "nothing 0"
    assert ours.asked("SELECT count(*) FROM hashbank_knownpicture WHERE withdrawn_at IS NULL") == ["1701"]
    told = "SELECT count(*) FROM hashbank_recall WHERE acknowledged_at IS NOT NULL"
    until(lambda: theirs.asked(told) == ["1"], what="their knowing that we have dropped it")


def test_the_same_by_the_xml_of_ncmec(ours, theirs):  # noqa: F811
    keys = json.loads(stage(theirs, "prepare", "1700", "1"))
    theirs.start_web()
    add_source(ours, wire="ncmec", base=theirs.web + "/exchange/ncmec", secret=f"hotline:{keys['read']}")
    assert pull(ours) == {"added": 1_701}
    stage(theirs, "withdraw", "3")
    assert pull(ours) == {"withdrawn": 1, "unchanged": 1_700}
    assert ours.asked("SELECT pdq FROM hashbank_knownpicture WHERE withdrawn_at IS NOT NULL") == [pdq(3)]


def test_whoever_is_killed_at_any_moment_has_lost_nothing_and_doubled_nothing(ours, foreign: Foreign):  # noqa: F811
    answer = pages(*([record(number * 10 + one) for one in range(10)] for number in range(30)))
    kills: dict[int, float] = {
        4: 0.0,
        9: 0.004,
        14: 0.02,
        19: 0.06,
    }  # at this page, so long after its question

    def slowly(asked):
        time.sleep(0.05)
        return answer(asked)

    foreign.answer = slowly
    add_source(ours, wire="stopncii", base=foreign.base, secret="key")
    for at_page, after_s in kills.items():
        process = subprocess.Popen(
            [sys.executable, "-m", "haetae", "exchange", "pull", "foreign"], env=ours.environment
        )
        until(lambda at_page=at_page: len(foreign.asked) > at_page, what="the page")
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, "it was too fast to be killed"
        rows = int(ours.asked("SELECT count(*) FROM hashbank_knownpicture")[0])
        assert rows % 10 == 0, "half a page"
    pull(ours)
    hashes = ours.asked("SELECT pdq FROM hashbank_knownpicture WHERE withdrawn_at IS NULL")
    assert sorted(hashes) == sorted(map(pdq, range(300)))
    assert len(foreign.asked) <= 30 + len(kills), "at most the page under way is asked for again"
    taken = ours.asked("SELECT facts->>'added' FROM audit_event WHERE name = 'hashbank.pulled'")
    assert sum(map(int, taken)) == 300


def test_in_every_time_zone_the_windows_are_in_utc_and_nothing_new_is_missed(ours, foreign: Foreign):  # noqa: F811
    add_source(ours, wire="ncmec", base=foreign.base, secret="user:password")
    ends = []
    for number, zone in enumerate(("Asia/Seoul", "America/New_York")):
        ours.environment |= {"TZ": zone}
        foreign.answer = lambda _, number=number: xml(image(str(number), pdq=pdq(number)))
        began = datetime.now(UTC).replace(microsecond=0)
        assert pull(ours) == {"added": 1}
        window = foreign.asked[number].query
        ends.append(datetime.strptime(window["to"], "%Y-%m-%dT%H:%M:%S%z"))
        assert began <= ends[number] <= datetime.now(UTC)
    since = datetime.strptime(window["from"], "%Y-%m-%dT%H:%M:%S%z")
    assert (ends[0] - since).total_seconds() == 3_600
