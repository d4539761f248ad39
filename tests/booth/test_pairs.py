"""The pairs are fair: drawn by code, one altered, half of them first, and what is said of them gives nothing away."""

import re
from xml.etree import ElementTree

import pytest

from haetae.booth.kiosk import Language
from haetae.booth.pairs import PAIRS
from haetae.booth.pairs.drawing import HEIGHT, WIDTH
from haetae.booth.words import words_of

_DRAWN = {
    "svg", "g", "rect", "circle", "ellipse", "line", "polygon", "path", "text", "stop",
    "linearGradient", "radialGradient",
}  # fmt: skip


def _tags(picture: str) -> set[str]:
    return {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(picture).iter()}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_both_are_drawings_and_differ(pair):
    original, altered = pair.picture(altered=False), pair.picture(altered=True)
    assert original != altered
    # Nothing is taken from elsewhere: no picture inside, no script, no address.
    assert _tags(original) | _tags(altered) <= _DRAWN
    assert "href" not in original + altered


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_pair_is_always_drawn_alike(pair):
    assert pair.picture(altered=True) == pair.picture(altered=True)
    assert pair.shown() == pair.shown()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_rings_lie_on_the_picture_and_where_nobody_can_tell_there_are_none(pair):
    assert (pair.shown() == pair.picture(altered=True)) is (not pair.can_be_told)
    for mark in pair.marks:
        assert 0 < mark.x < WIDTH
        assert 0 < mark.y < HEIGHT
        assert mark.rx * mark.ry < WIDTH * HEIGHT / 8, "a ring around everything shows nothing"


def test_whoever_always_touches_the_same_side_finds_half():
    assert len(PAIRS) >= 8
    assert sum(pair.altered_is_first for pair in PAIRS) == len(PAIRS) / 2
    tellable = [pair.altered_is_first for pair in PAIRS if pair.can_be_told]
    assert sum(tellable) == len(tellable) / 2
    assert 0 < len(tellable) < len(PAIRS), "in some of them nobody can tell, because that is how it is"


@pytest.mark.parametrize("language", list(Language))
def test_what_a_listener_is_told_describes_both_and_judges_neither(kiosk, language):
    words = words_of(language, kiosk)["pairs"]
    judging = r"고친|고쳤|가짜|이상|틀린|changed|fake|altered|wrong|odd"
    for pair in PAIRS:
        said = words[pair.name]
        assert said["original"] != said["altered"]
        for kind in ("original", "altered"):
            assert not re.search(judging, said[kind]), said[kind]
