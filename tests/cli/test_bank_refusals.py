"""What `haetae bank` does not do, and what it lets out of doubt."""

import json
from pathlib import Path

import pytest

from haetae.audit.actor import SYSTEM
from haetae.detect.matching import Tier
from haetae.hashbank.actions import dispute_known_picture, keep_list
from haetae.hashbank.models import HashList, KnownPicture
from haetae.hashbank.rules import NewEntry
from haetae.running import banking
from tests.hashbank.partners import make_known, partner_named, pdq

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("odd", "field"),
    [
        ({"tier": [1]}, "tier"),
        ({"tier": True}, "tier"),
        ({"tier": 2.0}, "tier"),
        ({"foreign_id": "a\x00b"}, "foreign_id"),
        ({"foreign_id": "a\ud800b"}, "foreign_id"),
    ],
)
def test_a_line_that_no_table_can_hold_is_refused_by_its_field(tmp_path: Path, odd, field: str) -> None:
    file = tmp_path / "lines"
    file.write_text(json.dumps({"pdq": pdq(1), **odd}))
    with pytest.raises(banking.CannotDoError, match=f"1: {field}"):
        banking.take_in(file, list_name="own", checked_by="")
    assert not KnownPicture.objects.exists()


def test_a_list_that_is_not_there_is_not_exported_as_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(banking.CannotDoError, match="list: there is none of the name mistyped"):
        banking.write(tmp_path / "out", list_name="mistyped")
    assert not (tmp_path / "out").exists()
    keep_list(name="empty", actor=SYSTEM)
    assert banking.write(tmp_path / "out", list_name="empty") == 0


def test_what_is_disputed_is_let_out_as_something_that_acts_by_itself_nowhere() -> None:
    doubted, _ = make_known(1, 2, tier=Tier.REGULATOR_DECIDED)
    dispute_known_picture(known_id=doubted, actor=SYSTEM)
    tiers = {line["pdq"]: line["tier"] for line in map(json.loads, banking.lines(""))}
    assert tiers == {pdq(1): 1, pdq(2): 4}


def test_nothing_is_put_by_hand_on_the_list_of_a_partner() -> None:
    keep_list(name="theirs", partner=partner_named("hotline"), actor=SYSTEM)
    with pytest.raises(banking.CannotDoError, match="list: theirs is a partner's"):
        banking.add([NewEntry(pdq=pdq(1))], list_name="theirs", benign=False, checked_by="")
    assert HashList.objects.get().entries.count() == 0
