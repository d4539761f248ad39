"""A program that looks at pictures in a process of its own: what it says is checked, its silence is no low score."""

import os
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from haetae.detect.classifying.card import ModelRefusedError
from haetae.detect.classifying.outside import program as module
from haetae.detect.classifying.running import NotAssessed
from tests.detect.classifying import programs as made
from tests.detect.classifying.onnx_files import calibration
from tests.detect.classifying.programs import bad_picture, picture

HANG = "time.sleep(60)"
TWO_LINES = "os.write(1, json.dumps({'picture': number, 'found': []}).encode() + b'\\n{}\\n'); " + HANG
ANSWER = 'took(width * height * 3); say({"picture": number, "found": %s})'


def answer(found: str) -> str:
    return ANSWER % found


@pytest.fixture
def at_once(monkeypatch):
    """What could not be started is tried again over the next picture, and not after a minute."""
    monkeypatch.setattr(module, "AGAIN_AFTER_S", 0.0)


def test_a_picture_has_the_highest_score_of_what_counts():
    with closing(made.program(made.text())) as program:
        assert program.probability(picture(204)) == pytest.approx(0.8)
        assert program.probability(picture(153)) == pytest.approx(0.6)
        assert program.look(picture(204))[0].box == (0, 0, 80, 70)


def test_what_does_not_count_leaves_the_floor_and_not_zero():
    with closing(made.program(made.text())) as program:
        dark = program.look(picture(10))
        assert [one.name for one in dark] == ["dark"]
        assert program.probability(picture(10)) == pytest.approx(0.2)


def test_colours_arrive_row_by_row_red_first():
    tell = (
        'd = took(width * height * 3); say({"picture": number, "found": [found(width, height, d[0] / 255)]})'
    )
    red = picture(0, width=made.BAD_WIDTH)
    red[0, 0] = (51, 0, 255)
    with closing(made.program(made.text(misbehaving=tell))) as program:
        assert program.probability(red) == pytest.approx(0.2)
        assert program.look(red[:, ::-1])[0].score == 0.0  # a view that runs backwards is sent as it is seen


def test_a_large_picture_passes_the_pipe():
    with closing(made.program(made.text(), picture_s=20)) as program:
        assert program.probability(picture(255, width=2000, height=1500)) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("misbehaving", "why"),
    [
        (HANG, NotAssessed.PROGRAM_LATE),
        ("took(width * height * 3); " + HANG, NotAssessed.PROGRAM_LATE),
        ('sys.stdout.write("{"); sys.stdout.flush(); ' + HANG, NotAssessed.PROGRAM_LATE),
        ("os._exit(0)", NotAssessed.PROGRAM_ENDED),
        ("os.kill(os.getpid(), 11)", NotAssessed.PROGRAM_ENDED),
        ("raise RuntimeError", NotAssessed.PROGRAM_ENDED),
        ("os.close(1); " + HANG, NotAssessed.PROGRAM_ENDED),
        ("held = bytearray(1 << 33)", NotAssessed.PROGRAM_ENDED),
        ('took(width * height * 3); say({"picture": number, "failed": "no"})', NotAssessed.MODEL_FAILED),
        (answer("[found(width, height, float('nan'))]"), NotAssessed.NO_NUMBER),
        (answer("[found(width, height, float('inf'))]"), NotAssessed.NO_NUMBER),
        (answer("[found(width, height, .9, box=[0, 0, float('nan'), 1])]"), NotAssessed.NO_NUMBER),
        (answer("[found(width, height, 10**400)]"), NotAssessed.NO_NUMBER),
        (answer("[found(width, height, 1.01)]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, -0.01)]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, '0.9')]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, True)]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, None)]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, .9, box=[0, 0, width + 1, height])]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, .9, box=[-1, 0, 5, 5])]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, .9, box=[0, 0, 5])]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, .9, name='unknown')]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, .9, name=['bright'])]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[{}]"), NotAssessed.PROGRAM_NONSENSE),
        (answer("{}"), NotAssessed.PROGRAM_NONSENSE),
        (answer("[found(width, height, 0.1)] * 1001"), NotAssessed.PROGRAM_NONSENSE),
        ('took(width * height * 3); say({"picture": number + 1, "found": []})', NotAssessed.PROGRAM_NONSENSE),
        ('took(width * height * 3); say({"picture": True, "found": []})', NotAssessed.PROGRAM_NONSENSE),
        ('took(width * height * 3); say({"found": []})', NotAssessed.PROGRAM_NONSENSE),
        ('took(width * height * 3); say({"picture": number})', NotAssessed.PROGRAM_NONSENSE),
        ("took(width * height * 3); say('0.9')", NotAssessed.PROGRAM_NONSENSE),
        ("took(width * height * 3); say('')", NotAssessed.PROGRAM_NONSENSE),
        ("took(width * height * 3); say('[' * 100000)", NotAssessed.PROGRAM_NONSENSE),
        ("took(width * height * 3); os.write(1, b'\\xff\\n')", NotAssessed.PROGRAM_NONSENSE),
        (TWO_LINES, NotAssessed.PROGRAM_NONSENSE),
        ("while True: os.write(1, b'x' * 65536)", NotAssessed.PROGRAM_NONSENSE),
        ("while True: os.write(2, b'x' * 65536)", NotAssessed.PROGRAM_NONSENSE),
    ],
)  # fmt: skip
def test_a_program_that_misbehaves_has_assessed_nothing_and_the_next_picture_is_looked_at(misbehaving, why):
    with closing(made.program(made.text(misbehaving=misbehaving))) as program:
        assert program.probability(picture(204)) == pytest.approx(0.8)
        assert program.probability(bad_picture()) is why
        assert program.probability(picture(153)) == pytest.approx(0.6)


