"""A model that does not say what it is, or is not what it says, is refused with the field and the way out."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from haetae.detect.classifying.card import ModelRefusedError, Task, read_card
from haetae.detect.classifying.one_file import check_one_file
from haetae.detect.classifying.registry import listed, load, named, newest
from tests.detect.classifying import onnx_files as made

TODAY = date(2026, 11, 26)
DATA = made.brightness()


def refused(folder: Path, *, today: date = TODAY, research_accepted: bool = False) -> str:
    with pytest.raises(ModelRefusedError) as problem:
        load(folder, today=today, research_accepted=research_accepted)
    return problem.value.words


def test_a_model_with_a_true_card_is_loaded(tmp_path):
    model = load(made.put(tmp_path / "one", DATA, made.card(DATA)), today=TODAY, research_accepted=False)
    assert (model.card.title, model.card.task) == ("brightness-1", Task.FACE_MANIPULATED)


@pytest.mark.parametrize(
    "missing",
    [
        "sha256",
        "licence",
        "evaluation",
        "training_data",
        "known_failures",
        "expires",
        "task",
        "research_only",
    ],
)
def test_nothing_is_loaded_that_keeps_silent_about_itself(tmp_path, missing):
    words = refused(made.put(tmp_path / "one", DATA, made.card(DATA, **{missing: None})))
    assert f"field '{missing}' is missing" in words


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("evaluation", [], "field 'evaluation'"),
        ("sha256", "abc", "field 'sha256'"),
        ("task", "nudity", "field 'task'"),
        ("licence", "", "field 'licence'"),
        ("invented", 1, "field 'invented'"),
        ("name", "../up", "field 'name'"),
        ("task", "face_finder", "output.meaning must be"),
        ("input", {"name": "pixels"}, "input.size_px must say"),
        ("calibration", {"a": 1, "b": 0}, "field 'calibration.knots' is missing"),
        ("calibration", made.calibration((0.0, 0.1)), "field 'calibration.knots'"),
        ("calibration", made.calibration((0.0, 0.1), (1.0, 1.0)), "field 'calibration.knots.1.1'"),
        ("calibration", made.calibration((0.0, 0.2), (1.0, 0.1)), "each of the knots must lie above"),
        ("calibration", made.calibration((1.0, 0.1), (1.0, 0.2)), "each of the knots must lie above"),
        ("calibration", made.calibration((0.0, 0.1), (1.0, 0.2), fake_share=0), "calibration.fake_share"),
        ("output", {"name": "logit", "meaning": "logits"}, "output.column must say which of the classes"),
    ],
)
def test_a_card_that_is_wrong_is_refused_by_its_field(tmp_path, field, value, said):
    assert said in refused(made.put(tmp_path / "one", DATA, made.card(DATA, **{field: value})))


def test_a_threshold_is_named_once(tmp_path):
    twice = made.card(DATA)["thresholds"] * 2
    assert "each of act and review once" in refused(
        made.put(tmp_path / "one", DATA, made.card(DATA, thresholds=twice))
    )


def test_what_is_not_the_file_that_was_published_is_never_run(tmp_path):
    words = refused(made.put(tmp_path / "one", DATA + b"\0", made.card(DATA)))
    assert "field 'sha256'" in words
    assert "take both anew" in words


def test_a_model_is_used_until_its_last_day_and_no_longer(tmp_path):
    folder = made.put(tmp_path / "one", DATA, made.card(DATA, expires="2026-11-26"))
    load(folder, today=TODAY, research_accepted=False)
    assert "field 'expires'" in refused(folder, today=date(2026, 11, 27))


def test_research_weights_are_used_only_where_that_was_accepted(tmp_path):
    folder = made.put(tmp_path / "one", DATA, made.card(DATA, research_only=True))
    assert "HAETAE_RESEARCH_MODELS=accepted" in refused(folder)
    load(folder, today=TODAY, research_accepted=True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no ONNX model"),
        (b"no model", "is no ONNX model"),
        (b"\x1c\0\0\0ORTM" + bytes(64), "is no ONNX model"),
        (DATA[: len(DATA) // 2], "is no ONNX model"),
        (made.with_unknown_step(), "the runtime cannot load model.onnx"),
    ],
)
def test_what_cannot_be_loaded_is_refused(tmp_path, data, said):
    assert said in refused(made.put(tmp_path / "one", data, made.card(data)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"input": {"name": "image", "size_px": 32}}, "field 'input.name': the model asks for pixels"),
        ({"input": {"name": "pixels", "size_px": 64}}, "field 'input'"),
        ({"input": {"name": "pixels", "size_px": 32, "layout": "NHWC"}}, "field 'input'"),
        ({"output": {"name": "score", "meaning": "logit"}}, "field 'output.name': the model gives logit"),
    ],
)
def test_a_card_that_speaks_of_another_model_is_refused(tmp_path, changes, said):
    assert said in refused(made.put(tmp_path / "one", DATA, made.card(DATA, **changes)))


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "\ud800".encode("utf-16", "surrogatepass").decode("latin-1"), "[" * 100_000]
)
def test_what_is_no_card_is_said_to_be_none(text):
    with pytest.raises(ModelRefusedError) as problem:
        read_card(text, where="model-card.json")
    assert problem.value.words.startswith("model-card.json: ")


def test_all_models_are_listed_the_refused_ones_with_their_reason(tmp_path):
    made.put(tmp_path / "a", DATA, made.card(DATA))
    made.put(tmp_path / "b", DATA, made.card(DATA, expires="2020-01-01"))
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "model-card.json").write_text(json.dumps(made.card(DATA)))
    found = listed([tmp_path, tmp_path / "nowhere"], today=TODAY, research_accepted=False)
    assert [one.folder.name for one in found] == ["a", "b", "c", "nowhere"]
    assert found[0].refused is None
    assert "field 'expires'" in str(found[1].refused)
    assert "put the model beside its card" in str(found[2].refused)
    assert "there is no such folder" in str(found[3].refused)


def test_an_operators_model_comes_before_ours_and_the_newest_of_a_folder_first(tmp_path):
    for folder, version in (("ours", "1"), ("ours", "2"), ("theirs", "1")):
        made.put(tmp_path / folder / f"m-{version}", DATA, made.card(DATA, version=version))
    ours = listed([tmp_path / "ours"], today=TODAY, research_accepted=False)
    both = listed([tmp_path / "theirs", tmp_path / "ours"], today=TODAY, research_accepted=False)
    assert newest(ours, Task.FACE_MANIPULATED) == tmp_path / "ours" / "m-2"
    assert newest(both, Task.FACE_MANIPULATED) == tmp_path / "theirs" / "m-1"
    assert newest(both, Task.EXPLICIT) is None


def test_ten_comes_after_nine_and_a_folder_may_be_one_model(tmp_path):
    for version in ("9", "10"):
        made.put(tmp_path / f"m-{version}", DATA, made.card(DATA, version=version))
    every = listed([tmp_path], today=TODAY, research_accepted=False)
    single = listed([tmp_path / "m-9"], today=TODAY, research_accepted=False)
    assert newest(every, Task.FACE_MANIPULATED) == tmp_path / "m-10"
    assert named(every, "brightness") == tmp_path / "m-10"
    assert named(every, "brightness-9") == newest(single, Task.FACE_MANIPULATED) == tmp_path / "m-9"
    assert named(every, "unknown") is None


@pytest.mark.parametrize("wrapped", ["initializer", "constant", "branch"])
def test_weights_that_lie_beside_the_model_are_refused_even_where_the_runtime_would_read_them(
    tmp_path, monkeypatch, wrapped
):
    monkeypatch.chdir(tmp_path)
    Path("weights.bin").write_bytes(np.arange(3, dtype=np.float32).tobytes())
    data = made.with_outer_weights("weights.bin", wrapped=wrapped)
    assert "keeps weights in other files" in refused(made.put(tmp_path / "one", data, made.card(data)))


@given(data=some.binary(max_size=200) | some.integers(0, len(DATA)).map(lambda cut: DATA[:cut]))
def test_whatever_bytes_a_model_has_it_is_refused_in_words_or_left_to_the_runtime(data):
    refused_with = ""
    try:
        check_one_file(data, title="one")
    except ModelRefusedError as problem:
        refused_with = problem.words
    assert refused_with == "" or "model.onnx is no ONNX model" in refused_with
    assert refused_with or data  # an empty file is never left to the runtime


def test_graphs_within_graphs_without_end_break_nothing():
    part = b""
    for _ in range(500):
        part = made.field(1, made.field(5, made.field(6, part)))
    check_one_file(made.field(7, part), title="one")


def test_a_model_of_one_size_needs_a_card_that_names_it(tmp_path):
    data = made.brightness(size=32)
    said = made.finder_card(data, input={"name": "pixels", "multiple_of": 32})
    assert "field 'input'" in refused(made.put(tmp_path / "one", data, said))
