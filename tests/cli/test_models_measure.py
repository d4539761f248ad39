"""A program of explicitness is measured on harmless photographs, by itself and before anybody trusts it."""

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from haetae.cli import app
from tests.detect.classifying import onnx_files, programs

TEXT = programs.text(misbehaving="os._exit(0)")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def draft(tmp_path):
    return programs.put(tmp_path / "draft", TEXT, programs.card(TEXT, evaluation=None, thresholds=[]))


@pytest.fixture
def photos(tmp_path):
    """Of each source four, dark to bright; in one lies a picture over which the program ends, in the other a text."""
    for source in ("meadow", "harbour"):
        folder = tmp_path / "photos" / source
        folder.mkdir(parents=True)
        for level in (0, 100, 150, 204):
            Image.fromarray(programs.picture(level)).save(folder / f"{level}.png")
    Image.fromarray(programs.bad_picture()).save(tmp_path / "photos" / "meadow" / "bad.png")
    (tmp_path / "photos" / "harbour" / "notes.txt").write_text("no picture")
    return tmp_path / "photos"


def measured(*arguments: str):
    return CliRunner().invoke(app, ["models", "measure", *arguments])


def test_the_share_of_wrong_ones_is_counted_of_those_that_were_assessed(draft, photos):
    answer = measured(str(draft), str(photos), "--json")
    assert answer.exit_code == 0
    said = json.loads(answer.stdout)
    assert (said["model"], said["n"]) == ("bright-things-1", 8)
    assert said["not_assessed"] == {"program_ended": 1, "undecodable": 1}
    assert [(limit["from"], limit["wrong"], limit["fpr"]) for limit in said["at"]] == [
        (0.25, 6, 0.75),
        (0.5, 4, 0.5),
        (0.7, 2, 0.25),
    ]
    assert said["at"][2]["fpr_upper"] == pytest.approx(0.5997, abs=1e-3)  # Clopper and Pearson, 2 of 8
    assert said["classes"]["0.5"] == {"bright": 4}
    assert [limit["wrong"] for limit in said["by_source"]["meadow"]] == [3, 2, 1]
    assert said["cross_source"] is True
    assert said["evaluation"][0]["figures"]["fpr_of_the_worst_source_from_0.7"] == 0.25


def test_what_was_measured_makes_the_draft_a_card(draft, photos):
    said = json.loads(measured(str(draft), str(photos), "--json").stdout)
    card = programs.card(TEXT, evaluation=said["evaluation"], thresholds=[])
    (draft / "model-card.json").write_text(json.dumps(card))
    environment = {"HAETAE_MODELS": str(draft), "HAETAE_MODEL_PROGRAMS": "accepted"}
    answer = CliRunner().invoke(app, ["models", "check", "--json"], env=environment)
    (row,) = [row for row in json.loads(answer.stdout)["models"] if row["folder"] == str(draft)]
    assert row["refused"] is None
    assert row["evaluation"][0]["measured_on"] == "8 harmless photographs of harbour, meadow"
    assert row["program"]["program"] == "bright.py"


def test_photographs_of_one_source_or_of_the_training_give_no_figure_across_sources(tmp_path, draft, photos):
    said = json.loads(measured(str(draft), str(photos / "meadow"), "--json").stdout)
    assert said["cross_source"] is False
    card = programs.card(TEXT, evaluation=None, thresholds=[], training_data=["photographs of a Harbour"])
    trained = programs.put(tmp_path / "trained", TEXT, card)
    said = json.loads(measured(str(trained), str(photos), "--json").stdout)
    assert said["why_not_cross_source"] == "the model was trained on harbour"
    assert "NO cross-source figure" in measured(str(trained), str(photos)).stdout


def test_what_cannot_be_measured_is_one_sentence_and_exit_two(tmp_path, draft, photos):
    data = onnx_files.brightness()
    model = onnx_files.put(tmp_path / "model", data, onnx_files.card(data))
    nothing, unread = tmp_path / "nothing", tmp_path / "unread"
    nothing.mkdir()
    unread.mkdir()
    (unread / "notes.txt").write_text("no picture")
    for arguments, said in (
        ([str(model), str(photos)], "it is no program"),
        ([str(tmp_path / "nowhere"), str(photos)], "put the card of the model there"),
        ([str(draft), str(nothing)], "there is no photograph"),
        ([str(draft), str(unread)], "none of the photographs was assessed (undecodable)"),
        ([str(draft), str(photos), "--at", "0.2"], "--at must be above 0.2"),
    ):
        answer = measured(*arguments)
        assert answer.exit_code == 2
        assert said in answer.stderr


def test_a_program_that_was_not_accepted_is_listed_with_the_reason_and_one_that_does_not_greet_is_refused(
    tmp_path, monkeypatch
):
    text = programs.text(start='GREETING["identity"] = {"bright": "2"}')
    programs.put(tmp_path / "models" / "one", text, programs.card(text))
    monkeypatch.setenv("HAETAE_MODELS", str(tmp_path / "models"))
    listed = CliRunner().invoke(app, ["models", "list", "--json"])
    assert "HAETAE_MODEL_PROGRAMS=accepted" in json.loads(listed.stdout)["models"][0]["refused"]
    monkeypatch.setenv("HAETAE_MODEL_PROGRAMS", "accepted")
    monkeypatch.setenv("COLUMNS", "200")
    table = CliRunner().invoke(app, ["models", "list"]).stdout
    assert "finds an unknown share, wrongly 0.00% of" in table
    checked = CliRunner().invoke(app, ["models", "check"])
    assert checked.exit_code == 1
    assert 'its greeting says identity {"bright": "2"}, the card {"bright": "1"}' in checked.stdout


def test_a_scan_asks_the_program_and_says_what_it_cannot_know(tmp_path, monkeypatch):
    programs.put(tmp_path / "models" / "one", TEXT, programs.card(TEXT))
    monkeypatch.setenv("HAETAE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HAETAE_MODEL_PROGRAMS", "accepted")
    fine, bad = tmp_path / "fine.png", tmp_path / "bad.png"
    Image.fromarray(programs.picture(204)).save(fine)
    Image.fromarray(programs.bad_picture()).save(bad)
    answer = CliRunner().invoke(app, ["scan", "--json", "--scores", str(fine)])
    words = " ".join(reason["words"] for reason in json.loads(answer.stdout)["reasons"])
    assert (
        "Whether the picture is explicit: the model bright-things-1 says 0.800, which is no probability"
        in words
    )
    assert "it found an unknown share of what it seeks" in words
    answer = CliRunner().invoke(app, ["scan", "--json", "--scores", str(bad)])
    assert json.loads(answer.stdout)["verdict"] == "undetermined"
