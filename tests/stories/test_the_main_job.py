"""The plan's first sentence, end to end: real processes, real HTTP, the real database, one command."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

PHOTOS = Path(__file__).parent.parent / "fixtures" / "photos"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def png(picture: Image.Image) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, "PNG")
    return saved.getvalue()


def haetae(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """The command as somebody types it, in an installation of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"HAETAE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "haetae.settings.dev"}
    command = [sys.executable, "-m", "haetae", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=240)


def test_found_asked_deleted_proven_gone_and_a_false_claim_caught(home: Path) -> None:
    played = haetae("run", "--once", "--json", home=home)
    assert played.returncode == 0, played.stderr
    story = json.loads(played.stdout)
    assert story["ok"]
    scenarios = {scenario["name"]: scenario for scenario in story["scenarios"]}
    assert list(scenarios) == ["known_picture_removed", "benign_picture_untouched", "false_claim_caught"]
    for scenario in scenarios.values():
        assert scenario["ok"], scenario["problem"]
        assert scenario["events"]
        assert scenario["platform_log"]
        assert scenario["seconds"] > 0
    removed = [event["event"] for event in scenarios["known_picture_removed"]["events"]]
    assert (
        removed.index("removal.claimed")
        < removed.index("verification.gone")
        < removed.index("removal.verified")
    )
    asked = [line for line in scenarios["known_picture_removed"]["platform_log"] if line["method"] == "POST"]
    assert {line["path"] for line in asked if not line["path"].endswith("/config")} == {
        "/posts",
        "/operator/v1/deletion-requests",
    }
    untouched = scenarios["benign_picture_untouched"]
    assert not any("deletion-requests" in line["path"] for line in untouched["platform_log"])
    lied_to = [line["path"] for line in scenarios["false_claim_caught"]["platform_log"]]
    assert "/operator/v1/deletion-requests" in lied_to
    lied = [event["event"] for event in scenarios["false_claim_caught"]["events"]]
    assert "removal.overdue" in lied
    assert "removal.verified" not in lied
    assert not [path for path in home.iterdir() if path.name.startswith("story_")], (
        "the scratch folder is thrown away"
    )


def test_another_picture_plays_the_same_part(home: Path) -> None:
    """The rocket is also the harmless one of the story, which then must be another."""
    played = haetae("run", "--once", "--json", "--picture", str(PHOTOS / "rocket.jpg"), home=home)
    assert played.returncode == 0, played.stderr
    assert json.loads(played.stdout)["ok"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.jpg", b"only text", "none of the media types"),
        ("cut.jpg", b"\xff\xd8\xff\xe0", "We cannot say"),
        ("empty.png", b"", "empty"),
        ("plain.png", png(Image.new("L", (400, 300), 200)), "more detail"),
    ],
)
def test_a_picture_that_cannot_play_is_refused_with_a_sentence(
    home: Path, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    picture = tmp_path / name
    picture.write_bytes(content)
    played = haetae("run", "--once", "--json", "--picture", str(picture), home=home)
    assert played.returncode == 1
    assert played.stdout == ""
    assert words.lower() in played.stderr.lower()
    assert "Traceback" not in played.stderr


def test_a_question_does_not_make_what_it_asks_about(home: Path) -> None:
    checked = haetae("verify-log", "--json", home=home)
    assert checked.returncode == 2
    assert "There is no haetae in" in checked.stderr
    assert not home.exists()


def test_a_log_that_nobody_has_written_yet_is_untouched(home: Path) -> None:
    assert haetae("setup", home=home).returncode == 0
    checked = haetae("verify-log", "--json", home=home)
    assert checked.returncode == 0, checked.stderr
    report = json.loads(checked.stdout)
    assert (report["ok"], report["events"], report["not_yet_provable"]) == (True, 0, [])
