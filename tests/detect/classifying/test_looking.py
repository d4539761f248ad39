"""Models are asked after the hashes, only when an answer can change something, and say what they did not look at."""

from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from haetae.detect import Bank, KnownHash, ReasonCode, SignalKind, Tier, Verdict, examine
from haetae.detect.classifying.assessing import Models
from haetae.detect.classifying.boxes import FoundFace
from haetae.detect.classifying.faces import FaceFinder
from haetae.detect.classifying.registry import load
from haetae.detect.classifying.tracks import Track, most_suspect, tracks_of
from tests.detect import media_files as made_files
from tests.detect.classifying import onnx_files as made
from tests.detect.patterns import waves

TODAY = date(2026, 11, 26)
ACT = {
    "name": "act", "value": 0.99, "tpr": 0.1, "fpr": 0.0, "fpr_upper": 0.001, "real": 3000, "fake": 500,
    "measured_on": "patterns", "cross_source": True,
}  # fmt: skip
REVIEW = made.card(b"")["thresholds"][0]


def loaded(tmp_path: Path, task: str, data: bytes | None = None):
    data = data or made.brightness()
    said = made.card(data, name=task.replace("_", "-"), task=task, thresholds=[ACT, REVIEW])
    return load(made.put(tmp_path / task, data, said), today=TODAY, research_accepted=False)


@pytest.fixture
def finder(tmp_path) -> FaceFinder:
    data = made.bright_cells_are_faces()
    return FaceFinder(
        load(
            made.put(tmp_path / "finder", data, made.finder_card(data)), today=TODAY, research_accepted=False
        )
    )


ALTERED = ("face_manipulated", "image_generated")


@pytest.fixture
def models(tmp_path, finder) -> Models:
    """All slots are filled: bright is explicit, altered and generated."""
    return Models(finder=finder, by_task=tuple(loaded(tmp_path, task) for task in ("explicit", *ALTERED)))


@pytest.fixture
def without_explicit(tmp_path, finder) -> Models:
    return Models(finder=finder, by_task=tuple(loaded(tmp_path, task) for task in ALTERED))