def test_an_answer_before_the_picture_is_none():
    """A large picture, so that it cannot all lie in the pipe when the answer comes."""
    early = 'say({"picture": number, "found": []}); ' + HANG
    with closing(made.program(made.text(misbehaving=early), picture_s=5)) as program:
        said = program.probability(picture(255, width=made.BAD_WIDTH, height=30_000))
        assert said is NotAssessed.PROGRAM_NONSENSE


def test_an_answer_kept_from_the_last_picture_is_not_taken_for_this_one():
    twice = answer("[]") + '; time.sleep(0.2); say({"picture": number + 1, "found": []})'
    with closing(made.program(made.text(misbehaving=twice))) as program:
        assert program.probability(bad_picture()) == pytest.approx(0.2)
        time.sleep(0.5)
        assert program.probability(picture(204)) in {NotAssessed.PROGRAM_NONSENSE, NotAssessed.PROGRAM_ENDED}
        assert program.probability(picture(204)) == pytest.approx(0.8)


def test_some_words_aside_disturb_nothing():
    chatter = 'sys.stderr.write("one moment\\n" * 1000); ' + answer("[found(width, height, 0.5)]")
    with closing(made.program(made.text(misbehaving=chatter))) as program:
        for _ in range(200):  # more than a pipe holds: what is written aside is read away
            assert program.probability(bad_picture()) == pytest.approx(0.5)


def test_one_that_was_killed_between_two_pictures_is_started_anew_and_no_picture_is_blamed():
    with closing(made.program(made.text())) as program:
        assert program.probability(picture(204)) == pytest.approx(0.8)
        (before,) = program.process_ids()
        os.kill(before, 9)
        assert program.probability(picture(204)) == pytest.approx(0.8)
        assert program.process_ids() != (before,)


def test_time_ends_for_the_program_and_all_that_it_started(tmp_path):
    fork = "\n".join(
        ["child = os.fork()", "if child: sys.stdout.write('x' * 10 + str(child)); sys.stdout.flush()", HANG]
    )
    with closing(made.program(made.text(misbehaving=fork))) as program:
        assert program.probability(picture(204)) == pytest.approx(0.8)
        (parent,) = program.process_ids()
        began_s = time.monotonic()
        assert program.probability(bad_picture()) is NotAssessed.PROGRAM_LATE
        assert time.monotonic() - began_s < 3
        assert program.process_ids() == ()
        assert ended(parent)


