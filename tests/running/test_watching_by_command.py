"""Whoever types `haetae watch add` learns which option is wrong, and what may stand there."""

from pathlib import Path
from typing import Any

import pytest

from haetae.flow.arrival.watching.models import WatchList
from haetae.running.watching import CannotDoError, Told, add
from tests.watching import BOARD, WHY

pytestmark = pytest.mark.django_db


def told(**changed: Any) -> Told:
    known: dict[str, Any] = {
        "name": "Boards of the story",
        "places": [BOARD],
        "kind": "page",
        "purpose": WHY,
        "basis": "deletion_support",
        "days": 30,
        "every_s": 300,
        "follow_depth": 0,
        "weight": 1,
        "hosts": [],
        "phrases": None,
        "vanishes": False,
    }
    return Told(**{**known, **changed})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"basis": "because"}, "--basis: Choose the legal basis"),
        ({"basis": "because"}, "deletion_support"),
        ({"every_s": 1}, "--every: A visit every 10 seconds is the most often"),
        ({"purpose": "so"}, "--purpose: Say why"),
        ({"places": [BOARD, "https://t.me/+AbCdEfGh"]}, "--place 'https://t.me/+AbCdEfGh': This is an inv"),
        ({"phrases": Path("/nowhere")}, "--phrases: /nowhere cannot be read"),
    ],
)
def test_the_sentence_names_the_option_and_the_way_out(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(CannotDoError) as refused:
        add(told(**changed))
    assert said in str(refused.value)
    assert not WatchList.objects.exists()
