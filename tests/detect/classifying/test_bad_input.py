"""From the bytes of a file to the sentence: what cannot be judged has no score, and the reason is told."""

from datetime import date

import numpy as np
import pytest
from PIL import Image, ImageDraw

from haetae.detect import Bank, Finding, SignalKind, Verdict, examine
from haetae.detect.classifying.assessing import Models
from haetae.detect.classifying.card import Task
from haetae.detect.classifying.faces import FaceFinder
from haetae.detect.classifying.registry import load
from haetae.detect.opening.facts import Undecodable, Why
from tests.detect import media_files as files
from tests.detect.classifying import onnx_files as made
from tests.detect.patterns import noise

TODAY = date(2026, 11, 26)
FACE, GENERATED = "Whether a face was altered", "Whether the picture was generated"


def loaded(folder, data: bytes, **changes):
    return load(made.put(folder, data, made.card(data, **changes)), today=TODAY, research_accepted=False)


@pytest.fixture
def finder(tmp_path) -> FaceFinder:
    data = made.bright_cells_are_faces()
    folder = made.put(tmp_path / "finder", data, made.finder_card(data))
    return FaceFinder(load(folder, today=TODAY, research_accepted=False))


@pytest.fixture
def models(tmp_path, finder) -> Models:
    data = made.brightness()
    return Models(
        finder=finder,
        by_task=(
            loaded(tmp_path / "faces", data, calibration=made.calibration((-3.0, 0.1), (3.0, 0.9))),
            loaded(tmp_path / "whole", data, task="image_generated"),
        ),
    )


@pytest.fixture
def told(openers, models):
    """The sentence about one question to the models, of a file that a person has reported."""

    def tell(data: bytes, about: str = FACE, *, by: Models = models) -> str:
        finding = examine(data, bank=Bank(), openers=openers, models=by, reported=True)
        (words,) = [one.words for one in finding.reasons if one.words.startswith(about)]
        return words

    return tell


def scene(*middles: tuple[int, int], side: int = 640, seed: int = 1) -> np.ndarray:
    """An uneven dark picture with bright cells, which are faces of 64 pixels here."""
    pixels = np.repeat((noise(height=side, width=side, seed=seed) // 8)[:, :, None], 3, axis=2)
    for row, column in middles:
        pixels[row * 8 : row * 8 + 8, column * 8 : column * 8 + 8] = 255
    return pixels


def png(pixels: np.ndarray) -> bytes:
    return files.encoded(Image.fromarray(pixels), "PNG")


CROWD = [(row, column) for row in range(4, 80, 10) for column in range(4, 80, 10)]


def test_a_picture_with_no_face_has_no_score_for_one(told):
    assert "was not assessed: no face was found, and ones below a fortieth" in told(png(scene()))


def test_a_tiny_face_has_no_score(told):
    small = scene((20, 30))[100:260, 180:340][::4, ::4]
    assert "was not assessed: " in told(png(np.ascontiguousarray(small)))
    assert "says" not in told(png(np.ascontiguousarray(small)))


def test_of_fifty_faces_it_is_said_how_many_were_looked_at(told):
    assert "Only 8 of 50 faces were looked at." in told(png(scene(*CROWD)))
    assert "faces were looked at" not in told(png(scene((20, 30))))


@pytest.mark.parametrize("encoding", [{"format_": "PNG"}, {"format_": "JPEG", "quality": 75}])
def test_a_face_that_is_drawn_has_no_score(told, encoding):
    drawn = Image.new("RGB", (640, 640), (20, 30, 40))
    ImageDraw.Draw(drawn).ellipse([180, 100, 310, 230], fill=(90, 70, 60))
    ImageDraw.Draw(drawn).rectangle([240, 160, 247, 167], fill="white")
    assert "every face is drawn in even colours" in told(files.encoded(drawn, **encoding))


def test_a_drawn_face_beside_a_photographed_one_is_left_out_and_counted(told):
    pixels = scene((20, 20), (60, 60))
    pixels[430:540, 430:540] = np.where(pixels[430:540, 430:540] == 255, 255, 20)
    assert "Only 1 of 2 faces were looked at." in told(png(pixels))


@pytest.mark.parametrize("color", [(0, 0, 0), (255, 255, 255), (12, 90, 30)])
def test_an_even_picture_has_no_score(told, color):
    even = files.encoded(Image.new("RGB", (400, 300), color), "PNG")
    assert told(even, GENERATED) == f"{GENERATED} was not assessed: the picture is of one even colour."


def test_what_is_wholly_transparent_is_seen_as_viewers_show_it_and_has_no_score(told):
    hidden = np.dstack([scene((20, 30)), np.zeros((640, 640), np.uint8)])
    assert "of one even colour" in told(files.encoded(Image.fromarray(hidden), "PNG"), GENERATED)


def test_one_pixel_has_no_score(openers, models):
    finding = examine(
        files.encoded(Image.new("RGB", (1, 1)), "PNG"),
        bank=Bank(),
        openers=openers,
        models=models,
        reported=True,
    )
    assert finding.verdict is Verdict.UNDETERMINED
    assert all(one.kind is not SignalKind.MODEL_SAID for one in finding.signals)


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "I;16"])
def test_other_kinds_of_colour_are_seen_as_they_look(told, mode):
    gray = Image.fromarray(np.repeat(scene((20, 30))[:, :, :1], 3, axis=2))
    if mode == "I;16":
        levels = np.asarray(gray.convert("L")).astype(np.uint16) * 257
        data = files.encoded(Image.fromarray(levels), "PNG")
    else:
        how = {"format_": "JPEG", "quality": 95} if mode == "CMYK" else {"format_": "PNG"}
        data = files.encoded(gray.convert(mode), **how)
    plain, other = told(files.encoded(gray, "PNG")), told(data)
    assert "the model brightness-1 says 0." in plain
    assert abs(_number(plain) - _number(other)) < 0.02


