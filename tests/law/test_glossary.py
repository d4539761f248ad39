"""The glossary is a contract: what the law and the loop can say has one word in each language."""

import re
from enum import Enum
from pathlib import Path

import pytest

from haetae.detect.finding import Verdict
from haetae.detect.matching.known import Tier
from haetae.flow.arrival import states as arrival
from haetae.flow.assessment import states as assessment
from haetae.flow.deadlines import states as deadlines
from haetae.flow.delivery import states as delivery
from haetae.flow.removal import states as removal
from haetae.flow.review import states as review
from haetae.flow.tasks import states as tasks
from haetae.flow.verification import states as verification
from haetae.law.facts import Role

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith("|---")
][1:]


def names_in_code() -> list[str]:
    return [name for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])]


@pytest.mark.parametrize(
    "vocabulary",
    [
        Verdict,
        Role,
        arrival.State,
        assessment.State,
        deadlines.State,
        deadlines.Basis,
        removal.State,
        review.State,
        review.Block,
        delivery.State,
        delivery.Gate,
        tasks.State,
        verification.State,
    ],
)
def test_every_state_that_people_are_shown_has_its_words(vocabulary: type[Enum]) -> None:
    assert {member.value for member in vocabulary} <= set(names_in_code())


def test_every_tier_has_its_words() -> None:
    assert {tier.name for tier in Tier} <= set(names_in_code())


def test_every_row_has_four_cells_and_both_languages() -> None:
    assert len(ROWS) > 50
    for row in ROWS:
        assert len(row) == 4, row
        assert re.search("[가-힣]", row[0]), row
        assert re.search("[A-Za-z]", row[1]), row


def test_one_name_in_code_has_one_row_and_one_korean_word_means_one_thing() -> None:
    for words in (names_in_code(), [row[0] for row in ROWS]):
        assert len(words) == len(set(words))
