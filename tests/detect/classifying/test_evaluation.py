"""A set is measured as it is: what was not assessed is counted and not scored, and nothing is called what it is not."""

import json
from pathlib import Path

import numpy as np
import pytest

from haetae.detect.classifying.assessing import Said
from haetae.detect.classifying.card import read_card
from haetae.detect.classifying.evaluation import FIGURES, by_group, report
from haetae.detect.classifying.running import NotAssessed
from haetae.detect.classifying.sets import EvaluationSet, SetError, read_set
from tests.detect.classifying import onnx_files as made


def folder_of(tmp_path: Path, *, real: list[str], fake: list[str], sources: object = None) -> Path:
    for name, stems in (("real", real), ("fake", fake)):
        (tmp_path / name).mkdir()
        for stem in stems:
            (tmp_path / name / f"{stem}.png").write_bytes(b"")
    if sources is not None:
        said = sources if isinstance(sources, dict) else {"sources": sources}
        (tmp_path / "source.json").write_text(json.dumps(said))
    return tmp_path


def said(*values: float | NotAssessed) -> list[Said | NotAssessed]:
    return [
        value if isinstance(value, NotAssessed) else Said(score=value, probability=value) for value in values
    ]


def files_of(tmp_path: Path, *, real: list[str], fake: list[str]) -> EvaluationSet:
    """A set of files with these whole names."""
    for name, files in (("real", real), ("fake", fake)):
        (tmp_path / name).mkdir()
        for file in files:
            (tmp_path / name / file).write_bytes(b"")
    return read_set(tmp_path)


def test_pairs_and_clips_are_told_by_their_names(tmp_path):
    found = read_set(folder_of(tmp_path, real=["a_1", "a_2", "b"], fake=["a_1", "a_2", "c_9"]))
    assert [item.clip for item in found.items] == ["a", "a", "b", "a", "a", "c_9"]
    figures = report(found, said(0.1, 0.2, 0.3, 0.9, 0.1, 0.8), threshold=0.5)
    assert figures["n"] == {
        "real": 3,
        "fake": 3,
        "pairs": 2,
        "clips": 1,
        "witnesses": 3,
        "not_assessed": {"real": {}, "fake": {}},
    }
    assert figures["paired_accuracy"] == 0.5
    assert figures["fpr_at_threshold"] == 0.0
    assert figures["tpr_at_threshold"] == pytest.approx(2 / 3, abs=1e-4)


def test_frames_of_a_clip_speak_together(tmp_path):
    real, fake = (
        [f"r{clip}_{n}" for clip in range(10) for n in range(4)],
        [f"f{clip}_{n}" for clip in range(10) for n in range(4)],
    )
    found = read_set(folder_of(tmp_path, real=real, fake=fake))
    rng = np.random.default_rng(1)
    answers = said(*rng.uniform(0.1, 0.6, 40), *rng.uniform(0.35, 0.9, 40))
    figures = report(found, answers, threshold=None)
    assert figures["video_auc"] == 1.0
    assert figures["auc"] < 1.0
    assert figures["fpr_at_threshold"] is None
    low, high = figures["ci"]["auc"]
    assert low <= figures["auc"] <= high


def test_single_pictures_have_no_figure_by_clip_and_few_no_thousandth(tmp_path):
    figures = report(
        read_set(folder_of(tmp_path, real=["a", "b"], fake=["c", "d"])),
        said(0.1, 0.2, 0.3, 0.4),
        threshold=0.5,
    )
    for name in ("video_auc", "tpr_at_fpr_001", "paired_accuracy"):
        assert figures[name] is None
        assert figures["ci"][name] is None


def test_what_was_not_assessed_is_counted_by_its_reason_and_is_no_low_score(tmp_path):
    found = read_set(folder_of(tmp_path, real=["a", "b"], fake=["c", "d"]))
    figures = report(found, said(0.4, NotAssessed.NO_FACE, 0.6, NotAssessed.NO_NUMBER), threshold=0.5)
    assert figures["auc"] == 1.0
    assert figures["tpr_at_threshold"] == 1.0
    assert figures["n"]["not_assessed"] == {"real": {"no_face": 1}, "fake": {"no_number": 1}}


def test_where_one_side_is_missing_there_is_no_figure_at_all(tmp_path):
    found = read_set(folder_of(tmp_path, real=["a"], fake=["c"]))
    figures = report(found, said(0.4, NotAssessed.NO_FACE), threshold=0.5)
    assert figures["auc"] is None
    assert figures["n"]["fake"] == 0