def _number(words: str) -> float:
    return float(words.split(" says ")[1].split(",", maxsplit=1)[0])


def test_a_panorama_is_looked_at_in_its_own_pixels(told):
    wide = np.concatenate([scene(seed=seed) for seed in range(4)], axis=1)
    assert "the model brightness-1 says" in told(png(wide), GENERATED)


def test_a_picture_that_was_shrunk_for_the_model_says_so(told):
    large = np.kron(scene(), np.ones((4, 4, 1), np.uint8))
    assert "It saw the picture at 78 % of its size, where traces may be lost." in told(
        files.encoded(Image.fromarray(large), "JPEG"), GENERATED
    )
    assert "of its size" not in told(png(scene()), GENERATED)


def test_a_number_is_told_with_the_share_of_fakes_at_which_it_holds(told):
    assert "says 0.100, which is the probability if 50% of all pictures were so; where few are" in told(
        png(scene((20, 30)))
    )
    assert "which is no probability: nobody measured what it means." in told(png(scene()), GENERATED)


@pytest.mark.parametrize(
    ("data", "changes", "said"),
    [
        (made.no_number(), {}, "the model gave no number"),
        (made.brightness(axes=(2, 3)), {}, "the model broke down"),
        (
            made.brightness(middle=-500.0, steep=1.0),
            {"output": {"name": "logit", "meaning": "probability"}},
            "no number",
        ),
    ],
    ids=["NaN", "another shape", "no probability"],
)
def test_a_model_that_gives_nonsense_leaves_it_undetermined_and_says_so(
    openers, tmp_path, finder, data, changes, said
):
    broken = Models(finder=finder, by_task=(loaded(tmp_path / "broken", data, **changes),))
    finding = examine(png(scene((20, 30))), bank=Bank(), openers=openers, models=broken, leads=True)
    assert finding.verdict is Verdict.UNDETERMINED
    assert any(said in one.words and one.words.startswith(FACE) for one in finding.reasons)
    assert all(one.kind is not SignalKind.MODEL_SAID for one in finding.signals)


def numbers_only_of_bright_faces() -> bytes:
    return made.model(
        [
            made.node("ReduceMean", ["pixels"], "mean", axes=[1, 2, 3], keepdims=0),
            made.node("Sub", ["mean", "less"], "over"),
            made.node("Log", ["over"], "logit"),
        ],
        [made.tensor("less", [60.0])],
        inputs=[("pixels", ["n", 3, 32, 32])],
        outputs=[("logit", ["n"])],
    )


def test_a_face_that_the_model_failed_over_is_not_hidden_behind_one_that_it_scored(openers, tmp_path, finder):
    pixels = scene((20, 20), (60, 60))
    pixels[420:550, 420:550] = np.minimum(pixels[420:550, 420:550].astype(int) + 100, 255)
    half = Models(finder=finder, by_task=(loaded(tmp_path / "half", numbers_only_of_bright_faces()),))
    finding = examine(png(pixels), bank=Bank(), openers=openers, models=half, leads=True)
    words = [one.words for one in finding.reasons if one.words.startswith(FACE)]
    assert any("was not assessed in a part of it: the model gave no number." in one for one in words)
    assert any("says" in one and "Only 1 of 2 faces" in one for one in words)
    assert finding.verdict is Verdict.UNDETERMINED


def test_a_picture_that_opens_in_gray_and_not_in_colours_was_not_looked_at(openers, models, monkeypatch):
    def fails(data: bytes) -> None:
        raise Undecodable(Why.TOO_SLOW)

    monkeypatch.setattr(openers, "colours", fails)
    finding = examine(png(scene((20, 30))), bank=Bank(), openers=openers, models=models, leads=True)
    assert finding.verdict is Verdict.UNDETERMINED
    assert said_why(finding) == {
        "explicit": "no_model",
        "face_manipulated": "undecodable",
        "image_generated": "undecodable",
    }


def test_a_slot_whose_model_was_refused_is_not_called_empty(openers, models):
    refused = Models(
        finder=models.finder, by_task=models.by_task[:1], refused=frozenset({Task.IMAGE_GENERATED})
    )
    finding = examine(png(scene()), bank=Bank(), openers=openers, models=refused, reported=True)
    assert said_why(finding)["image_generated"] == "model_refused"
    assert any(
        "may not be used here, and `haetae models check` says why" in one.words for one in finding.reasons
    )


def said_why(finding: Finding) -> dict[str, str]:
    return {
        str(one.facts["task"]): str(one.facts["why"])
        for one in finding.signals
        if one.kind is SignalKind.NOT_ASSESSED
    }
