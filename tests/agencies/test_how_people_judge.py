"""Figures about people who judge: two who always agree stand out, and nothing is told of few."""

from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest

from haetae.agencies.second_looks.agreement import ENOUGH, agreement, share
from haetae.flow.overview.judging import _pairs
from haetae.flow.review.models import Vote

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def test_kappa_and_its_ends_are_those_of_a_table_reckoned_by_hand() -> None:
    """Of fifty things both say a of 20, b of 15; five and ten times they differ: po 0.7, pe 0.5, kappa 0.4."""
    said = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    found = agreement(said)
    assert found.chance == pytest.approx(0.5)
    assert found.kappa == pytest.approx(0.4)
    # Wilson's interval of 35 of 50, from his formula: (0.7 + 1.92073/50 ± 1.95996·√(0.21/50 + 3.84146/10000)) / 1.07683
    assert (found.agreed.low, found.agreed.high) == (
        pytest.approx(0.5625, abs=1e-4),
        pytest.approx(0.8090, abs=1e-4),
    )
    assert (found.low, found.high) == (pytest.approx(0.1250, abs=2e-4), pytest.approx(0.6180, abs=2e-4))


def test_of_few_and_of_habit_nothing_is_told() -> None:
    assert share(3, ENOUGH - 1).low is None
    assert agreement([("a", "a")] * (ENOUGH - 1)).kappa is None
    always = agreement([("a", "a")] * 200)
    assert (always.chance, always.kappa) == (1.0, None), (
        "both always say one thing: that is habit, or agreement"
    )


@pytest.mark.django_db
def test_a_pair_that_always_agrees_stands_out_among_honest_ones() -> None:
    """Nine vote on 120 reviews. Each honest one sees what is so in four of five; two say whatever the first sees."""
    chance = Random(85)
    members = [UUID(int=number) for number in range(1, 10)]
    votes = []
    for review in range(120):
        truth = chance.random() < 0.5
        saw = {member: truth == (chance.random() < 0.8) for member in members}
        saw[members[1]] = saw[members[0]]
        votes += [
            Vote(
                review_id=UUID(int=1_000 + review),
                round=1,
                official_id=member,
                decision="remove" if said else "not_harmful",
            )
            for member, said in saw.items()
        ]
    pairs = {(pair.first, pair.second): pair.found for pair in _pairs(votes, LONG_AGO)}
    assert len(pairs) == 36
    colluding = pairs.pop((members[0], members[1]))
    assert colluding.low is not None
    others = [found.high for found in pairs.values() if found.high is not None]
    assert len(others) == 35
    assert colluding.low > max(others)