def test_real_ones_are_counted_by_age_and_sex(tmp_path):
    groups = tmp_path / "groups.csv"
    groups.write_text("stem,age_band,sex\na,20-29,female\nb,20-29,female\nc,60-69,male\n")
    found = read_set(folder_of(tmp_path, real=["a", "b", "c"], fake=["a"]), groups=groups)
    rows = by_group(found, said(0.9, 0.1, 0.2, 0.9), threshold=0.5)
    assert [(row["age_band"], row["sex"], row["real"], row["fpr_at_threshold"]) for row in rows] == [
        ("20-29", "female", 2, 0.5),
        ("60-69", "male", 1, 0.0),
    ]
    assert rows[1]["fpr_upper"] == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("sources", "fake", "trained_on", "why"),
    [
        (None, ["a"], "patterns", "nobody says where"),
        (["set one"], ["a"], "photographs of Set One, 2020", "was trained on set one"),
        (["one"], ["b"], "patterns", "neither pairs nor from several sources"),
        (["one"], ["a"], "patterns", None),
        (["one", "two"], ["b"], "patterns", None),
        (["All-Age-Faces (adults)"], ["a"], "all age faces at 28741a7", "was trained on All-Age-Faces"),
        (
            {"real": ["one"], "fake": ["two"]},
            ["b"],
            "patterns",
            "all pictures of one side come from one source",
        ),
        ({"real": ["one", "two"], "fake": ["three"]}, ["b"], "patterns", "all pictures of one side"),
        ({"real": ["one"], "fake": ["two"]}, ["a"], "patterns", "name them once under 'sources'"),
        ({"real": ["one", "two"], "fake": ["three", "four"]}, ["b"], "patterns", None),
        ({"real": ["one"], "fake": ["two"]}, ["b"], "two and more", "was trained on two"),
    ],
)
def test_a_figure_is_called_cross_source_only_where_it_is(tmp_path, sources, fake, trained_on, why):
    data = made.brightness()
    card = read_card(json.dumps(made.card(data, training_data=[trained_on])), where="card")
    found = read_set(folder_of(tmp_path, real=["a"], fake=fake, sources=sources))
    said_why = found.why_not_cross_source(card)
    assert said_why is None if why is None else why in str(said_why)


@pytest.mark.parametrize(
    ("name", "said_of"),
    [("real", "put the real pictures there"), ("fake", "put the fake pictures there")],
)
def test_a_folder_that_is_no_set_is_refused_with_the_way_out(tmp_path, name, said_of):
    folder = folder_of(tmp_path, real=["a"], fake=["a"])
    (folder / name / "a.png").unlink()
    with pytest.raises(SetError, match="nothing to measure with"):
        read_set(folder)
    (folder / name).rmdir()
    with pytest.raises(SetError, match=said_of):
        read_set(folder)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        '{"sources": []}',
        '{"sources": [1]}',
        '{"sources": "one"}',
        '{"real": ["a"]}',
        '{"sources": ["-"]}',
    ],
)
def test_a_bent_note_of_the_sources_is_refused_and_not_passed_over(tmp_path, text):
    folder = folder_of(tmp_path, real=["a"], fake=["a"])
    (folder / "source.json").write_text(text)
    with pytest.raises(SetError, match="sources"):
        read_set(folder)


def test_a_clip_of_which_one_side_has_a_single_frame_is_one_clip(tmp_path):
    found = read_set(folder_of(tmp_path, real=["a_1", "a_2"], fake=["a_1", "b_1"]))
    assert [item.clip for item in found.items] == ["a", "a", "a", "b_1"]


def test_a_table_of_groups_that_breaks_off_is_refused(tmp_path):
    groups = tmp_path / "groups.csv"
    groups.write_text("stem,age_band,sex\na,20-29\n")
    with pytest.raises(SetError, match="columns stem, age_band and sex"):
        read_set(folder_of(tmp_path, real=["a"], fake=["a"]), groups=groups)


