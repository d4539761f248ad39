"""A probability is what was counted, no further out than the count reaches, and true only at the share it names."""

import json
from contextlib import suppress
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from haetae.detect.base_rate import at_base_rate
from haetae.detect.classifying.calibration import probabilities_of, probability_of
from haetae.detect.classifying.measures import auc, calibration_error
from haetae.detect.classifying.registry import load
from tests.detect.classifying import onnx_files as made
from training.calibrating import KNOTS, calibrated, knots
from training.publishing import Measured, publish


def normal(seed: int, *, of_each: int = 2_000, apart: float = 1.5):
    rng = np.random.default_rng(seed)
    return rng.normal(0, 1, of_each), rng.normal(apart, 1, of_each)


def test_between_two_knots_log_odds_lie_on_a_line_and_beyond_them_they_stay():
    line = [(-2.0, 0.2), (2.0, 0.8)]
    assert probability_of(line, 0.0) == pytest.approx(0.5)
    assert probability_of(line, 1.0) == pytest.approx(1 / (1 + np.exp(-np.log(4) / 2)))
    assert probability_of(line, 50.0) == pytest.approx(0.8)
    assert probability_of(line, -1e9) == pytest.approx(0.2)


def test_a_model_without_calibration_is_taken_at_its_word_but_never_as_certain():
    assert probability_of(None, 0.0) == pytest.approx(0.5)
    assert 0 < probability_of(None, -1e9) < 2e-6
    assert 1 - 2e-6 < probability_of(None, 1e9) < 1


def test_neighbours_that_stand_the_wrong_way_round_are_pooled():
    # By hand: seen apart, the shares of fakes would be 0, 1, 0, 1 from the lowest score to the highest.
    real, fake = np.repeat([1.0, 3.0], 100), np.repeat([2.0, 4.0], 100)
    found = dict(knots(real, fake))
    assert found[2.5] == pytest.approx(0.5)


def test_the_ends_are_no_surer_than_the_sample():
    # Of 100 real ones none lies as high as any fake: at most 2.95 % would, by Clopper and Pearson.
    (_, low), *_, (_, high) = knots(np.linspace(-2, -1, 100), np.linspace(1, 2, 100))
    assert high == pytest.approx(1 / (1 + 0.02951), abs=1e-4)
    assert low == pytest.approx(0.02951 / (1 + 0.02951), abs=1e-4)
    (_, low), *_, (_, high) = knots(np.linspace(-2, -1, 3_000), np.linspace(1, 2, 3_000))
    assert (low, high) == pytest.approx((0.000997, 0.999003), abs=1e-5)


def test_one_real_picture_that_scores_highest_of_all_does_not_undo_what_the_others_say():
    real, fake = normal(1, apart=3.0)
    real[0] = 99.0
    *_, (at, high) = knots(real, fake)
    assert at == 99.0
    assert 0.9 < high < 0.999


@given(
    real=some.lists(some.integers(-90, 90), min_size=20, max_size=120),
    fake=some.lists(some.integers(-90, 120), min_size=20, max_size=120),
)
@settings(deadline=None, max_examples=30)
def test_whatever_the_scores_the_knots_are_few_and_rise_or_nothing_is_said(real, fake):
    with suppress(ValueError):
        found = knots(np.array(real) / 10, np.array(fake) / 10)
        assert len(found) <= KNOTS
        assert all(after[0] > before[0] and after[1] > before[1] for before, after in pairwise(found))
        assert 0 < found[0][1] < found[-1][1] < 1


def test_scores_that_tell_nothing_are_not_made_into_probabilities():
    same = np.linspace(-1, 1, 300)
    with pytest.raises(ValueError, match="so little apart"):
        knots(same, same)


def test_what_was_fitted_on_one_half_is_true_of_the_other_where_a_logistic_curve_is_not():
    rng = np.random.default_rng(3)
    real, fake = rng.normal(0, 1, 4_000), rng.exponential(3, 4_000)
    first = np.arange(4_000) % 2 == 0
    fitted = calibrated(real, fake, first, measured_on="normal")
    sides = (probabilities_of(fitted["knots"], side[~first]) for side in (real, fake))
    assert fitted["ece"] == pytest.approx(calibration_error(*sides), abs=1e-4)
    assert fitted["ece"] < 0.05
    at_its_word = (1 / (1 + np.exp(-side[~first])) for side in (real, fake))
    assert calibration_error(*at_its_word) > 2 * fitted["ece"]


def test_within_what_was_seen_no_order_is_lost():
    real, fake = normal(4)
    fitted = knots(real, fake)
    of_both = (probabilities_of(fitted, side) for side in (real, fake))
    assert auc(*of_both) == pytest.approx(auc(real, fake), abs=1e-4)


def test_the_same_evidence_means_less_where_fakes_are_rare():
    assert at_base_rate(0.9, holds_at=0.5, base_rate=0.5) == pytest.approx(0.9)
    # By hand: of a million 100 are fake. Nine to one in favour makes 900 of them against 999,900.
    assert at_base_rate(0.9, holds_at=0.5, base_rate=1e-4) == pytest.approx(900 / (900 + 999_900))
    assert at_base_rate(0.5, holds_at=0.2, base_rate=0.2) == pytest.approx(0.5)


def test_a_published_card_is_loaded_and_its_thresholds_do_on_the_measuring_half_what_it_says(tmp_path):
    data, measured = made.brightness(), Measured(name="patterns", who=np.arange(2_000), **_sides(5))
    said = made.card(data, evaluation_named="patterns in two halves")
    for left_to_publishing in ("sha256", "thresholds", "evaluation", "expires"):
        said.pop(left_to_publishing)
    publish(
        tmp_path / "one",
        export=lambda path: path.write_bytes(data) and None,
        card=said,
        sets=[measured],
        today=date(2026, 11, 26),
    )
    card = load(tmp_path / "one", today=date(2026, 11, 26), research_accepted=False).card
    assert json.loads((tmp_path / "one" / "model-card.json").read_text())["calibration"]["fake_share"] == 0.5
    assert card.calibration is not None
    assert 0 < card.calibration.ece < 0.06
    assert {limit.name for limit in card.thresholds} == {"review", "act"}
    for limit in card.thresholds:
        real, fake = (
            probabilities_of(card.knots, side[1::2]) >= limit.value for side in (measured.real, measured.fake)
        )
        assert (limit.fpr, limit.tpr) == (round(real.mean(), 5), round(fake.mean(), 4))
        assert limit.tpr > 0.1
        assert limit.fpr <= limit.fpr_upper < 0.03


def _sides(seed: int) -> dict[str, np.ndarray]:
    real, fake = normal(seed, apart=2.0)
    return {"real": real, "fake": fake}
