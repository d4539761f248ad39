"""The plan's first sentence, end to end: real processes, real HTTP, the real database, one command."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests import tables

PHOTOS = Path(__file__).parent.parent / "fixtures" / "photos"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def png(picture: Image.Image) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, "PNG")
    return saved.getvalue()


@pytest.fixture
def home_with_tables(home: Path) -> Path:
    """For what is not about making them."""
    tables.lay(home / "postgres")
    return home


def haetae(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """The command as somebody types it, in an installation of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"HAETAE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "haetae.settings.dev"}
    command = [sys.executable, "-m", "haetae", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=900)


# The tests that look at one run of the story stay together, so that it is played once.
one_run = pytest.mark.xdist_group("story")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> "subprocess.CompletedProcess[str]":
    """One run of the whole story, which several tests look at."""
    home = tmp_path_factory.mktemp("story") / "home"
    done = haetae("run", "--once", "--json", home=home)
    assert not [path for path in home.iterdir() if path.name.startswith("story_")], "the scratch folder goes"
    return done


@pytest.fixture(scope="module")
def scenarios(played: "subprocess.CompletedProcess[str]") -> dict[str, dict[str, Any]]:
    assert played.returncode == 0, played.stderr
    story = json.loads(played.stdout)
    assert story["ok"]
    return {scenario["name"]: scenario for scenario in story["scenarios"]}


def events_of(scenario: dict[str, Any]) -> list[str]:
    return [event["event"] for event in scenario["events"]]


def in_order(names: list[str], *wanted: str) -> bool:
    rest = iter(names)
    return all(name in rest for name in wanted)


@one_run
def test_all_scenarios_hold_in_one_command(scenarios: dict[str, dict[str, Any]]) -> None:
    assert list(scenarios) == [
        "known_picture_removed",
        "benign_picture_untouched",
        "unsure_then_removed",
        "unsure_then_restored",
        "operator_down_then_done",
        "reply_lost_asked_once",
        "back_elsewhere_removed",
        "refused_before_publication",
        "false_claim_caught",
    ]
    for scenario in scenarios.values():
        assert scenario["ok"], scenario["problem"]
        assert scenario["events"]
        assert scenario["platform_log"]
        assert scenario["seconds"] > 0


@one_run
def test_found_asked_deleted_proven_gone(scenarios: dict[str, dict[str, Any]]) -> None:
    removed = scenarios["known_picture_removed"]
    assert in_order(events_of(removed), "removal.claimed", "verification.gone", "removal.verified")
    asked = [line for line in removed["platform_log"] if line["method"] == "POST"]
    assert {line["path"] for line in asked if not line["path"].endswith("/config")} == {
        "/posts",
        "/operator/v1/deletion-requests",
    }


@one_run
def test_the_harmless_is_left_alone_and_the_false_claim_caught(scenarios: dict[str, dict[str, Any]]) -> None:
    untouched = scenarios["benign_picture_untouched"]
    assert not any("deletion-requests" in line["path"] for line in untouched["platform_log"])
    lied = events_of(scenarios["false_claim_caught"])
    assert "removal.overdue" in lied
    assert "removal.verified" not in lied


@one_run
def test_in_doubt_it_is_hidden_and_decided_and_the_platform_saw_the_same(
    scenarios: dict[str, dict[str, Any]],
) -> None:
    removed, restored = scenarios["unsure_then_removed"], scenarios["unsure_then_restored"]
    assert in_order(events_of(removed), "review.block_seen", "review.remove", "removal.verified")
    assert in_order(events_of(restored), "review.block_seen", "review.not_harmful", "review.restored")
    assert any(line["path"].endswith("/restore") for line in restored["platform_log"])
    assert "removal.verified" not in events_of(restored)


@one_run
def test_failures_are_made_good_without_asking_twice(scenarios: dict[str, dict[str, Any]]) -> None:
    for name in ("operator_down_then_done", "reply_lost_asked_once"):
        asked = [
            line
            for line in scenarios[name]["platform_log"]
            if line["method"] == "POST" and line["path"].endswith("/deletion-requests")
        ]
        assert len({(line["idempotency_key"], line["body_sha256"]) for line in asked}) == 1
        assert in_order(events_of(scenarios[name]), "delivery.attempt_failed", "removal.verified")


def test_another_picture_plays_the_same_part(home_with_tables: Path) -> None:
    """The rocket is also the harmless one of the story, which then must be another."""
    both = ("--scenario", "benign_picture_untouched", "--scenario", "known_picture_removed")
    played = haetae(
        "run", "--once", "--json", "--picture", str(PHOTOS / "rocket.jpg"), *both, home=home_with_tables
    )
    assert played.returncode == 0, played.stderr
    told = json.loads(played.stdout)
    assert told["ok"]
    assert [one["name"] for one in told["scenarios"]] == ["known_picture_removed", "benign_picture_untouched"]


def test_a_scenario_is_chosen_by_its_name_and_one_that_is_none_is_refused_with_the_names_there_are() -> None:
    from haetae.story.errors import UnknownScenarioError
    from haetae.story.play import chosen

    assert [one.name for one in chosen(["false_claim_caught", "known_picture_removed"])] == [
        "known_picture_removed",
        "false_claim_caught",
    ]
    with pytest.raises(UnknownScenarioError, match="no scenario nothing"):
        chosen(["nothing"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.jpg", b"only text", "none of the media types"),
        ("cut.jpg", b"\xff\xd8\xff\xe0", "We cannot say"),
        ("empty.png", b"", "empty"),
        ("plain.png", png(Image.new("L", (400, 300), 200)), "more detail"),
    ],
    ids=["only text", "cut off", "empty", "one colour"],
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