def test_figures_of_four_pictures_are_those_that_one_counts_by_hand(tmp_path):
    found = read_set(folder_of(tmp_path, real=["a", "b"], fake=["a", "b"]))
    figures = report(found, said(0.1, 0.4, 0.35, 0.8), threshold=0.38)
    assert figures["auc"] == 0.75  # of four pairs of a real and a fake one .35 against .4 alone stands wrong
    assert figures["ap"] == 0.8333  # half the recall at precision 1, the other half at 2 of 3
    assert figures["tpr_at_fpr_01"] == 0.5
    assert figures["paired_accuracy"] == 1.0
    assert (figures["fpr_at_threshold"], figures["tpr_at_threshold"]) == (0.5, 0.5)
    assert figures["ece"] == 0.3375  # a bin each: .1, .65, .4 and .2 off, a quarter of each


def test_every_figure_has_its_interval_beside_it(tmp_path):
    figures = report(read_set(folder_of(tmp_path, real=["a"], fake=["b"])), said(0.1, 0.2), threshold=None)
    assert set(FIGURES) == set(figures["ci"])
    assert set(FIGURES) < set(figures)
    json.dumps(figures, allow_nan=False)


def test_where_a_side_has_two_files_of_one_stem_the_pair_is_that_of_the_same_name_or_none(tmp_path):
    found = files_of(
        tmp_path, real=["a.jpg", "a.png", "b.png", "c.gif", "c.png"], fake=["a.png", "b.jpg", "c.webp"]
    )
    figures = report(found, said(0.9, 0.1, 0.1, 0.1, 0.1, 0.5, 0.5, 0.5), threshold=0.5)
    assert figures["n"]["pairs"] == 2
    assert figures["paired_accuracy"] == 1.0
    assert not found.paired
    assert (figures["n"]["clips"], figures["n"]["witnesses"], figures["video_auc"]) == (0, 3, None)


def test_how_often_real_ones_are_flagged_is_measured_also_where_no_fake_one_could_be(tmp_path):
    found = read_set(folder_of(tmp_path, real=["a", "b", "c", "d"], fake=["e"]))
    figures = report(found, said(0.9, 0.1, 0.1, 0.1, NotAssessed.UNDECODABLE), threshold=0.5)
    assert figures["fpr_at_threshold"] == 0.25
    assert (figures["tpr_at_threshold"], figures["auc"]) == (None, None)


def test_that_none_of_sixty_was_flagged_does_not_prove_that_none_ever_is(tmp_path):
    names = [f"r{n}" for n in range(60)]
    figures = report(
        read_set(folder_of(tmp_path, real=names, fake=["x", "y"])), said(*[0.1] * 60, 0.9, 0.9), threshold=0.5
    )
    # Clopper and Pearson, two-sided: 1 - 0.025 ** (1 / 60), and for two of two 0.025 ** (1 / 2).
    assert figures["ci"]["fpr_at_threshold"] == (0.0, 0.0596)
    assert figures["ci"]["tpr_at_threshold"] == (0.1581, 1.0)


def test_frames_of_a_single_clip_are_one_witness_and_have_no_interval(tmp_path):
    names = [f"img_{n}" for n in range(5)]
    figures = report(
        read_set(folder_of(tmp_path, real=names, fake=names)), said(*np.linspace(0, 1, 10)), threshold=0.5
    )
    assert (figures["n"]["clips"], figures["n"]["witnesses"]) == (1, 1)
    assert figures["auc"] == 1.0
    assert figures["ci"]["auc"] is None


def test_what_ranks_is_measured_before_calibration_and_what_is_believed_after_it(tmp_path):
    found = read_set(folder_of(tmp_path, real=["a", "b"], fake=["c", "d"]))
    answers = [Said(score=score, probability=0.9) for score in (7.0, 8.0, 9.0, 10.0)]
    figures = report(found, answers, threshold=0.9)
    assert (figures["auc"], figures["tpr_at_fpr_01"]) == (1.0, 1.0)
    assert (figures["fpr_at_threshold"], figures["ece"]) == (1.0, 0.4)


def test_frames_of_a_film_are_pooled_as_in_use(tmp_path):
    names = [f"{clip}_{n}" for clip in ("a", "b") for n in range(2)]
    found = read_set(folder_of(tmp_path, real=names, fake=names))
    answers = [Said(score=score, probability=0.5) for score in (99.0, -2.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0)]
    assert report(found, answers, threshold=None)["video_auc"] == 0.5
    knots = ((-2.0, 0.1), (2.0, 0.9))
    assert report(found, answers, threshold=None, knots=knots)["video_auc"] == 1.0