def ended(group: int) -> bool:
    """Within a second: the kernel ends processes one after the other."""
    for _ in range(50):
        if not members(group):
            return True
        time.sleep(0.02)
    return False


def members(group: int) -> list[int]:
    """Processes of this group that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def test_nothing_of_ours_surrounds_it_and_it_writes_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://application:secret@db.example/haetae")
    path = tmp_path / "kept"
    look = "\n".join(
        [
            "try:",
            f"    file = open({str(path)!r}, 'wb', buffering=0); file.write(b'x')",
            "    score = 1.0",
            "except OSError:",
            "    score = 0.75 if 'DATABASE_URL' in os.environ else 0.5",
            answer("[found(width, height, score)]"),
        ]
    )
    with closing(made.program(made.text(misbehaving=look))) as program:
        assert program.probability(bad_picture()) == pytest.approx(0.5)
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ('GREETING["identity"] = {"bright": "2"}', 'identity {"bright": "2"}, the card {"bright": "1"}'),
        ('GREETING["classes"].append("more")', "its greeting says classes"),
        ('GREETING["protocol"] = 2', "its greeting says protocol 2"),
        ('GREETING["protocol"] = True', "its greeting says protocol true"),
        ('say("hello"); ' + HANG, "a line must be one JSON object"),
        ("GREETING = []", "a line must be one JSON object"),
        ('raise ModuleNotFoundError("No module named pebbles")', "said last: ModuleNotFoundError: No module"),
        ('os.write(2, b"\\x1b[31mred"); os._exit(3)', "it ended and said last: [31mred"),
        ("os._exit(0)", "it ended;"),
        (HANG, "it did not answer within 1 seconds"),
    ],
)
def test_another_program_than_the_card_describes_is_not_used(start, said, at_once):
    with closing(made.program(made.text(start=start), start_s=1 if start == HANG else 30)) as program:
        with pytest.raises(ModelRefusedError) as refused:
            program.check()
        assert said in refused.value.words
        assert "field 'runner'" in refused.value.words
        assert program.probability(picture(204)) is NotAssessed.PROGRAM_NOT_STARTED
        assert program.process_ids() == ()


def test_a_command_that_is_not_there_is_said(at_once):
    with closing(made.program(made.text(), command=["/nowhere/python"])) as program:
        with pytest.raises(ModelRefusedError) as refused:
            program.check()
        assert "No such file or directory" in refused.value.words


def test_what_could_not_be_started_is_not_tried_again_over_every_picture(monkeypatch):
    with closing(made.program(made.text(start=HANG), start_s=0.5)) as program:
        assert program.probability(picture(204)) is NotAssessed.PROGRAM_NOT_STARTED
        began_s = time.monotonic()
        assert program.probability(picture(204)) is NotAssessed.PROGRAM_NOT_STARTED
        assert time.monotonic() - began_s < 0.3


def test_what_runs_is_what_was_checked_though_the_file_has_changed_since(tmp_path):
    data = made.text()
    with closing(made.program(data)) as program:
        program.check()
        (runs,) = program.process_ids()
        shown = [part for part in Path(f"/proc/{runs}/cmdline").read_bytes().split(b"\0") if b"/fd/" in part]
        with pytest.raises(OSError, match=r"not permitted|denied"):
            Path(f"/proc/{runs}/fd/{shown[0].rpartition(b'/')[2].decode()}").write_bytes(b"other")


def test_nobody_is_left_when_the_last_user_is_gone():
    program = made.program(made.text())
    program.check()
    (runs,) = program.process_ids()
    del program
    assert ended(runs)


def test_a_calibration_of_the_card_is_applied():
    data = made.text()
    said = made.read_card(
        made.json.dumps(made.card(data, calibration=calibration((-3.0, 0.0024726), (3.0, 0.9975274)))),
        where="card",
    )
    with closing(made.Program(said, data)) as program:
        odds = (0.8 / 0.2) ** 2
        assert program.probability(picture(204)) == pytest.approx(odds / (1 + odds), rel=1e-3)
        assert np.isfinite(program.probability(picture(255)))
