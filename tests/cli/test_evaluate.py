"""A stranger measures a model of his own on a folder of his own, and the figures say what they are worth."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from haetae.cli import app
from haetae.detect.classifying.wear import WORN
from tests.detect.classifying import onnx_files as made

DATA = made.brightness()


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two models: dark is real and bright is fake; bright cells are faces."""
    finder = made.bright_cells_are_faces()
    made.put(tmp_path / "models" / "brightness", DATA, made.card(DATA))
    made.put(tmp_path / "models" / "finder", finder, made.finder_card(finder))
    monkeypatch.setenv("HAETAE_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Six pairs of patterns in three clips; the fake one of a pair is a little brighter."""
    rng = np.random.default_rng(1)
    for number in range(6):
        base = np.tile(np.linspace(60, 150, 200, dtype=np.float32), (160, 1)) + rng.normal(0, 10, (160, 200))
        for name, more in (("real", 0), ("fake", 45)):
            path = tmp_path / "set" / name / f"clip{number // 2}_{number % 2}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            gray = (base + more).clip(0, 255).astype(np.uint8)
            Image.fromarray(np.repeat(gray[:, :, None], 3, axis=2)).save(path)
    (tmp_path / "set" / "source.json").write_text('{"sources": ["patterns"]}')
    return tmp_path / "set"


def asked(*arguments: str):
    return CliRunner().invoke(app, ["evaluate", *arguments])


def test_a_set_is_measured_plain_and_after_wear_with_intervals(models, pictures):
    answer = asked(str(pictures), "--task", "face_manipulated", "--faces", "whole", "--json")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert (told["auc"], told["paired_accuracy"], told["video_auc"], told["ap"]) == (1.0, 1.0, 1.0, 1.0)
    assert told["tpr_at_fpr_001"] is None
    assert told["n"] == {
        "real": 6,
        "fake": 6,
        "pairs": 6,
        "clips": 3,
        "witnesses": 3,
        "not_assessed": {"real": {}, "fake": {}},
    }
    assert told["ci"]["auc"] is None  # of three clips
    assert told["ci"]["paired_accuracy"] == [0.2924, 1.0]
    assert 0 < told["ece"] < 0.5
    assert told["threshold"] == 0.9
    assert set(told["robustness"]) == {"jpeg75", "half", "screenshot"}
    for worn in told["robustness"].values():
        assert worn["paired_accuracy"] == 1.0
        assert worn["n"]["real"] == 6


def test_trained_on_the_same_it_is_no_cross_source_figure(models, pictures):
    card = json.loads((models / "brightness" / "model-card.json").read_text())
    card["training_data"] = ["many patterns"]
    (models / "brightness" / "model-card.json").write_text(json.dumps(card))
    answer = asked(str(pictures), "--task", "face_manipulated", "--faces", "whole")
    assert "NO cross-source figure" in answer.stdout
    assert "was trained on patterns" in " ".join(answer.stdout.split())


def test_what_cannot_be_looked_at_is_counted_with_its_reason(models, pictures):
    (pictures / "real" / "words.png").write_text("no picture")
    answer = asked(str(pictures), "--task", "face_manipulated", "--json")
    told = json.loads(answer.stdout)
    assert told["auc"] is None
    assert told["n"]["not_assessed"] == {
        "real": {"no_face": 6, "undecodable": 1},
        "fake": {"face_too_small": 6},
    }


def test_what_was_not_looked_at_is_shown_once_more_as_not_flagged(models, pictures):
    (pictures / "fake" / "words.png").write_text("no picture")
    for number in range(6):
        path = pictures / "fake" / f"clip{number // 2}_{number % 2}.png"
        bright = np.full((160, 200, 3), 255, np.uint8)
        bright[:80] = 235
        Image.fromarray(bright).save(path)
    told = json.loads(asked(str(pictures), "--task", "face_manipulated", "--faces", "whole", "--json").stdout)
    assert told["tpr_at_threshold"] == 1.0
    assert told["as_not_flagged"] == {"fpr_at_threshold": 0.0, "tpr_at_threshold": round(6 / 7, 4)}
    shown = " ".join(asked(str(pictures), "--task", "face_manipulated", "--faces", "whole").stdout.split())
    assert "Counted as not flagged: 0.857 of all fakes are flagged" in shown


def test_a_model_is_measured_by_its_name_and_one_for_research_without_being_accepted(models, pictures):
    said = made.card(
        DATA, name="other", research_only=True, calibration=made.calibration((-3.0, 0.1), (3.0, 0.9))
    )
    made.put(models / "other", DATA, said)
    for name in ("other", "other-1", str(models / "other")):
        answer = asked(
            str(pictures), "--task", "face_manipulated", "--faces", "whole", "--json", "--model", name
        )
        assert json.loads(answer.stdout)["model"] == "other-1"


def test_a_picture_that_does_not_survive_its_wear_is_not_assessed_there(models, pictures, monkeypatch):
    monkeypatch.setitem(WORN, "half", lambda pixels: b"no picture")
    told = json.loads(asked(str(pictures), "--task", "face_manipulated", "--faces", "whole", "--json").stdout)
    assert told["auc"] == 1.0
    assert told["robustness"]["half"]["n"]["not_assessed"]["real"] == {"undecodable": 6}


def test_a_folder_of_models_that_is_not_there_is_said_and_not_passed_over(models, monkeypatch, tmp_path):
    monkeypatch.setenv("HAETAE_MODELS", str(tmp_path / "mistyped"))
    answer = CliRunner().invoke(app, ["models", "check"])
    assert answer.exit_code == 1
    assert "mistyped: there is no such folder" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["SET", "--task", "face_manipulated", "--model", "bright-cells"],
            "it is no model for face_manipulated",
        ),
        (["nowhere", "--task", "face_manipulated"], "put the real pictures there"),
        (["SET", "--task", "image_generated"], "There is no model for image_generated"),
        (["SET", "--task", "face_manipulated", "--model", "nowhere"], "put the card of the model there"),
    ],
)
def test_what_is_missing_is_one_sentence_and_exit_two(models, pictures, arguments, said):
    answer = asked(*[str(pictures) if one == "SET" else one for one in arguments])
    assert answer.exit_code == 2
    assert said in answer.stderr


