"""The runner of the faults must be able to say no: of what is missing, falls over, or leaves something behind."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import found
from tests.faults.alone import _played
from tests.faults.playing import Played, _end_what_is_left, _left_behind, _results
from tests.faults.scenario import Stage
from tests.faults.telling import table


def test_a_scenario_is_found_by_its_number_and_no_number_is_played_twice(tmp_path: Path) -> None:
    (tmp_path / "f04_two_senders.py").touch()
    (tmp_path / "f12_many_at_once.py").touch()
    assert found.scenarios(tmp_path) == {4: "f04_two_senders", 12: "f12_many_at_once"}
    (tmp_path / "f04_again.py").touch()
    with pytest.raises(ValueError, match="F4 is played by"):
        found.scenarios(tmp_path)


def test_those_that_kill_the_whole_house_share_one_process_and_the_others_have_their_own() -> None:
    assert found.plays({1, 2, 3, 4, 5, 9}) == [(1, 2, 3, 5), (4,), (9,)]
    assert found.plays({3, 8}) == [(3,), (8,)]


def test_a_scenario_that_falls_over_is_broken_and_says_with_what(tmp_path: Path) -> None:
    stage = Stage(folder=tmp_path, full=False, chance=random.Random(1))
    _says, outcome, _took_s = _played("f00_that_is_not_there", stage)
    assert not outcome.held
    assert "did not come to its end: ModuleNotFoundError" in outcome.broken[0]


def test_one_of_which_nothing_was_heard_is_broken(tmp_path: Path) -> None:
    (one,) = _results([4], {4: "f04_two_senders"}, folder=tmp_path, ended="Its process ended with status -9.")
    assert one.broken == ["Nothing was heard of it.", "Its process ended with status -9."]


def test_what_a_scenario_leaves_running_is_named_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.faults.playing._ENDS_WITHIN_S", 0.0)
    began_s, mark = time.time(), {"HAETAE_FAULTS_FOLDER": str(tmp_path)}
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], env=mark)
    try:
        (left,) = _left_behind(tmp_path, since_s=began_s)
        assert left.startswith(f"{sleeper.pid} ")
        _end_what_is_left(tmp_path)
        assert sleeper.wait(10) != 0
        assert _left_behind(tmp_path, since_s=began_s) == []
    finally:
        sleeper.kill()


def test_the_table_says_of_each_what_was_counted_and_which_promise_broke() -> None:
    held = Played(number=4, name="f04", says="they race", counts={"rows": 1_000}, broken=[], took_s=3.2)
    broken = Played(number=9, name="f09", says="it is down", counts={}, broken=["It is lost."], took_s=1.0)
    lines = [line.strip() for line in table([held, broken]).splitlines()]
    assert lines == [
        "F4    they race (held, 3 s)",
        "rows: 1,000",
        "F9    it is down (BROKEN)",
        "! It is lost.",
        "",
        "1 of 2 held",
    ]
