"""What cannot be read of a foreign page is set aside by its field, counted and told; the rest of the page enters."""

import pytest

from haetae.hashbank.sources import rules
from haetae.hashbank.states import Wire
from tests.hashbank.foreign import (
    LATER,
    deleted,
    foreign,  # noqa: F401 - a fixture
    image,
    matched,
    page,
    pages,
    pull,
    record,
    source_at,
    xml,
)
from tests.hashbank.partners import pdq

pytestmark = pytest.mark.django_db


ODD = [
    (7, "hashRecords[0]"),
    ({}, "hashRecords[0].signalType"),
    (record(1, signalType="ImageFoo"), "hashRecords[0].signalType"),
    (record(1, signalType=["ImagePDQ"]), "hashRecords[0].signalType"),
    (record(1, hashValue="ab"), "hashRecords[0].hashValue"),
    (record(1, hashValue=12), "hashRecords[0].hashValue"),
    (record(1, hashValue="\ud800" * 64), "hashRecords[0].hashValue"),
    (record(1, hashValue=pdq(1)[:-1] + "٣"), "hashRecords[0].hashValue"),
    (record(1, signalType="VideoMD5"), "hashRecords[0].hashValue"),
    (record(1, "Nonsense"), "hashRecords[0].hashStatus"),
    (record(1, hashStatus=None), "hashRecords[0].hashStatus"),
]


@pytest.mark.parametrize(("bad", "place"), ODD)
def test_a_record_that_makes_no_sense_is_set_aside_by_its_field_and_the_page_goes_on(foreign, bad, place):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: page(bad, record(2))
    done = pull(source)
    assert (done.counts["set_aside"], done.counts["added"], done.code) == (1, 1, "")
    assert matched(source) == [2]
    (words,) = source.odd
    assert words.startswith(place + ": ")
    assert source.since_s == LATER, "what cannot be read holds nothing up"


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ("<other/>", "images[0]"),
        ("<image><id>a</id></image>", "images[0].member"),
        ('<image><member id="4"/></image>', "images[0].id"),
        (image("a b", pdq=pdq(1)), "images[0].id"),
        (image("a" * 81, pdq=pdq(1)), "images[0].id"),
        (deleted(""), "images[0].id"),
        (image("a", pdq="12"), "images[0].fingerprints.pdq"),
        (image("a", pdq=pdq(1), md5="x" * 32), "images[0].fingerprints.md5"),
    ],
)
def test_the_same_in_xml(foreign, bad, place):  # noqa: F811
    source = source_at(foreign.base, wire=Wire.NCMEC)
    foreign.answer = lambda _: xml(bad, image("good", pdq=pdq(2)))
    done = pull(source)
    assert (done.counts["set_aside"], done.counts["added"], done.code) == (1, 1, "")
    assert matched(source) == [2]
    assert source.odd[0].startswith(place + ": ")


def test_of_many_odd_records_all_are_counted_and_the_first_are_told(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = pages([{}] * 30, [{}] * 30)
    assert pull(source).counts["set_aside"] == 60
    assert len(source.odd) == rules.ODD_KEPT
    assert source.counts["set_aside"] == 60
