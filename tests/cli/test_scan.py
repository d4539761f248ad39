"""`haetae scan` as a person or a script calls it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from haetae.cli.scan import scan
from tests.detect import media_files as made
from tests.detect.patterns import blocks, waves

app = typer.Typer(add_completion=False)
app.command()(scan)

PICTURE = waves(height=300, width=400, seed=21)
CALL = "import typer; from haetae.cli.scan import scan; typer.run(scan)"


def call(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.png").write_bytes(made.encoded(PICTURE))
    (tmp_path / "b.jpg").write_bytes(b"#EXTM3U\n/etc/hostname\n")
    (tmp_path / "deep" / "c.jpg").write_bytes(made.encoded(PICTURE, "JPEG")[:900])
    (tmp_path / "d.gif").write_bytes(b"")
    return tmp_path


def test_every_file_below_a_folder_gets_one_line_in_order(folder):
    result = call("--json", folder)
    answers = lines(result.stdout)
    assert result.exit_code == 0
    assert [Path(answer["path"]).name for answer in answers] == ["a.png", "b.jpg", "d.gif", "c.jpg"]
    assert [answer["verdict"] for answer in answers] == ["nothing"] + ["undetermined"] * 3
    assert set(answers[0]) == {"path", "media", "fingerprints", "signals", "verdict", "reasons"}


def test_many_workers_keep_the_order(tmp_path):
    files = [tmp_path / f"{number}.png" for number in range(30)]
    for number, file in enumerate(files):
        file.write_bytes(made.encoded(blocks(height=40 + 20 * (number % 7), width=90, seed=number)))
    given = files[::-1]
    result = call("--json", "--workers", 4, *given)
    assert [answer["path"] for answer in lines(result.stdout)] == [str(file) for file in given]


def test_a_missing_path_is_answered_and_told_by_the_exit_status(folder):
    result = call("--json", folder / "missing", folder / "a.png")
    missing, present = lines(result.stdout)
    assert result.exit_code == 1
    assert (missing["verdict"], missing["fingerprints"]) == ("undetermined", None)
    assert "No such file" in missing["reasons"][0]["words"]
    assert present["verdict"] == "nothing"


def test_a_known_picture_is_found_in_the_bank_that_a_scan_can_feed(folder):
    (seen,) = lines(call("--json", folder / "a.png").stdout)
    whole = seen["fingerprints"]["perceptual"][0]
    entry = {"entry_id": "e1", "list_name": "ours", "tier": 2, "pdq": whole["pdq"], "dhash": whole["dhash"]}
    entry |= {"md5": "ab" * 16, "foreign_id": "theirs-1"}  # as `haetae bank export` writes it
    (folder / "bank").write_text(json.dumps(entry))
    (folder / "copy.webp").write_bytes(made.encoded(PICTURE, "WEBP", quality=50))
    (found,) = lines(call("--json", "--bank", folder / "bank", folder / "copy.webp").stdout)
    assert found["verdict"] == "request"
    assert found["signals"][0]["facts"]["entry_id"] == "e1"


def test_a_bad_line_in_the_bank_is_named(folder):
    (folder / "bank").write_text('\n{"entry_id": 1}\n')
    result = call("--bank", folder / "bank", folder)
    assert result.exit_code == 2
    assert "Line 2" in result.stderr
    assert result.stdout == ""


def test_a_bank_that_is_not_there_is_told(folder):
    assert call("--bank", folder / "none", folder).exit_code == 2


def test_a_person_gets_a_table(folder):
    result = call(folder / "a.png", folder / "b.jpg")
    assert result.exit_code == 0
    assert "png 400 x 300" in result.stdout
    assert "playlist" in result.stdout


def test_a_long_path_is_shown_whole(tmp_path):
    file = tmp_path / ("long" * 40)
    file.write_bytes(b"")
    shown = "".join(line.split("│")[1].strip() for line in call(file).stdout.splitlines() if "│" in line)
    assert str(file) in shown


def test_a_file_name_cannot_give_orders_to_the_terminal(tmp_path):
    (tmp_path / "red\x1b[31m[bold]\udcff").write_bytes(b"")
    for arguments in ([tmp_path], ["--json", tmp_path]):
        result = call(*arguments)
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout


def test_ctrl_c_leaves_no_child_behind(tmp_path):
    slow = made.jpeg_of_many_scans(side=6000, scans=45)
    for number in range(8):  # more than any machine examines in the second before it is told to stop
        (tmp_path / f"slow{number}.jpg").write_bytes(slow)
    # Whatever is begun in the background of a shell is deaf to Ctrl-C, and hands that on.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); " + CALL
    started = subprocess.Popen(
        [sys.executable, "-c", heard, "--json", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    openers = wait_for_children(started.pid)
    time.sleep(1)
    started.send_signal(signal.SIGINT)
    started.communicate(timeout=60)
    assert started.returncode != 0
    assert not [process_id for process_id in openers if Path(f"/proc/{process_id}").exists()]


def wait_for_children(process_id: int) -> list[int]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        threads = Path(f"/proc/{process_id}/task").iterdir()
        found = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
        if found:
            return found
        time.sleep(0.05)
    pytest.fail("The scan started no opener.")


def test_the_command_itself_imports_nothing_heavy():
    heavy = "{'numpy', 'PIL', 'django', 'haetae.detect'}"
    check = f"import sys, haetae.cli.scan; print(sorted({heavy} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": ""}
    ran = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=True, env=environment
    )
    assert ran.stdout == "[]\n"
