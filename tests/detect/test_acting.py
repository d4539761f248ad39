"""What models say sets something off only together, only when reported, and only where errors were measured."""

import pytest

from haetae.detect import ReasonCode, Signal, SignalKind, Tier, Verdict, decide
from haetae.detect.acting import Acting
from tests.detect.test_policy import UNDECODABLE, known

RULES = Acting(for_depicted=True, needs_report=True, could_be_wronged=200, wrongful_most=1)


def said(task: str, level: str, *, upper: float = 0.001, cross_source: bool = True) -> Signal:
    facts = {
        "task": task, "model": "m-1", "probability": "0.990", "level": level, "frames": 1, "threshold": "0.950",
        "finds": "0.310", "wrongly": "0.0004", "fpr_upper": f"{upper}", "act_fpr_upper": f"{upper}",
        "measured_on": "patterns", "cross_source": cross_source,
    }  # fmt: skip
    return Signal(kind=SignalKind.MODEL_SAID, facts=facts)


def unassessed(task: str, why: str, **facts: str | bool) -> Signal:
    return Signal(kind=SignalKind.NOT_ASSESSED, facts={"task": task, "why": why, **facts})


BOTH = (said("explicit", "act"), said("face_manipulated", "act"))


def verdict(*signals: Signal, reported: bool = True, acting: Acting | None = RULES) -> Verdict:
    return decide(signals=signals, reported=reported, acting=acting)[0]


def test_explicit_and_altered_together_reported_by_the_person_shown_and_measured_is_a_request():
    decided, reasons = decide(signals=BOTH, reported=True, acting=RULES)
    assert decided is Verdict.REQUEST
    assert reasons[0].code is ReasonCode.MODELS_AGREE
    assert "at most 0.20 would be asked for wrongly, 1 may" in reasons[0].words


@pytest.mark.parametrize(
    ("acting", "why"),
    [
        (None, "no_rules"),
        (Acting(for_depicted=False, needs_report=True, could_be_wronged=200, wrongful_most=1), "no_report"),
        (
            Acting(for_depicted=True, needs_report=True, could_be_wronged=200, wrongful_most=0.1),
            "too_many_wrongful",
        ),
        (
            Acting(for_depicted=False, needs_report=False, could_be_wronged=1e6, wrongful_most=1),
            "too_many_wrongful",
        ),
    ],
)
@pytest.mark.parametrize("reported", [False, True])
def test_where_one_condition_is_missing_a_person_decides_and_it_is_said_which(acting, why, reported):
    decided, reasons = decide(signals=BOTH, reported=reported, acting=acting)
    assert decided is Verdict.REVIEW
    assert (reasons[0].code, reasons[0].facts["why_not"]) == (ReasonCode.MODELS_SUSPECT, why)


def test_a_pack_may_drop_the_report_only_by_stating_a_bound_that_holds():
    free = Acting(for_depicted=False, needs_report=False, could_be_wronged=1e6, wrongful_most=1)
    sure = (said("explicit", "act", upper=5e-7), said("image_generated", "act"))
    assert verdict(*sure, reported=False, acting=free) is Verdict.REQUEST


def test_errors_that_were_measured_on_the_own_source_never_act():
    own = (said("explicit", "act", cross_source=False), said("face_manipulated", "act"))
    decided, reasons = decide(signals=own, reported=True, acting=RULES)
    assert decided is Verdict.REVIEW
    assert reasons[0].facts["why_not"] == "not_cross_source"


def test_every_model_that_could_have_been_wrong_counts_in_the_bound_also_one_that_saw_no_face():
    rules = Acting(for_depicted=True, needs_report=True, could_be_wronged=1_000, wrongful_most=2)
    explicit, generated = said("explicit", "act", upper=0.01), said("image_generated", "act", upper=0.0015)
    no_face = unassessed("face_manipulated", "no_face", act_fpr_upper="0.0008")
    assert verdict(explicit, generated, acting=rules) is Verdict.REQUEST
    assert verdict(explicit, generated, no_face, acting=rules) is Verdict.REVIEW


