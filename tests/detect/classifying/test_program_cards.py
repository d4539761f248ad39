"""A card may describe a program in place of a model. It is accepted by name, checked by digest, judged like any."""

import json
from contextlib import closing
from datetime import date

import pytest
from PIL import Image

from haetae.detect.acting import Acting, why_not
from haetae.detect.classifying.assessing import Models, Said
from haetae.detect.classifying.card import ModelRefusedError, OnnxCard, Task, read_card
from haetae.detect.classifying.faces import FaceFinder
from haetae.detect.classifying.looking import model_signals
from haetae.detect.classifying.outside.program import Program
from haetae.detect.classifying.registry import listed, load, load_to_measure, newest
from haetae.detect.classifying.running import Model, NotAssessed
from haetae.detect.finding import SignalKind, Verdict
from haetae.detect.opening.facts import ColourFrame
from haetae.detect.policy import decide
from haetae.detect.pool import OpenerPool
from haetae.detect.words import sentence
from tests.detect.classifying import onnx_files, programs
from tests.detect.classifying.programs import picture
from tests.detect.media_files import encoded

TODAY = date(2026, 11, 26)
TEXT = programs.text()


def refused(folder, *, programs_accepted=True):
    with pytest.raises(ModelRefusedError) as problem:
        load(folder, today=TODAY, research_accepted=False, programs_accepted=programs_accepted)
    return problem.value.words


def test_a_program_is_run_only_where_programs_were_accepted(tmp_path):
    folder = programs.put(tmp_path / "one", TEXT, programs.card(TEXT))
    assert "HAETAE_MODEL_PROGRAMS=accepted" in refused(folder, programs_accepted=False)
    (one,) = listed([tmp_path], today=TODAY, research_accepted=True)
    assert "HAETAE_MODEL_PROGRAMS=accepted" in str(one.refused)
    (one,) = listed([tmp_path], today=TODAY, research_accepted=False, programs_accepted=True)
    assert one.refused is None
    assert newest([one], Task.EXPLICIT) == folder
    with closing(load(folder, today=TODAY, research_accepted=False, programs_accepted=True)) as program:
        assert program.probability(picture(204)) == pytest.approx(0.8)


def test_another_program_than_was_measured_is_not_run(tmp_path):
    folder = programs.put(tmp_path / "one", TEXT + b"\n", programs.card(TEXT))
    assert "field 'sha256'" in refused(folder)
    (folder / "bright.py").unlink()
    assert "bright.py: it cannot be read" in refused(folder)


@pytest.mark.parametrize(
    ("runner", "said"),
    [
        ({"protocol": 2}, "field 'runner.protocol'"),
        ({"command": []}, "field 'runner.command'"),
        ({"command": ["python3"]}, "must begin with an absolute path"),
        ({"program": "../bright.py"}, "field 'runner.program'"),
        ({"program": "/bin/sh"}, "field 'runner.program'"),
        ({"identity": {}}, "field 'runner.identity'"),
        ({"counts": ["bright", "loud"]}, "counts must be among classes, and loud is not"),
        ({"floor": 1.0}, "field 'runner.floor'"),
        ({"picture_s": 0}, "field 'runner.picture_s'"),
        ({"picture_s": 3_600}, "field 'runner.picture_s'"),
        ({"memory_bytes": 1}, "field 'runner.memory_bytes'"),
        ({"shell": True}, "field 'runner.shell'"),
    ],
)
def test_a_runner_that_is_wrong_is_refused_by_its_field(tmp_path, runner, said):
    assert said in refused(programs.put(tmp_path / "one", TEXT, programs.card(TEXT, runner=runner)))


def test_a_program_is_for_explicitness_alone_and_holds_no_model(tmp_path):
    face = programs.card(TEXT, task="face_manipulated", thresholds=[])
    assert "task must be explicit" in refused(programs.put(tmp_path / "one", TEXT, face))
    both = programs.card(TEXT) | {"input": {"name": "pixels", "size_px": 32}}
    assert "field 'input'" in refused(programs.put(tmp_path / "two", TEXT, both))


def test_a_threshold_that_a_picture_of_nothing_reaches_is_refused(tmp_path):
    low = [programs.card(TEXT)["thresholds"][0] | {"value": 0.2}]
    words = refused(programs.put(tmp_path / "one", TEXT, programs.card(TEXT, thresholds=low)))
    assert "thresholds must lie above what runner.floor makes" in words


