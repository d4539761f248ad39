"""`haetae bank` in an installation of its own, with a real database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from haetae.common import embedded_postgres
from tests import tables

PHOTOS = Path(__file__).parents[1] / "fixtures" / "photos"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory):
    home = tmp_path_factory.mktemp("bank-home")
    tables.lay(home / "postgres")
    # Each command joins a server that runs, instead of starting and stopping one.
    server = embedded_postgres.start(home / "postgres", application_role="haetae_app")

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "haetae", "bank", *map(str, arguments)],
            env={"HAETAE_HOME": str(home), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

    yield run
    server.stop()


@pytest.mark.xdist_group("bank command")
def test_a_picture_is_added_found_carried_elsewhere_and_withdrawn(bank, tmp_path: Path) -> None:
    added = json.loads(bank("add", PHOTOS / "coffee.jpg", "--list", "ours", "--json").stdout)
    (entry_id,) = added["entries"]
    found = json.loads(bank("match", PHOTOS / "coffee.jpg", PHOTOS / "gravel.jpg", "--json").stdout)[
        "results"
    ]
    assert [one["decision"] for one in found] == ["review", "nothing"], "self-declared: a person decides"
    assert found[0]["matches"][0]["entry_id"] == entry_id

    written = bank("export", tmp_path / "ours.jsonl", "--json")
    assert json.loads(written.stdout)["exported"] == 1
    assert (tmp_path / "ours.jsonl").stat().st_mode & 0o777 == 0o600
    assert bank("export", tmp_path / "ours.jsonl").returncode == 2, "nothing is written over"
    taken = bank("import", tmp_path / "ours.jsonl", "--list", "theirs", "--json")
    assert json.loads(taken.stdout) == {"list": "theirs", "imported": 1}

    assert bank("withdraw", entry_id).returncode == 0
    pdq = json.loads((tmp_path / "ours.jsonl").read_text())["pdq"]
    (by_hash,) = json.loads(bank("match", "--pdq", pdq, "--json").stdout)["results"]
    assert [match["list_name"] for match in by_hash["matches"]] == ["theirs"]
    counts = {
        one["name"]: (one["matched"], one["withdrawn"])
        for one in json.loads(bank("stats", "--json").stdout)["lists"]
    }
    assert counts == {"ours": (0, 1), "theirs": (1, 0)}


@pytest.mark.xdist_group("bank command")
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(bank, tmp_path: Path) -> None:
    before = bank("stats", "--json").stdout
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps({"pdq": "a" * 64}) + "\n" + json.dumps({"pdq": "A" * 64}) + "\n")
    refused = {
        "entry 2: pdq: 64 hex digits": bank("import", bad),
        "needs --checked-by": bank("add", "--pdq", "b" * 64, "--tier", 3),
        "nobody of the name stranger": bank(
            "add", "--pdq", "b" * 64, "--tier", 2, "--checked-by", "stranger"
        ),
        "not both and not neither": bank("match"),
        "there is none of the id nonsense": bank("withdraw", "nonsense"),
        "dhash alone only confirms": bank("add", "--dhash", "c" * 64),
    }
    for sentence, answer in refused.items():
        assert answer.returncode == 2, sentence
        assert sentence in answer.stderr
        assert "Traceback" not in answer.stderr
    assert bank("stats", "--json").stdout == before
