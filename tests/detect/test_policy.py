"""What may act by itself, and what a person must decide."""

import pytest

from haetae.detect import ReasonCode, Signal, SignalKind, Tier, Verdict, decide


def known(*, tier: Tier, confirmed: bool) -> Signal:
    facts = {
        "entry_id": "e1",
        "list_name": "partners",
        "tier": int(tier),
        "distance_bits": 7,
        "confirmed": confirmed,
        "exact": False,
        "variant": "whole",
    }
    return Signal(kind=SignalKind.KNOWN_HASH, facts=facts)


UNDECODABLE = Signal(kind=SignalKind.UNDECODABLE, facts={"why": "truncated", "format": "jpeg"})
TOO_PLAIN = Signal(kind=SignalKind.TOO_PLAIN, facts={"pdq_quality": 3})
FIRST_FRAME = Signal(kind=SignalKind.FIRST_FRAME_ONLY, facts={"frames": 12})
CHECKED = [Tier.COUNSELLOR_CHECKED, Tier.OPERATOR_CONFIRMED, Tier.REGULATOR_DECIDED]


def verdict(*signals: Signal, reported: bool = False) -> Verdict:
    return decide(signals=signals, reported=reported)[0]


@pytest.mark.parametrize("tier", CHECKED)
@pytest.mark.parametrize("reported", [False, True])
def test_a_confirmed_hash_that_somebody_checked_is_a_request(tier, reported):
    assert verdict(known(tier=tier, confirmed=True), reported=reported) is Verdict.REQUEST


@pytest.mark.parametrize("tier", CHECKED)
def test_one_family_alone_goes_to_a_person(tier):
    assert verdict(known(tier=tier, confirmed=False)) is Verdict.REVIEW


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_self_declared_hash_never_acts_by_itself(confirmed):
    assert verdict(known(tier=Tier.SELF_DECLARED, confirmed=confirmed)) is Verdict.REVIEW


@pytest.mark.parametrize("signal", [UNDECODABLE, TOO_PLAIN])
@pytest.mark.parametrize("reported", [False, True])
def test_a_failed_look_neither_clears_nor_blocks(signal, reported):
    found, reasons = decide(signals=[signal], reported=reported)
    codes = {reason.code for reason in reasons}
    assert found is Verdict.UNDETERMINED
    assert ReasonCode.NOTHING_KNOWN not in codes
    assert (ReasonCode.REPORTED in codes) is reported


def test_known_bytes_are_a_request_even_where_the_picture_does_not_open():
    found, reasons = decide(
        signals=[UNDECODABLE, known(tier=Tier.REGULATOR_DECIDED, confirmed=True)], reported=False
    )
    assert found is Verdict.REQUEST
    assert [reason.code for reason in reasons] == [ReasonCode.KNOWN_CONFIRMED, ReasonCode.UNDECODABLE]


def test_a_report_is_never_dropped_silently():
    assert verdict(reported=True) is Verdict.REVIEW
    assert verdict(FIRST_FRAME, reported=True) is Verdict.REVIEW


def test_nothing_known_and_not_reported_is_nothing_and_says_what_was_not_asked():
    found, (reason,) = decide(signals=[], reported=False)
    assert found is Verdict.NOTHING
    assert "no model was asked" in reason.words


def test_frames_that_nobody_looked_at_are_not_cleared():
    assert verdict(FIRST_FRAME) is Verdict.UNDETERMINED


def test_the_strongest_signal_decides_and_every_reason_is_told():
    signals = [
        known(tier=Tier.SELF_DECLARED, confirmed=True),
        known(tier=Tier.REGULATOR_DECIDED, confirmed=True),
    ]
    found, reasons = decide(signals=signals, reported=False)
    assert found is Verdict.REQUEST
    assert [reason.code for reason in reasons] == [ReasonCode.KNOWN_CONFIRMED, ReasonCode.KNOWN_SELF_DECLARED]


def benign(*, distance_bits: int) -> Signal:
    facts = {**known(tier=Tier.COUNSELLOR_CHECKED, confirmed=True).facts, "distance_bits": distance_bits}
    return Signal(kind=SignalKind.KNOWN_BENIGN, facts=facts)


@pytest.mark.parametrize(
    ("distance_bits", "expected"), [(0, Verdict.REVIEW), (7, Verdict.REVIEW), (8, Verdict.REQUEST)]
)
def test_what_is_as_near_to_a_harmless_picture_never_acts_by_itself(distance_bits, expected):
    signals = [known(tier=Tier.REGULATOR_DECIDED, confirmed=True), benign(distance_bits=distance_bits)]
    found, reasons = decide(signals=signals, reported=False)
    assert found is expected
    assert (ReasonCode.KNOWN_BENIGN_TOO in {reason.code for reason in reasons}) is (
        expected is Verdict.REVIEW
    )


def test_a_harmless_picture_asks_for_nothing_and_is_not_called_unknown():
    found, reasons = decide(signals=[benign(distance_bits=0)], reported=False)
    assert found is Verdict.NOTHING
    assert [reason.code for reason in reasons] == [ReasonCode.KNOWN_BENIGN]
    assert verdict(benign(distance_bits=0), reported=True) is Verdict.REVIEW, "a person is heard all the same"
