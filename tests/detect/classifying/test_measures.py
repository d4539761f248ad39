"""Figures are what their definitions say, counted out the long way; and they say so when they know too little."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from haetae.detect.classifying import measures

scores = some.lists(some.sampled_from([0.0, 0.1, 0.2, 0.5, 0.5, 0.9, 1.0]), min_size=1, max_size=30).map(
    np.array
)


@given(real=scores, fake=scores)
def test_auc_is_the_share_of_pairs_that_stand_right(real, fake):
    pairs = [(f > r) + 0.5 * (f == r) for r in real for f in fake]
    assert measures.auc(real, fake) == pytest.approx(np.mean(pairs))


@given(real=scores, fake=scores)
def test_average_precision_is_the_area_of_its_steps(real, fake):
    area, recall_before = 0.0, 0.0
    for threshold in sorted(set(fake), reverse=True):
        caught, alarms = (fake >= threshold).sum(), (real >= threshold).sum()
        area += caught / (caught + alarms) * (caught / len(fake) - recall_before)
        recall_before = caught / len(fake)
    assert measures.average_precision(real, fake) == pytest.approx(area)


@given(real=scores, fake=scores, fpr=some.sampled_from([0.0, 0.01, 0.1, 0.5, 1.0]))
def test_tpr_is_the_best_that_so_few_false_alarms_allow(real, fake, fpr):
    best = max(
        (fake > threshold).mean()
        for threshold in [-np.inf, *real, *fake]
        if (real > threshold).mean() <= fpr + 1e-9
    )
    assert measures.tpr_at(real, fake, fpr) == pytest.approx(best)


@given(real=scores, fake=scores)
def test_the_order_of_the_items_changes_nothing(real, fake):
    for measure in (measures.auc, measures.average_precision):
        assert measure(real, fake) == pytest.approx(measure(real[::-1], fake[::-1]))


def test_pairs_count_ties_half():
    assert measures.paired_accuracy(np.array([0.1, 0.5, 0.9]), np.array([0.2, 0.5, 0.1])) == pytest.approx(
        0.5
    )


def test_calibration_error_is_nothing_where_probabilities_are_true_and_large_where_they_are_not():
    rng = np.random.default_rng(1)
    probability = rng.uniform(0, 1, 40_000)
    fake = rng.uniform(0, 1, 40_000) < probability
    true = measures.calibration_error(probability[~fake], probability[fake])
    sure = measures.calibration_error(np.full(500, 0.99), np.full(500, 0.99))
    assert true < 0.01
    assert sure == pytest.approx(0.49)


def test_calibration_error_does_not_tell_how_many_of_each_there_are():
    rng = np.random.default_rng(2)
    real, fake = rng.beta(2, 4, 6_000), rng.beta(4, 2, 6_000)
    few = measures.calibration_error(real, fake[:600])
    assert few == pytest.approx(measures.calibration_error(real, fake), abs=0.02)


@pytest.mark.parametrize(
    ("wrong", "of", "upper"), [(0, 100, 0.0295), (1, 100, 0.0466), (10, 938, 0.0180), (0, 3_000, 0.000998)]
)
def test_the_upper_bound_is_that_of_the_tables(wrong, of, upper):
    # Checked against the beta distribution's quantile, of which Clopper and Pearson's bound is another form.
    assert measures.upper_bound(wrong, of) == pytest.approx(upper, rel=0.01)


@given(wrong=some.integers(0, 40), of=some.integers(1, 400))
@settings(max_examples=60)
def test_the_upper_bound_lies_above_what_was_seen_and_falls_with_more_seen(wrong, of):
    wrong = min(wrong, of)
    upper = measures.upper_bound(wrong, of)
    assert wrong / of <= upper <= 1
    assert upper >= measures.upper_bound(wrong, of + 50)


def test_an_interval_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(3)
    held = 0
    for trial in range(40):
        real, fake = rng.normal(0, 1, 60), rng.normal(1, 1, 60)
        low, high = measures.interval(
            lambda r, f, real=real, fake=fake: measures.auc(real[r], fake[f]),
            groups_real=np.arange(60),
            groups_fake=np.arange(60, 120),
            seed=trial,
        )
        held += low <= 0.7602 <= high
    assert 34 <= held <= 40


def test_frames_of_one_clip_are_one_witness():
    rng = np.random.default_rng(4)
    clip = rng.normal(0, 1, 20)
    real, fake = np.repeat(clip, 30), np.repeat(clip + 0.7, 30)

    def width(groups: np.ndarray) -> float:
        low, high = measures.interval(
            lambda r, f: measures.auc(real[r], fake[f]),
            groups_real=groups,
            groups_fake=groups + groups.max() + 1,
        )
        return high - low

    assert width(np.repeat(np.arange(20), 30)) > 3 * width(np.arange(600))


def test_what_cannot_be_measured_has_no_interval():
    groups = np.arange(20), np.arange(20, 40)
    assert measures.interval(lambda r, f: None, groups_real=groups[0], groups_fake=groups[1]) is None


@pytest.mark.parametrize("paired", [True, False])
@pytest.mark.parametrize(("clips", "said"), [(1, False), (9, False), (10, True)])
def test_many_frames_of_few_clips_have_no_interval(clips, said, paired):
    groups = np.repeat(np.arange(clips), 200)
    others = groups if paired else np.arange(500) + clips
    real, fake = np.linspace(0, 1, len(groups)), np.linspace(0.2, 1.2, len(others))

    def auc(r: np.ndarray, f: np.ndarray) -> float:
        return measures.auc(real[r], fake[f])

    told = measures.interval(auc, groups_real=groups, groups_fake=others)
    other_way = measures.interval(lambda r, f: auc(f, r), groups_real=others, groups_fake=groups)
    assert (told is not None) is (other_way is not None) is said
