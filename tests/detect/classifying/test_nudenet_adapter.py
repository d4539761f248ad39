"""Our own program around nudenet, with a tiny package of that name in place of it, which is never installed here."""

import hashlib
import json
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from haetae.detect.classifying.card import ModelRefusedError, ProgramCard, read_card
from haetae.detect.classifying.outside.program import Program
from haetae.detect.classifying.running import NotAssessed

FOLDER = Path(__file__).parents[3] / "contrib" / "nudenet"
CARD = (FOLDER / "model-card.json").read_text()
WEIGHTS = b"no weights at all"
_PACKAGE = """
print("a line that must not garble an answer")


class NudeDetector:
    def detect(self, picture):
        print("another one")
        if picture.shape[1] == 100:
            raise ValueError
        first = int(picture[0, 0, 0])  # blue comes first here
        found = {"class": "FACE_FEMALE", "score": first / 255, "box": [-3, 60, 20, 30]}
        return [found, {"class": "BUTTOCKS_EXPOSED", "score": 0.5, "box": [500, 500, 1, 1]}]
"""


@pytest.fixture
def program(tmp_path):
    """With the library that haetae's own Python has, and `nudenet` from a folder of ours."""
    package = tmp_path / "nudenet"
    package.mkdir()
    (package / "__init__.py").write_text(_PACKAGE)
    (package / "320n.onnx").write_bytes(WEIGHTS)
    about = tmp_path / "nudenet-3.4.2.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: nudenet\nVersion: 3.4.2\n")
    run = f"import runpy, sys; sys.path.insert(0, {str(tmp_path)!r}); runpy.run_path(sys.argv[1], run_name='__main__')"
    said = json.loads(CARD)
    said["runner"]["command"] = [sys.executable, "-I", "-c", run]
    said["runner"]["identity"]["weights_sha256"] = hashlib.sha256(WEIGHTS).hexdigest()
    card = read_card(json.dumps(said), where="card", draft=True)
    assert isinstance(card, ProgramCard)
    with closing(Program(card, (FOLDER / "runner.py").read_bytes())) as program:
        yield program


def test_the_template_is_a_draft_of_this_very_program_and_no_card_before_somebody_measured(tmp_path):
    card = read_card(CARD, where="card", draft=True)
    assert card.sha256 == hashlib.sha256((FOLDER / "runner.py").read_bytes()).hexdigest()
    assert card.thresholds == card.evaluation == ()
    with pytest.raises(ModelRefusedError, match="field 'evaluation' is missing"):
        read_card(CARD, where="card")


def test_it_greets_as_the_template_says_and_shows_colours_blue_first(program):
    program.check()
    blue = np.zeros((80, 70, 3), dtype=np.uint8)
    blue[:, :, 2] = 204
    face, exposed = program.look(blue)
    assert (face.name, face.score) == ("FACE_FEMALE", 0.8)
    assert program.probability(blue) == pytest.approx(exposed.score)  # a face does not count


def test_a_box_that_reaches_over_the_edge_is_cut_and_what_it_names_is_kept(program):
    face, exposed = program.look(np.zeros((80, 70, 3), dtype=np.uint8))
    assert face.box == (0, 60, 17, 20)
    assert exposed.box == (70, 80, 0, 0)


def test_what_it_breaks_down_over_is_not_assessed_and_the_next_one_is(program):
    assert program.look(np.zeros((80, 100, 3), dtype=np.uint8)) is NotAssessed.MODEL_FAILED
    (before,) = program.process_ids()
    assert len(program.look(np.zeros((80, 70, 3), dtype=np.uint8))) == 2
    assert program.process_ids() == (before,)


def test_other_weights_are_noticed(program, tmp_path):
    (tmp_path / "nudenet" / "320n.onnx").write_bytes(b"others")
    with pytest.raises(ModelRefusedError, match="its greeting says identity"):
        program.check()
