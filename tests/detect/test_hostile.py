"""More than three hundred files made to hurt, and 23 that hurt others: each has an answer, and nothing breaks."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from haetae.detect import Bank, Finding, Limits, OpenerPool, SignalKind, Verdict, Why, examine
from tests.detect import media_files as made
from tests.detect.hostile_set import honest_files, hostile_files, truncated

# One trial, which several tests look at.
pytestmark = pytest.mark.xdist_group("hostile")

LIMITS = Limits(cpu_s=4, wall_s=20)
BURNS_TIME = "jpeg that burns time"
BROKEN_DOWN = {Why.CRASHED, Why.TOO_SLOW, Why.NO_OPENER}


@dataclass
class Trial:
    """What became of each file, how long it took, and the most memory that any opener ever had."""

    findings: dict[str, Finding] = field(default_factory=dict)
    opening_s: dict[str, float] = field(default_factory=dict)
    openers: list[tuple[int, ...]] = field(default_factory=list)
    peak_bytes: int = 0

    def why(self, name: str) -> str | None:
        signals = self.findings[name].signals
        return next((str(one.facts["why"]) for one in signals if one.kind is SignalKind.UNDECODABLE), None)


def trial_of(files: dict[str, bytes], *, pool: OpenerPool) -> Trial:
    trial = Trial()
    for name, data in files.items():
        began = time.monotonic()
        trial.findings[name] = examine(data, bank=Bank(), openers=pool)
        trial.opening_s[name] = time.monotonic() - began
        trial.openers.append(pool.process_ids())
        trial.peak_bytes = max([trial.peak_bytes, *map(peak_bytes, pool.process_ids())])
    return trial


def peak_bytes(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


@pytest.fixture(scope="module")
def pool() -> Iterator[OpenerPool]:
    with OpenerPool(limits=LIMITS) as openers:
        for data in honest_files().values():
            openers.open(data)
        yield openers


@pytest.fixture(scope="module")
def trial(pool: OpenerPool) -> Trial:
    return trial_of(hostile_files(), pool=pool)


def test_every_file_has_an_answer(trial):
    assert len(trial.findings) > 300
    assert all(finding.reasons for finding in trial.findings.values())


def test_what_cannot_be_opened_is_undetermined(trial):
    unopened = [name for name in trial.findings if trial.why(name)]
    assert len(unopened) > 200
    assert {trial.findings[name].verdict for name in unopened} == {Verdict.UNDETERMINED}


def test_no_truncated_file_is_ever_cleared(trial):
    verdicts = {name: trial.findings[name].verdict for name, _ in truncated()}
    assert len(verdicts) > 70
    assert {name for name, verdict in verdicts.items() if verdict is not Verdict.UNDETERMINED} == set()


def test_no_opener_breaks_down_but_the_one_that_is_ended_by_the_clock(trial):
    assert {name for name in trial.findings if trial.why(name) in BROKEN_DOWN} <= {BURNS_TIME}
    assert trial.why(BURNS_TIME) in {Why.TOO_SLOW, None}  # None on a machine that is fast enough


def test_openers_stay_within_memory_and_time(trial):
    assert 0 < trial.peak_bytes < LIMITS.memory_bytes
    assert max(trial.opening_s.values()) < LIMITS.wall_s + LIMITS.cpu_s  # with the hashing, which is ours


def test_openers_live_on_from_file_to_file(trial, pool):
    assert len(set(trial.openers)) <= 3  # the two kinds; one kind, after the file that burns time; both again
    for data in honest_files().values():
        pool.open(data)


def test_the_collected_hostile_files_have_answers_too(pool):
    if not made.HOSTILE.is_dir():
        pytest.skip(f"NOT RUN: the collection of hostile files is not at {made.HOSTILE}.")
    files = {path.name: path.read_bytes() for path in sorted(made.HOSTILE.iterdir()) if path.suffix != ".md"}
    before = pool.process_ids()
    trial = trial_of(files, pool=pool)
    assert len(trial.findings) == len(files) >= 23
    assert not BROKEN_DOWN & {trial.why(name) for name in files}
    assert trial.peak_bytes < LIMITS.memory_bytes
    assert {trial.findings[name].verdict for name in files if trial.why(name)} <= {Verdict.UNDETERMINED}
    assert pool.process_ids() == before
