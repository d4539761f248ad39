"""How long what belongs to a person is kept: three classes, and the person's word that ends each of them."""

from datetime import date

import pytest

from haetae.law.duration import parse_duration
from haetae.law.packs import NotInForceError, load_pack
from haetae.law.person.facts import RetentionClass

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("kind", "keep_for"),
    [
        (RetentionClass.CHILD_MATERIAL, None),
        (RetentionClass.ASKED_BY_INVESTIGATORS, parse_duration("P10Y")),
        (RetentionClass.OTHER, parse_duration("P5Y")),
    ],
)
def test_each_class_is_kept_as_long_as_the_rule_says(kind, keep_for):
    kept = load_pack("kr").retention(kind, on=TODAY)
    assert kept.keep_for == keep_for
    assert kept.article.startswith("2-6(4)")
    assert kept.source.kind.is_law
    assert kept.verified


def test_what_the_person_wants_destroyed_is_destroyed_whatever_its_class():
    assert all(load_pack("kr").retention(kind, on=TODAY).destroyed_on_demand for kind in RetentionClass)


def test_before_the_rule_said_so_nothing_is_claimed():
    with pytest.raises(NotInForceError, match="does not say how long 'other' is kept on 2021-07-12"):
        load_pack("kr").retention(RetentionClass.OTHER, on=date(2021, 7, 12))
