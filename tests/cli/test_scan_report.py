"""`haetae scan --report`: an archive, part by part, as whoever owns it calls it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from haetae.archive import forms
from haetae.archive.rows import COLUMNS
from tests.archive import stage
from tests.cli.test_scan import CALL, call, lines


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    built = stage.build(tmp_path_factory.mktemp("platform"))
    stage.add_traps(built)
    return built


@pytest.fixture(scope="module")
def bank(archive) -> Path:
    (seen,) = lines(call("--json", archive / "same.png").stdout)
    whole = seen["fingerprints"]["perceptual"][0]
    return stage.bank_of(whole["pdq"], whole["dhash"], archive.parent)


@pytest.fixture(scope="module")
def report(archive, bank) -> Path:
    result = call(
        "--report", archive.parent / "report", "--lines", "--bank", bank, "--files-per-part", 9, archive
    )
    assert result.exit_code == 0, result.stderr
    return archive.parent / "report"


def test_a_report_says_of_each_file_once_what_the_plain_scan_says(archive, bank, report):
    rows = stage.rows(report)
    plain = {answer["path"]: answer for answer in lines(call("--json", "--bank", bank, archive).stdout)}
    by_path = {_bytes(row): row for row in rows}
    assert len(by_path) == len(rows) == len(plain) == stage.FILES + 10
    for path, answer in plain.items():
        row = by_path[os.fsencode(path)]
        assert (row["outcome"], row["kind"]) == (answer["verdict"], answer["media"]["kind"])
        prints = answer["fingerprints"] or {"sha256": None, "perceptual": []}
        assert row["sha256"] == prints["sha256"]
        assert row["pdq"] == (prints["perceptual"][0]["pdq"] if prints["perceptual"] else None)


def test_what_is_known_names_its_list_and_what_was_not_seen_its_reason(archive, report):
    rows = {Path(row["path"]).name: row for row in stage.rows(report)}
    same, again = rows["same.png"], rows["again.webp"]
    assert (same["outcome"], same["matches"], same["list"], same["entry"]) == ("request", 1, "ours", "e1")
    assert same["distance_bits"] == 0 < again["distance_bits"] + 1
    assert again["outcome"] == "request"
    whys = {
        name: rows[name]["undetermined_why"] for name in ("empty.gif", "list.jpg", "link.png", "pipe.png")
    }
    assert whys == {
        "empty.gif": "empty", "list.jpg": "refused_type", "link.png": "not_a_file", "pipe.png": "not_a_file",
    }  # fmt: skip
    odd = rows["caf\\xe9.png"]
    assert bytes.fromhex(odd["path_bytes"]) == os.fsencode(archive) + b"/caf\xe9.png"


def test_the_columns_are_those_of_the_documents(report):
    page = (Path(__file__).parents[2] / "docs" / "detection.md").read_text(encoding="utf-8")
    assert list(stage.rows(report)[0]) == list(COLUMNS)
    for column in COLUMNS:
        assert f"`{column}`" in page


def test_a_scan_killed_outright_goes_on_and_says_nothing_twice(archive, bank, report, tmp_path):
    begun = tmp_path / "begun"
    arguments = [
        "--report",
        str(begun),
        "--lines",
        "--bank",
        str(bank),
        "--files-per-part",
        "2",
        str(archive),
    ]
    started = subprocess.Popen(
        [sys.executable, "-c", CALL, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not list(begun.glob("part-*")) and time.monotonic() < deadline and started.poll() is None:
        time.sleep(0.02)
    family = _children(started.pid)
    started.send_signal(signal.SIGKILL)
    started.communicate(timeout=20)
    done = {part.name: part.stat().st_mtime_ns for part in begun.glob("part-*")}
    assert done
    assert family
    _gone(family)
    assert call(*arguments).exit_code == 0
    assert {name: (begun / name).stat().st_mtime_ns for name in done} == done
    assert len(done) < len(list(begun.glob("part-*"))), "it was too fast to be killed"
    assert stage.rows(begun) == stage.rows(report)


def test_a_finished_report_is_told_again_without_looking_at_a_file(archive, bank, report, monkeypatch):
    monkeypatch.setattr("haetae.archive.processes.ProcessPoolExecutor", None)
    result = call("--report", report, "--lines", "--bank", bank, "--json", archive)
    assert result.exit_code == 0
    sums = json.loads(result.stdout)
    assert (sums["files"], sums["known"], sums["request"]) == (stage.FILES + 10, 2, 2)
    assert json.loads((report / "_summary.json").read_text())["counts"]["known"] == 2


def test_a_folder_takes_up_only_the_scan_that_it_began_with(archive, bank, report, tmp_path):
    for words, arguments in {
        "another bank": ("--report", report, "--lines", archive),
        "another archive": ("--report", report, "--lines", "--bank", bank, archive / "deep"),
        "lies inside": ("--report", archive / "deep" / "report", "--lines", archive),
        "holds something else": ("--report", archive.parent, "--lines", tmp_path),
        "stand alone": ("--report", tmp_path / "new", "--lines", "s3://bucket", archive),
        "install haetae[archive]": ("--report", tmp_path / "new", archive),
        "must name a bucket": ("--report", tmp_path / "new", "--lines", "s3://"),
        "cannot be used": ("--report", tmp_path / "new", "--lines", "--bank", tmp_path / "none", archive),
        "install haetae[ray]": ("--report", tmp_path / "ray", "--lines", "--ray", archive),
        "name its folder with --report": ("--lines", archive),
    }.items():
        result = call(*arguments)
        assert result.exit_code == 2
        assert words in " ".join(result.stderr.replace("│", " ").split())


def test_two_scans_cannot_write_to_one_folder(archive, bank, report):
    from haetae.archive.reports import Report

    with Report(report).held():
        result = call("--report", report, "--lines", "--bank", bank, archive)
    assert result.exit_code == 2
    assert "Another scan" in result.stderr


def test_a_file_that_is_gone_by_then_is_told_by_the_exit_status(tmp_path):
    result = call("--report", tmp_path / "report", "--lines", tmp_path / "missing.png")
    assert result.exit_code == 1
    (row,) = stage.rows(tmp_path / "report")
    assert (row["undetermined_why"], row["sha256"], row["size_bytes"]) == ("unreadable", None, None)
    assert row["problem"] == "No such file or directory"


def test_parquet_is_no_part_of_the_house():
    assert not forms.parquet_is_there(), "pyarrow came in with something else: say so in docs/decisions/0072"


def _bytes(row: dict) -> bytes:
    return bytes.fromhex(row["path_bytes"]) if row["path_bytes"] else row["path"].encode()


def _children(process_id: int) -> list[int]:
    found: list[int] = []
    for thread in Path(f"/proc/{process_id}/task").iterdir():
        for child in (thread / "children").read_text().split():
            found += [int(child), *_children(int(child))]
    return found


def _gone(family: list[int]) -> None:
    deadline = time.monotonic() + 20
    while any(_lives(one) for one in family):
        assert time.monotonic() < deadline, "A process outlived the scan that was killed."
        time.sleep(0.05)


def _lives(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