def test_models_are_listed_with_what_they_may_be_trusted_with(models):
    answer = CliRunner().invoke(app, ["models", "list", "--json"])
    rows = {row["name"]: row for row in json.loads(answer.stdout)["models"]}
    assert rows["brightness-1"]["thresholds"][0]["fpr_upper"] == 0.02
    assert rows["brightness-1"]["refused"] is None
    assert rows["bright-cells-1"]["task"] == "face_finder"
    assert "brightness-1" in CliRunner().invoke(app, ["models", "list"]).stdout


def test_check_loads_each_and_ends_with_one_where_one_is_refused(models):
    fine = CliRunner().invoke(app, ["models", "check", "--json"])
    own = [row for row in json.loads(fine.stdout)["models"] if Path(row["folder"]).parent == models]
    assert [row["refused"] for row in own] == [None, None]
    broken = b"no model"
    made.put(models / "broken", broken, made.card(broken, name="broken"))
    answer = CliRunner().invoke(app, ["models", "check"])
    assert answer.exit_code == 1
    assert "\nbroken-1: model.onnx is no ONNX model" in answer.stdout


def test_a_scan_with_scores_says_what_the_models_say_and_changes_no_verdict(models, pictures):
    path = pictures / "fake" / "clip0_0.png"
    plain = json.loads(CliRunner().invoke(app, ["scan", "--json", str(path)]).stdout)
    scored = json.loads(CliRunner().invoke(app, ["scan", "--json", "--scores", str(path)]).stdout)
    kinds = [signal["kind"] for signal in scored["signals"]]
    assert "not_assessed" in kinds
    assert "not_assessed" not in [signal["kind"] for signal in plain["signals"]]
    assert scored["verdict"] == plain["verdict"]
    words = " ".join(reason["words"] for reason in scored["reasons"])
    assert "Whether the picture is explicit was not assessed: there is no model for it here." in words


def test_a_model_that_was_tampered_with_is_not_taken_for_an_empty_slot_in_silence(models, pictures, caplog):
    with (models / "brightness" / "model.onnx").open("ab") as file:
        file.write(b"x")
    answer = CliRunner().invoke(app, ["scan", "--json", "--scores", str(pictures / "fake" / "clip0_0.png")])
    assert answer.exit_code == 0
    assert any("brightness-1: field 'sha256'" in record.getMessage() for record in caplog.records)
    words = " ".join(reason["words"] for reason in json.loads(answer.stdout)["reasons"])
    assert "Whether a face was altered was not assessed: the model for it may not be used here" in words
    assert "Whether the picture is explicit was not assessed: there is no model for it here." in words


def test_what_was_found_goes_into_the_card_once_however_often_it_is_measured(models, pictures):
    for _ in range(2):
        answer = asked(str(pictures), "--task", "face_manipulated", "--faces", "whole", "--into-card")
        assert answer.exit_code == 0, answer.output
    listed = json.loads(CliRunner().invoke(app, ["models", "list", "--json"]).stdout)
    (card,) = [one for one in listed["models"] if one["folder"] == str(models / "brightness")]
    assert card["refused"] is None
    told = [one for one in card["evaluation"] if one["measured_on"] == "set (patterns)"]
    assert [(one["real"], one["fake"], one["witnesses"], one["figures"]["auc"]) for one in told] == [
        (6, 6, 3, 1.0)
    ]
    assert len(card["evaluation"]) == 2, "what stood there before is still there"


def test_a_set_of_one_side_changes_no_card(models, pictures):
    before = (models / "brightness" / "model-card.json").read_bytes()
    for path in (pictures / "fake").iterdir():
        path.write_bytes(b"no picture")
    answer = asked(str(pictures), "--task", "face_manipulated", "--faces", "whole", "--into-card")
    assert answer.exit_code == 2
    assert "nothing of one side was scored" in answer.output
    assert (models / "brightness" / "model-card.json").read_bytes() == before