@pytest.mark.parametrize("task", ["face_manipulated", "image_generated", "explicit"])
@pytest.mark.parametrize("level", ["act", "review"])
def test_one_model_alone_never_sets_anything_off(task, level):
    assert verdict(said(task, level), reported=False) is Verdict.NOTHING
    decided, reasons = decide(signals=[said(task, level)], reported=True, acting=RULES)
    assert decided is Verdict.REVIEW
    assert [reason.code for reason in reasons] == [
        ReasonCode.MODEL_LEAD, ReasonCode.NOTHING_KNOWN, ReasonCode.REPORTED,
    ]  # fmt: skip


def test_altered_and_generated_together_without_explicit_set_nothing_off():
    assert (
        verdict(said("face_manipulated", "act"), said("image_generated", "act"), reported=False)
        is Verdict.NOTHING
    )


def test_the_band_below_acting_goes_to_a_person_also_unreported():
    assert (
        verdict(said("explicit", "review"), said("image_generated", "act"), reported=False) is Verdict.REVIEW
    )


def test_a_low_score_clears_nothing():
    low = said("face_manipulated", "rest")
    assert verdict(low, known(tier=Tier.OPERATOR_CONFIRMED, confirmed=True)) is Verdict.REQUEST
    assert verdict(low, reported=True) is Verdict.REVIEW
    assert verdict(low, UNDECODABLE, reported=False) is Verdict.UNDETERMINED


@pytest.mark.parametrize("why", ["model_failed", "no_number", "undecodable"])
def test_a_model_that_broke_down_is_a_failed_look(why):
    assert verdict(unassessed("explicit", why), reported=False) is Verdict.UNDETERMINED
    decided, reasons = decide(signals=[unassessed("explicit", why)], reported=True)
    assert decided is Verdict.REVIEW
    assert reasons[0].code is ReasonCode.MODEL_FAILED


@pytest.mark.parametrize(
    "why",
    [
        "no_model",
        "model_refused",
        "no_face",
        "face_too_small",
        "face_too_smooth",
        "no_finder",
        "too_small",
        "too_plain",
    ],
)
def test_an_empty_slot_and_a_picture_without_faces_are_said_and_change_nothing(why):
    decided, reasons = decide(signals=[unassessed("face_manipulated", why)], reported=False)
    assert decided is Verdict.NOTHING
    assert [reason.code for reason in reasons] == [ReasonCode.NOTHING_KNOWN, ReasonCode.NOT_ASSESSED]
    assert reasons[1].words.startswith("Whether a face was altered was not assessed: ")


def test_why_a_person_looks_stands_before_what_nobody_looked_at():
    _, reasons = decide(signals=[unassessed("explicit", "no_model")], reported=True)
    assert [reason.code for reason in reasons] == [
        ReasonCode.NOTHING_KNOWN, ReasonCode.REPORTED, ReasonCode.NOT_ASSESSED,
    ]  # fmt: skip


def test_the_sentence_names_model_score_threshold_and_errors_and_says_that_it_is_a_lead():
    _, reasons = decide(signals=[said("face_manipulated", "review", cross_source=False)], reported=False)
    words = reasons[0].words
    for part in (
        "m-1",
        "0.990",
        "From 0.950 on",
        "31.0%",
        "0.04% of the real ones of patterns",
        "no cross-source",
        "a lead",
    ):
        assert part in words
    assert not any("no model was asked" in reason.words for reason in reasons)


def test_a_number_is_told_again_at_the_base_rate_of_the_pack_where_there_is_one():
    facts = {**said("face_manipulated", "review").facts, "probability": "0.900", "fake_share": "0.5"}
    signal = Signal(kind=SignalKind.MODEL_SAID, facts=facts)
    rules = Acting(
        for_depicted=False, needs_report=True, could_be_wronged=200, wrongful_most=1, sought_per_million=100
    )
    told = decide(signals=[signal], reported=False, acting=rules)[1][0].words
    assert "says 0.900, which is the probability if 50% of all pictures were so;" in told
    assert "if only 100 of a million were, it would be 0.09%." in told
    without = decide(signals=[signal], reported=False)[1][0].words
    assert "if 50% of all pictures were so; where few are, it is far lower." in without


def test_a_part_that_was_not_assessed_is_told_as_a_part():
    signals = [said("face_manipulated", "rest"), unassessed("face_manipulated", "no_number", part=True)]
    decided, reasons = decide(signals=signals, reported=False)
    assert decided is Verdict.UNDETERMINED
    assert reasons[0].words.startswith(
        "Whether a face was altered was not assessed in a part of it: the model gave"
    )
