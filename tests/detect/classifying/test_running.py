"""A model says a probability or says why it says none; nothing that failed looks like a low score."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from haetae.detect.classifying.assessing import Models, Said, worth_asking
from haetae.detect.classifying.boxes import FoundFace
from haetae.detect.classifying.calibration import pooled
from haetae.detect.classifying.card import ModelRefusedError, Task
from haetae.detect.classifying.faces import FaceFinder, whole_square
from haetae.detect.classifying.registry import load
from haetae.detect.classifying.running import Model, NotAssessed, shown
from tests.detect.classifying import onnx_files as made

TODAY = date(2026, 11, 26)
WHITE, BLACK = np.full((32, 32, 3), 255, np.uint8), np.zeros((32, 32, 3), np.uint8)


def loaded(tmp_path: Path, data: bytes, **changes) -> Model:
    folder = made.put(tmp_path / str(len(list(tmp_path.iterdir()))), data, made.card(data, **changes))
    return load(folder, today=TODAY, research_accepted=False)


def finder(tmp_path: Path, data: bytes | None = None) -> FaceFinder:
    data = data or made.bright_cells_are_faces()
    folder = made.put(tmp_path / "finder", data, made.finder_card(data))
    return FaceFinder(load(folder, today=TODAY, research_accepted=False))


def scene(*middles: tuple[int, int], side: int = 640) -> np.ndarray:
    """Dark and a little uneven, with bright cells at these (row, column) places."""
    pixels = np.zeros((side, side, 3), np.uint8)
    pixels[:, ::2] = 2
    for row, column in middles:
        pixels[row * 8 : row * 8 + 8, column * 8 : column * 8 + 8] = 255
    return pixels


def test_scores_are_log_odds_as_the_model_gives_them(tmp_path):
    white, black = loaded(tmp_path, made.brightness()).scores([WHITE, BLACK])
    assert (white, black) == pytest.approx((0.05 * 127.5, 0.05 * -127.5))


def test_many_squares_are_answered_in_their_order(tmp_path):
    squares = [np.full((32, 32, 3), level, np.uint8) for level in range(0, 250, 3)]
    said = loaded(tmp_path, made.brightness()).scores(squares)
    assert len(said) == 84
    assert said == sorted(said)


@pytest.mark.parametrize("at_once", [1, 4])
def test_a_model_that_takes_a_fixed_number_of_pictures_is_asked_in_such_numbers(tmp_path, at_once):
    squares = [np.full((32, 32, 3), level, np.uint8) for level in range(0, 250, 25)]
    fixed, free = (
        loaded(tmp_path, made.brightness(at_once=number)).scores(squares) for number in (at_once, "n")
    )
    assert fixed == pytest.approx(free)


def test_colours_and_scales_are_shown_as_the_card_says(tmp_path):
    red = np.zeros((32, 32, 3), np.uint8)
    red[:, :, 0] = 200
    channel = made.model(
        [made.node("ReduceMean", ["pixels"], "logit", axes=[2, 3], keepdims=0)],
        [],
        inputs=[("pixels", ["n", 3, 32, 32])],
        outputs=[("logit", ["n", 3])],
    )
    for colour, column in (("RGB", 0), ("BGR", 2)):
        how = {
            "name": "pixels",
            "size_px": 32,
            "colour": colour,
            "mean": [10, 10, 10],
            "scale": [100, 100, 100],
        }
        model = loaded(tmp_path, channel, input=how, output={"meaning": "logit", "column": column})
        assert model.scores([red])[0] == pytest.approx(1.9, abs=1e-5)


def test_a_model_that_gives_probabilities_or_several_classes_is_read_as_what_it_is(tmp_path):
    two = made.model(
        [made.node("ReduceMean", ["pixels"], "classes", axes=[2, 3], keepdims=0)],
        [],
        inputs=[("pixels", ["n", 3, 32, 32])],
        outputs=[("classes", ["n", 3])],
    )
    levels = np.zeros((32, 32, 3), np.uint8)
    levels[:, :, 1] = 2
    model = loaded(tmp_path, two, output={"meaning": "logits", "column": 1})
    assert model.scores([levels])[0] == pytest.approx(2 - np.log(2))
    share = loaded(tmp_path, made.brightness(middle=0.0, steep=1 / 255), output={"meaning": "probability"})
    assert share.scores([np.full((32, 32, 3), 51, np.uint8)])[0] == pytest.approx(np.log(0.25), abs=1e-5)


@pytest.mark.parametrize(("level", "gives"), [(255, 255.0), (0, -20.0)])
def test_what_is_no_probability_is_neither_surely_fake_nor_surely_real(tmp_path, level, gives):
    model = loaded(
        tmp_path,
        made.brightness(middle=20.0 if level == 0 else 0.0, steep=1.0),
        output={"meaning": "probability"},
    )
    square = np.full((32, 32, 3), level, np.uint8)
    assert float(model.raw(shown(square, model.card.input)[None])[0][0]) == pytest.approx(gives)
    assert model.scores([square]) == [NotAssessed.NO_NUMBER]


def test_of_two_outputs_the_card_must_name_the_one_that_counts(tmp_path):
    two = made.model(
        [
            made.node("ReduceMean", ["pixels"], "mean", axes=[1, 2, 3], keepdims=0),
            made.node("Neg", ["mean"], "dark"),
        ],
        [],
        inputs=[("pixels", ["n", 3, 32, 32])],
        outputs=[("mean", ["n"]), ("dark", ["n"])],
    )
    with pytest.raises(ModelRefusedError, match="the model gives mean, dark; say which of them counts"):
        loaded(tmp_path, two, output={"meaning": "logit"})
    named = loaded(tmp_path, two, output={"name": "dark", "meaning": "logit"})
    assert named.scores([WHITE]) == [-255.0]


def test_what_is_no_number_is_not_a_low_score(tmp_path):
    assert loaded(tmp_path, made.no_number()).scores([WHITE, BLACK]) == [NotAssessed.NO_NUMBER] * 2


def test_a_model_that_fails_or_answers_in_another_shape_has_failed(tmp_path):
    several = made.brightness(axes=(2, 3))
    model = loaded(tmp_path, several, output={"name": "logit", "meaning": "logit"})
    assert model.scores([WHITE]) == [NotAssessed.MODEL_FAILED]
    model = loaded(tmp_path, several, output={"name": "logit", "meaning": "logit", "column": 7})
    assert model.scores([WHITE]) == [NotAssessed.MODEL_FAILED]


def test_without_model_or_finder_it_is_said_that_nothing_was_looked_at(tmp_path):
    assert Models().assess(Task.EXPLICIT, WHITE) is NotAssessed.NO_MODEL
    only = Models(by_task=(loaded(tmp_path, made.brightness()),))
    assert only.assess(Task.FACE_MANIPULATED, WHITE) is NotAssessed.NO_FINDER


def test_the_largest_face_is_found_where_it_is_and_cut_with_its_margin(tmp_path):
    found = finder(tmp_path).find(scene((20, 30)))
    assert not isinstance(found, NotAssessed)
    (face,) = found
    assert (face.x, face.y, face.width, face.height) == pytest.approx(
        (30.5 * 8 - 32, 20.5 * 8 - 32, 64, 64), abs=0.01
    )


def test_a_face_of_a_large_picture_is_told_in_its_own_pixels(tmp_path):
    large = np.kron(scene((20, 30)), np.ones((2, 2, 1), np.uint8))
    (face,) = finder(tmp_path).find(large)
    assert (face.x, face.width) == pytest.approx(((30.5 * 8 - 32) * 2, 128), abs=0.1)


@pytest.mark.parametrize(("width", "told"), [(192.0, True), (64.0, False)])
def test_a_face_that_fills_the_picture_is_found_with_room_around_it(tmp_path, monkeypatch, width, told):
    """Where nothing is found at first; what is small had room of its own and is not taken from the second look."""
    filled = np.full((426, 320, 3), 90, np.uint8)
    whole = finder(tmp_path)

    def seen_in_room_alone(pixels: np.ndarray, *, share: float) -> list[FoundFace]:
        face = FoundFace(x=43.0, y=63.0, width=width, height=width, probability=0.9)
        return [face] if pixels.shape == (319, 266, 3) else []

    monkeypatch.setattr(whole, "_boxes", seen_in_room_alone)
    found = [(face.x, face.y, face.width) for face in whole.find(filled)]
    assert found == ([pytest.approx((-20.0, 20.0, 383.4), abs=0.1)] if told else [])


def test_a_finder_of_one_size_is_shown_the_whole_picture_at_that_size(tmp_path):
    data = made.bright_cells_are_faces(size=320)
    said = made.finder_card(data, input={"name": "pixels", "size_px": 320})
    small = FaceFinder(load(made.put(tmp_path / "small", data, said), today=TODAY, research_accepted=False))
    large = np.kron(scene((20, 30), side=320)[:240], np.ones((3, 3, 1), np.uint8))
    (face,) = small.find(large)
    assert (face.x, face.y, face.width) == pytest.approx(
        ((30.5 * 8 - 32) * 3, (20.5 * 8 - 32) * 3, 192), abs=0.1
    )


def test_of_boxes_that_lie_over_each_other_one_counts(tmp_path):
    assert len(finder(tmp_path).find(scene((20, 30), (20, 31), (60, 60)))) == 2


def test_a_crowd_is_cut_to_its_largest(tmp_path):
    crowd = scene(*((row, column) for row in range(4, 80, 8) for column in range(4, 80, 8)))
    assert len(finder(tmp_path).find(crowd)) == 50
    models = Models(finder=finder(tmp_path / "again"), by_task=(loaded(tmp_path, made.brightness()),))
    assert len(worth_asking(models.faces(crowd))) == 8


@pytest.mark.parametrize(
    ("pixels", "why"),
    [
        (np.zeros((200, 300, 3), np.uint8), NotAssessed.NO_FACE),
        (np.zeros((1, 1, 3), np.uint8), NotAssessed.NO_FACE),
        (scene((20, 30), (20, 31), (21, 30), (21, 31))[::4, ::4], NotAssessed.FACE_TOO_SMALL),
    ],
)
def test_no_face_and_a_tiny_one_are_reasons_and_no_scores(tmp_path, pixels, why):
    models = Models(finder=finder(tmp_path), by_task=(loaded(tmp_path, made.brightness()),))
    assert models.assess(Task.FACE_MANIPULATED, pixels) is why


def test_a_finder_that_gives_no_numbers_has_found_nothing_out(tmp_path):
    broken = finder(tmp_path, made.bright_cells_are_faces(where=float("nan")))
    assert broken.find(scene((20, 30))) is NotAssessed.NO_NUMBER


def test_the_most_suspect_face_speaks_for_the_picture_and_is_named(tmp_path):
    pixels = scene((20, 20), (60, 60))
    pixels[440:520, 440:520] = np.maximum(pixels[440:520, 440:520], 150)
    pixels[440:520, 440:520:2] |= 1
    models = Models(finder=finder(tmp_path), by_task=(loaded(tmp_path, made.brightness()),))
    said = models.assess(Task.FACE_MANIPULATED, pixels)
    assert isinstance(said, Said)
    assert said.face is not None
    assert (said.face.x, said.face.y) == pytest.approx((60.5 * 8 - 32,) * 2, abs=0.1)
    assert said.probability > 0.5


def test_a_face_at_the_border_is_continued_and_not_left_out(tmp_path):
    models = Models(finder=finder(tmp_path), by_task=(loaded(tmp_path, made.brightness()),))
    assert isinstance(models.assess(Task.FACE_MANIPULATED, scene((0, 0))), Said)


@pytest.mark.parametrize(("side", "size"), [(48, 32), (33, 32), (96, 32), (71, 50)])
def test_a_square_that_shrinks_is_averaged_by_exact_shares_of_pixels(side, size):
    pixels = np.random.default_rng(side).integers(0, 256, (side, side, 3)).astype(np.uint8)
    whole = np.kron(pixels.astype(float), np.ones((size, size, 1)))  # each pixel as size x size of its level
    exact = whole.reshape(size, side, size, side, 3).mean(axis=(1, 3))
    assert np.abs(whole_square(pixels, size=size) - exact).max() <= 0.5 + 1e-6


@pytest.mark.parametrize("shape", [(64, 64), (40, 500), (65, 33), (1_000, 700)])
def test_a_whole_picture_of_any_size_is_shown_in_squares_of_its_own_pixels(tmp_path, shape):
    model = loaded(tmp_path, made.brightness(), task="image_generated")
    pixels = np.full((*shape, 3), 200, np.uint8)
    pixels[:, ::2] += 20
    pixels[:, 1::2] -= 20
    said = Models(by_task=(model,)).assess(Task.IMAGE_GENERATED, pixels)
    if min(shape) < 64:
        assert said is NotAssessed.TOO_SMALL
    else:
        assert said.score == pytest.approx(0.05 * 72.5, abs=0.05)


def test_several_looks_are_pooled_by_their_mean_and_no_single_sure_one_outweighs_all():
    assert pooled([0.3], None) == pytest.approx(0.3)
    assert pooled([2.0, -2.0], None) == pytest.approx(0.0)
    assert pooled([1e9, -5.0], None) < 6
    assert pooled([1e9, -1.0, -1.0], [(-2.0, 0.1), (2.0, 0.9)]) == pytest.approx(0.0)
