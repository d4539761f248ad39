"""`haetae case` in an installation of its own: a copy with the words, and a proof that anybody can check."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from haetae.common import embedded_postgres
from tests import tables

_OPEN = """
from haetae.running import installation
with installation.opened() as here:
    installation.migrate_if_empty(here)
    installation.django_ready(here)
    from haetae.agencies.support import receipt
    from haetae.agencies.support.actions import open_case
    from haetae.agencies.support.rules import Told
    bits = receipt.draw()
    open_case(receipt=bits, told=Told(links=["https://board.example/posts/1"], language="en"))
    print(" ".join(receipt.words_of(bits, language="ko")))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("case-home")
    tables.lay(folder / "postgres")
    # Each command joins a server that runs, instead of starting and stopping one.
    server = embedded_postgres.start(folder / "postgres", application_role="haetae_app")
    yield folder
    server.stop()


def _run(home: Path, *command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        env={"HAETAE_HOME": str(home), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def _case(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return _run(home, "-m", "haetae", "case", *arguments, typed=typed)


@pytest.fixture(scope="module")
def words(home: Path) -> str:
    opened = _run(home, "-c", _OPEN)
    assert opened.returncode == 0, opened.stderr
    return opened.stdout.strip()


@pytest.mark.xdist_group("case command")
def test_a_case_is_taken_along_and_stock_sha256sum_finds_it_whole(
    home: Path, words: str, tmp_path: Path
) -> None:
    out = tmp_path / "copy"
    done = _case(home, "export", "-", "--out", str(out), typed=f"{words}\n")
    assert done.returncode == 0, done.stderr
    assert out.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}
    check = subprocess.run(
        ["sha256sum", "-c", "--strict", "manifest-sha256.txt"], cwd=out, capture_output=True, check=False
    )
    assert check.returncode == 0, check.stderr
    assert json.loads((out / "case.json").read_text())["links"][0]["link"] == "https://board.example/posts/1"
    again = _case(home, "export", words, "--out", str(out))
    assert again.returncode == 2
    assert "is not an empty folder" in again.stderr

    proof = out / "proof.json"
    assert _case(home, "verify-proof", str(proof)).stdout.startswith("Genuine.")
    nowhere = tmp_path / "nowhere"
    with_key = _case(nowhere, "verify-proof", str(proof), "--key", str(out / "public-key.pem"))
    assert with_key.returncode == 0, "a key is enough: no installation is asked"
    proof.write_text(proof.read_text().replace('"links": 1', '"links": 2'))
    forged = _case(nowhere, "verify-proof", str(proof), "--key", str(out / "public-key.pem"))
    assert (forged.returncode, forged.stdout) == (1, "Not genuine.\n")
    assert _case(nowhere, "verify-proof", str(tmp_path / "none.json"), "--key", str(proof)).returncode == 2


@pytest.mark.xdist_group("case command")
def test_words_that_open_nothing_are_one_sentence_and_leave_no_folder(
    home: Path, words: str, tmp_path: Path
) -> None:
    for wrong in (" ".join(reversed(words.split())), "no words"):
        done = _case(home, "export", wrong, "--out", str(tmp_path / "copy"))
        assert done.returncode == 3
        assert done.stderr == "These words open nothing. Look at their number, order and spelling.\n"
        assert not (tmp_path / "copy").exists()
