"""The same report by plain processes and by Ray, of a folder and of a bucket behind a real S3 server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import fs, parquet

from tests.archive import stage

SCAN = "import typer; from haetae.cli.scan import scan; typer.run(scan)"
LONG = pytest.mark.skipif(
    os.environ.get("ARCHIVE") != "long",
    reason="ARCHIVE=long plays it: each start of Ray takes some ten seconds",
)


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Path:
    return stage.build(tmp_path_factory.mktemp("platform"))


@pytest.fixture(scope="session")
def bank(archive) -> Path:
    seen = json.loads(scan("--json", archive / "same.png").stdout)
    whole = seen["fingerprints"]["perceptual"][0]
    return stage.bank_of(whole["pdq"], whole["dhash"], archive.parent)


@pytest.fixture(scope="session")
def by_processes(archive, bank) -> Path:
    """A folder without what only a disk can hold, so that a bucket can hold the same."""
    done = scan("--report", archive.parent / "plain", "--bank", bank, "--files-per-part", 9, archive)
    assert done.returncode == 0, done.stderr
    return archive.parent / "plain"


@pytest.fixture(scope="session")
def bucket(archive) -> Iterator[dict[str, str]]:
    """What the environment must say, with the archive under s3://ours/archive."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    said = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "ours",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }
    try:
        _fill(archive, port)
        yield said
    finally:
        server.terminate()
        server.wait(timeout=20)


def _fill(archive: Path, port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    server = fs.S3FileSystem(
        access_key="ours",
        secret_key="secret",
        region="us-east-1",
        endpoint_override=f"127.0.0.1:{port}",
        scheme="http",
        allow_bucket_creation=True,
    )
    server.create_dir("ours")
    fs.copy_files(str(archive), "ours/archive", destination_filesystem=server)


def scan(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCAN, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **more},
        timeout=300,
        check=False,
    )


def parts(report: Path) -> dict[str, bytes]:
    return {part.name: part.read_bytes() for part in sorted(report.glob("part-*"))}


def test_ray_writes_the_same_report_byte_by_byte(archive, bank, by_processes, tmp_path):
    done = scan("--report", tmp_path / "by_ray", "--ray", "--bank", bank, "--files-per-part", 9, archive)
    assert done.returncode == 0, done.stderr
    assert parts(tmp_path / "by_ray") == parts(by_processes)
    table = parquet.read_table(tmp_path / "by_ray")
    assert table.num_rows == stage.FILES + 6
    assert sum(table.column("matches").to_pylist()) == 2


@LONG
def test_a_scan_by_ray_that_was_killed_is_finished_by_plain_processes(archive, bank, by_processes, tmp_path):
    arguments = ["--report", tmp_path / "begun", "--bank", bank, "--files-per-part", 9, archive]
    started = subprocess.Popen(
        [sys.executable, "-c", SCAN, "--ray", "--workers", "1", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 120
    while not list((tmp_path / "begun").glob("part-*")) and started.poll() is None:
        assert time.monotonic() < deadline, "Ray examined nothing."
        time.sleep(0.02)
    started.send_signal(signal.SIGKILL)
    started.wait(timeout=20)
    done = {part.name: part.stat().st_mtime_ns for part in (tmp_path / "begun").glob("part-*")}
    assert 0 < len(done) < len(parts(by_processes))
    finished = scan(*arguments)
    assert finished.returncode == 0, finished.stderr
    assert {name: (tmp_path / "begun" / name).stat().st_mtime_ns for name in done} == done
    assert parts(tmp_path / "begun") == parts(by_processes)


@pytest.mark.parametrize("way", [[], pytest.param(["--ray"], marks=LONG)])
def test_a_bucket_gives_what_the_folder_gives(way, bank, bucket, by_processes, tmp_path):
    report = tmp_path / "of_a_bucket"
    done = scan("--report", report, *way, "--bank", bank, "s3://ours/archive", **bucket)
    assert done.returncode == 0, done.stderr
    assert _without_place(report) == _without_place(by_processes)
    assert {row["path"].partition("/archive/")[0] for row in _rows(report)} == {"ours"}


def test_a_server_that_lets_nobody_in_is_told_and_leaves_no_report(bucket, tmp_path):
    done = scan("--report", tmp_path / "none", "s3://not-there/archive", **bucket)
    assert done.returncode == 2
    assert "not-there" in done.stderr
    assert not list((tmp_path / "none").glob("part-*"))


def _rows(report: Path) -> list[dict]:
    return parquet.read_table(report).to_pylist()


def _without_place(report: Path) -> list[dict]:
    """Sorted by where it lies in the archive: a bucket is listed in another order."""
    rows = [{**row, "path": row["path"].rpartition("/archive/")[2]} for row in _rows(report)]
    return sorted(rows, key=lambda row: row["path"])