def test_what_nobody_measured_is_said_to_be_unknown_and_no_other_task_may_say_so():
    data = onnx_files.brightness()
    limit = programs.card(TEXT)["thresholds"][0]
    with pytest.raises(ModelRefusedError, match="only of an explicit one it may be unknown"):
        read_card(json.dumps(onnx_files.card(data, thresholds=[limit])), where="card")
    for wrong in ({"tpr": 0.9}, {"fake": 10}):
        with pytest.raises(ModelRefusedError, match="tpr must be null where fake is 0"):
            read_card(json.dumps(programs.card(TEXT, thresholds=[limit | wrong])), where="card")


def test_a_draft_without_an_evaluation_can_be_measured_and_not_used(tmp_path):
    folder = programs.put(tmp_path / "one", TEXT, programs.card(TEXT, evaluation=None))
    assert "field 'evaluation' is missing" in refused(folder)
    with closing(load_to_measure(folder)) as program:
        assert program.probability(picture(204)) == pytest.approx(0.8)


def test_a_program_finds_no_faces():
    with pytest.raises(ModelRefusedError, match="must be face_finder"):
        FaceFinder(programs.program(TEXT))


@pytest.fixture
def explicit():
    """The program in the slot of explicitness, and a model that calls every bright picture generated."""
    data = onnx_files.brightness()
    act = onnx_files.card(data)["thresholds"][0] | {"name": "act", "value": 0.5}
    card = read_card(
        json.dumps(onnx_files.card(data, task="image_generated", thresholds=[act])), where="card"
    )
    assert isinstance(card, OnnxCard)
    program = programs.program(programs.text(misbehaving="os._exit(0)"))
    with closing(program), OpenerPool() as openers:
        yield Models(by_task=(program, Model(card, data))), openers


RULES = Acting(for_depicted=True, needs_report=True, could_be_wronged=100.0, wrongful_most=1.0)


def test_it_is_asked_like_any_model_and_acts_only_together_with_another(explicit):
    models, openers = explicit
    uneven = picture(230)
    uneven[:, ::2] += 10
    uneven[:, 1::2] -= 10
    signals = model_signals(encoded(Image.fromarray(uneven)), openers=openers, models=models, reported=True)
    first, _, second = signals
    assert first.kind is SignalKind.MODEL_SAID
    assert first.facts["model"] == "bright-things-1"
    assert first.facts["probability"] == "0.902"
    assert (first.facts["level"], first.facts["finds"], second.facts["level"]) == ("act", "unknown", "act")
    assert why_not(signals, RULES) is None
    assert why_not(signals[:1], RULES) == "below_threshold"
    verdict, reasons = decide(signals=signals, reported=True, acting=RULES)
    assert verdict is Verdict.REQUEST
    words = " ".join(sentence(one.code, one.facts) for one in reasons)
    assert "it found an unknown share of what it seeks and was wrong about 0.00% of the real ones" in words


def test_a_program_that_fails_leaves_the_picture_undetermined_and_says_why(explicit):
    models, openers = explicit
    bad = encoded(Image.fromarray(programs.bad_picture()))
    signals = model_signals(bad, openers=openers, models=models, reported=False)
    assert [(one.kind, one.facts["why"]) for one in signals] == [(SignalKind.NOT_ASSESSED, "program_ended")]
    verdict, reasons = decide(signals=signals, reported=False)
    assert verdict is Verdict.UNDETERMINED
    assert "the program that looks ended over it" in sentence(reasons[0].code, reasons[0].facts)


def test_a_picture_that_is_too_small_is_not_shown_to_it(explicit):
    models, _ = explicit
    assert models.assess(Task.EXPLICIT, picture(255, width=30)) is NotAssessed.TOO_SMALL
    said = models.assess(Task.EXPLICIT, picture(204))
    assert isinstance(said, Said)
    assert isinstance(models.of(Task.EXPLICIT), Program)


def test_a_film_of_which_some_frames_failed_is_not_cleared_by_the_others(explicit, monkeypatch):
    models, openers = explicit
    frames = {
        name: [ColourFrame(pixels=pixels, at_ms=n * 1000) for n, pixels in enumerate(shown)]
        for name, shown in {
            "dark": (picture(10), programs.bad_picture(), picture(10)),
            "bright": (picture(250), programs.bad_picture(), picture(250)),
        }.items()
    }
    said = {}
    for name, shown in frames.items():
        monkeypatch.setattr(openers, "colours", lambda data, shown=shown: shown)
        said[name] = model_signals(b"a film", openers=openers, models=models, reported=True)
    failed = said["dark"][1]
    assert (failed.facts["task"], failed.facts["why"], failed.facts["part"]) == (
        "explicit",
        "program_ended",
        True,
    )
    assert decide(signals=said["dark"], reported=False)[0] is Verdict.UNDETERMINED
    assert said["bright"][0].facts["level"] == "act"
