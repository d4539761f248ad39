"""The story is told in both languages, from the recording alone, and leads from the first scene to the last."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from haetae.agencies.support import queries, receipt
from haetae.story.recorded import recording
from haetae.web.words.places import place_mark
from haetae.web.words.story import SCENES
from haetae.web.words.story.happened import happened_words
from haetae.web.words.story.refused import refused_words
from tests.web.reading_pages import sentences, texts

START = "/story/"


@pytest.fixture(params=["ko", "en"])
def reader(request, visitor):
    return visitor(request.param)


def _page(reader, name: str, mode: str = "") -> str:
    return str(reader.get(reverse("portal:story_scene", args=[name]) + mode).content.decode())


def test_every_recorded_scene_is_told_and_none_that_was_not_recorded():
    assert [scene.name for scene in SCENES] == [scene.name for scene in recording().scenes]


def test_next_leads_through_the_whole_story_and_back_again(reader):
    page, seen = reader.get(START).content.decode(), []
    while following := re.search(r'rel="next" href="([^"]+)"', page):
        seen.append(following[1])
        page = reader.get(following[1]).content.decode()
    assert seen == [reverse("portal:story_scene", args=[scene.name]) for scene in SCENES]
    back = []
    while before := re.search(r'rel="prev" href="([^"]+)"', page):
        back.append(before[1])
        page = reader.get(before[1]).content.decode()
    assert [*reversed(back)] == seen[:-1]


def test_shown_large_it_stays_large(reader):
    page = _page(reader, "told", "?large")
    assert 'class="story large"' in page
    assert re.search(r'rel="next" href="[^"]+\?large"', page)


def test_the_language_is_changed_on_the_page_on_which_one_is(visitor):
    page = _page(visitor("en"), "voted", "?large")
    assert 'name="next" value="/story/voted/?large"' in page


def test_a_scene_that_there_is_none_of_is_not_there(reader):
    assert reader.get(f"{START}nobody/").status_code == 404


def test_each_scene_is_short(visitor):
    for scene in SCENES:
        for language in ("ko", "en"):
            found = texts(_page(visitor(language), scene.name))
            assert found
        words = f"{scene.told} {scene.sees}".split()
        assert len(words) <= 60, scene.name


@pytest.mark.parametrize(("language", "most"), [("ko", 14), ("en", 22)])
def test_no_sentence_of_ours_is_long(language, most):
    with translation.override(language):
        for scene in SCENES:
            for text in (scene.title, scene.told, scene.sees):
                for sentence in sentences(str(text)):
                    assert len(sentence.split()) <= most, sentence


def test_everything_recorded_is_worded_in_both_languages():
    for language in ("ko", "en"):
        with translation.override(language):
            for scene in recording().scenes:
                for one in scene.happened:
                    assert happened_words(one.name) != one.name, one.name
                for tried in scene.refused:
                    assert refused_words(tried.room, tried.code) != tried.code, tried


def test_what_was_refused_stands_on_the_page_as_the_rule_words_it(visitor):
    page = _page(visitor("en"), "ordered")
    assert refused_words("orders", "order_same_person") in unescape(page)


def test_what_the_law_says_names_its_article_and_the_state_that_was_read(visitor):
    page = _page(visitor("en"), "applied")
    assert "the court permits" in page
    assert "as read on" in page
    assert "Article" in page


def test_anybody_may_take_the_log_and_it_is_the_one_that_the_page_names(visitor):
    reader = visitor("en")
    answer = reader.get(f"{START}log.jsonl")
    assert recording().root.encode() in answer.content
    assert recording().root in _page(reader, "sealed")


def test_the_overview_names_the_version_and_every_scene(reader):
    page = reader.get(START).content.decode()
    assert recording().version in page
    assert all(reverse("portal:story_scene", args=[scene.name]) in page for scene in SCENES)


def test_the_words_of_its_case_open_nothing(db, client):
    """The case of the story was destroyed in the trial, and in this house it never was."""
    words = recording().scenes[0].facts["words"]["en"]
    bits = receipt.read(" ".join(words))
    assert bits is not None
    assert queries.case_of_receipt(bits) is None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_a_page_is_said_to_say_it_says(language):
    """Where the story quotes a person's own page, the words are those of that page."""
    with translation.override(language):
        told = {scene.name: str(scene.sees) for scene in SCENES}
        for scene, state, block in (
            ("gone_once", "claimed", ""),
            ("gone_twice", "verified", ""),
            ("hidden", "unsure", "hidden"),
            ("back_gone", "verified", ""),
        ):
            assert f"“{place_mark(state, block=block, came_back=False).words}”" in told[scene], scene