def picture(*, light: int, face: bool = True) -> bytes:
    """Of even light with a little pattern, and perhaps one bright cell, which is a face here."""
    pattern = waves(height=640, width=640, seed=3).astype(int) // 2
    pattern[:, ::2] += 4  # what is even is taken for drawn
    pixels = np.repeat((pattern + light).clip(0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
    if face:
        pixels[160:168, 240:248] = 255
    return made_files.encoded(Image.fromarray(pixels), "PNG")


def film(lights: list[int]) -> bytes:
    written = BytesIO()
    with av.open(written, "w", format="mp4") as output:
        stream = output.add_stream("libx264", rate=1)
        stream.height = stream.width = 640
        stream.pix_fmt, stream.bit_rate = "yuv420p", 8_000_000
        stream.codec_context.gop_size = stream.codec_context.thread_count = 1
        for number, light in enumerate(lights):
            pixels = np.full((640, 640, 3), 20, np.uint8)
            pixels[130:200, 210:280] = light
            pixels[:, ::4] += 12  # what is even is taken for drawn
            pixels[160:168, 240:248] = 255
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 1)
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    return written.getvalue()


def said_of(finding) -> dict[str, dict]:
    kinds = {SignalKind.MODEL_SAID, SignalKind.NOT_ASSESSED}
    return {str(one.facts["task"]): dict(one.facts) for one in finding.signals if one.kind in kinds}


def test_nobody_is_asked_where_no_answer_could_change_anything(openers, without_explicit):
    finding = examine(picture(light=10), bank=Bank(), openers=openers, models=without_explicit)
    assert said_of(finding) == {}
    assert "no model was asked" in finding.reasons[0].words


def test_a_reported_picture_is_looked_at_by_all_and_an_empty_slot_says_so(openers, without_explicit):
    finding = examine(picture(light=10), bank=Bank(), openers=openers, models=without_explicit, reported=True)
    said = said_of(finding)
    assert said["explicit"] == {"task": "explicit", "why": "no_model"}
    assert said["face_manipulated"]["level"] == "rest"
    assert said["image_generated"]["level"] == "rest"
    assert finding.verdict is Verdict.REVIEW
    assert finding.as_json()["signals"][-1]["kind"] in {"model_said", "not_assessed"}


def test_where_there_is_no_model_at_all_the_picture_is_not_opened_for_one(openers, monkeypatch):
    monkeypatch.setattr(openers, "colours", lambda data: pytest.fail("it was opened"))
    finding = examine(picture(light=10), bank=Bank(), openers=openers, models=Models(), reported=True)
    assert {task: facts["why"] for task, facts in said_of(finding).items()} == dict.fromkeys(
        ("explicit", *ALTERED), "no_model"
    )
    assert finding.verdict is Verdict.REVIEW


def test_whoever_wants_the_scores_gets_them_and_the_verdict_stays(openers, without_explicit):
    finding = examine(picture(light=150), bank=Bank(), openers=openers, models=without_explicit, leads=True)
    assert said_of(finding)["image_generated"]["level"] in {"act", "review"}
    assert finding.verdict is Verdict.NOTHING


def test_what_is_surely_known_is_not_looked_at_once_more(openers, models):
    data = picture(light=200)
    hashes = examine(data, bank=Bank(), openers=openers).fingerprints
    entry = KnownHash(entry_id="e", list_name="l", tier=Tier.OPERATOR_CONFIRMED, sha256=hashes.sha256)
    finding = examine(data, bank=Bank([entry]), openers=openers, models=models, reported=True)
    assert finding.verdict is Verdict.REQUEST
    assert said_of(finding) == {}


def test_an_unreported_picture_that_is_not_explicit_is_asked_no_further(openers, models):
    said = said_of(examine(picture(light=10), bank=Bank(), openers=openers, models=models))
    assert set(said) == {"explicit"}


def test_explicit_and_altered_without_rules_go_to_a_person(openers, models):
    finding = examine(picture(light=220), bank=Bank(), openers=openers, models=models)
    assert finding.verdict is Verdict.REVIEW
    assert finding.reasons[0].code is ReasonCode.MODELS_SUSPECT


def test_a_picture_without_faces_is_not_called_unaltered(openers, models):
    finding = examine(
        picture(light=10, face=False), bank=Bank(), openers=openers, models=models, reported=True
    )
    assert said_of(finding)["face_manipulated"] == {
        "task": "face_manipulated", "why": "no_face", "act_fpr_upper": "0.001000",
    }  # fmt: skip


def test_a_model_without_numbers_leaves_it_undetermined(openers, tmp_path, finder):
    broken = Models(finder=finder, by_task=(loaded(tmp_path, "explicit", made.no_number()),))
    finding = examine(picture(light=10), bank=Bank(), openers=openers, models=broken)
    assert finding.verdict is Verdict.UNDETERMINED
    assert said_of(finding)["explicit"]["why"] == "no_number"


def test_a_face_is_followed_through_a_film_and_its_moments_are_told(openers, models):
    finding = examine(
        film([150, 150, 60, 150, 60]), bank=Bank(), openers=openers, models=models, reported=True
    )
    said = said_of(finding)
    altered = said["face_manipulated"]
    assert altered["frames"] == 5
    assert altered["moments_ms"] == "0, 1000, 2000, 3000, 4000"
    assert said["sound"] == {"task": "sound", "why": "no_model"}


def test_what_cannot_be_opened_is_asked_of_no_model(openers, models):
    finding = examine(b"words", bank=Bank(), openers=openers, models=models, reported=True)
    assert said_of(finding) == {}
    assert finding.verdict is Verdict.UNDETERMINED


def face(x: float, *, size: float = 50) -> FoundFace:
    return FoundFace(x=x, y=0, width=size, height=size, probability=0.9)


def test_two_faces_side_by_side_stay_two():
    tracks = tracks_of(
        [[(face(0), 0.1), (face(100), 0.9)], [(face(105), 0.8), (face(4), 0.2)], [(face(110), 0.9)]]
    )
    first, second = tracks
    assert (first.frames, first.scores) == ([0, 1], [0.1, 0.2])
    assert (second.frames, second.scores) == ([0, 1, 2], [0.9, 0.8, 0.9])


def test_a_face_that_goes_away_and_another_that_comes_are_two():
    assert len(tracks_of([[(face(0), 0.5)], [], [(face(0), 0.5)]])) == 2


def test_one_high_frame_of_a_passer_by_outweighs_no_face_that_stays():
    stays = Track(frames=[0, 1, 2], faces=[face(0)] * 3, scores=[0.4, 0.5, 0.4])
    passes = Track(frames=[1], faces=[face(0)], scores=[0.99])
    assert most_suspect([stays, passes], None) is stays
    assert most_suspect([passes], None) is passes
    assert most_suspect([], None) is None
