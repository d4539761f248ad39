"""Lessons are read aloud to children: they say the law of that day, and blame nobody."""

import re
import tomllib
from datetime import date
from importlib.resources import files
from statistics import mean

import pytest

from haetae.agencies.education.lessons.facts import About, Audience
from haetae.agencies.education.lessons.filling import Filling, LessonError
from haetae.agencies.education.lessons.reading import (
    read,
    read_lesson,
    read_quiz,
    read_quizzes,
    versions,
)
from haetae.law.packs import load_pack

TODAY = date(2026, 11, 26)
PACK = load_pack("kr")
WRITTEN = {
    audience: files("haetae.agencies.education.lessons")
    .joinpath("texts", f"{audience}.toml")
    .read_text(encoding="utf-8")
    for audience in Audience
}
_HURTS = r"음란|당했|유출|왜 올렸|victim|perpetrator|revenge porn|leaked|naked|nude|porn"


@pytest.fixture(params=["ko", "en"])
def language(request) -> str:
    return request.param


def _texts(language: str) -> list[tuple[str, str]]:
    found = []
    for lesson in read(language, pack=PACK, on=TODAY):
        found += [(lesson.audience, text) for text in (lesson.title, lesson.lead)]
        for part in lesson.parts:
            found += [(lesson.audience, text) for text in (part.title, *part.say, *part.steps)]
    for quiz in read_quizzes(language, pack=PACK, on=TODAY):
        for question in quiz.questions:
            found.append((quiz.audience, question.ask))
            for answer in question.answers:
                found += [(quiz.audience, answer.say), (quiz.audience, answer.why)]
    return found


def test_every_audience_has_a_lesson_about_the_same_seven_things_and_a_quiz(language):
    lessons, quizzes = read(language, pack=PACK, on=TODAY), read_quizzes(language, pack=PACK, on=TODAY)
    assert [lesson.audience for lesson in lessons] == list(Audience) == [quiz.audience for quiz in quizzes]
    for lesson in lessons:
        assert [part.about for part in lesson.parts] == list(About)
        assert lesson.parts[1].deeds, f"{lesson.audience} says nothing of the law"
        assert lesson.parts[-1].calls, f"{lesson.audience} names nobody to call"
    for quiz in quizzes:
        assert len(quiz.questions) >= 6
        for question in quiz.questions:
            assert sum(answer.is_right for answer in question.answers) == 1
            assert all(answer.why for answer in question.answers)


def test_the_right_answer_does_not_always_stand_in_the_same_place():
    for quiz in read_quizzes("en", pack=PACK, on=TODAY):
        places = [question.right for question in quiz.questions]
        assert len(set(places)) > 1
        assert max(places.count(place) for place in places) <= 3


def test_no_number_of_law_and_no_telephone_number_is_written_into_a_text():
    for audience, text in WRITTEN.items():
        said = tomllib.loads(text)
        for key in ("written", "minutes"):
            said.pop(key)
        for words in _strings(said):
            assert not re.search(r"[0-9]", re.sub(r"\{[^}]*\}", "", words)) or words in _ids(said), (
                f"{audience}: {words}"
            )


def test_the_law_of_a_lesson_is_the_law_of_the_day_on_which_it_is_read():
    def keeping(day: date) -> str:
        text = WRITTEN[Audience.HIGH].replace('rules = ["attempt"', 'rules = ["confiscation"')
        lesson = read_lesson(text, Audience.HIGH, Filling(pack=PACK, on=day, language="en"))
        return " ".join(rule.rule_id for rule in lesson.parts[1].rules)

    assert "confiscation" not in keeping(date(2025, 6, 20))
    assert "confiscation" in keeping(date(2025, 6, 21))


def test_what_is_a_least_never_sounds_like_a_most(language):
    for lesson in read(language, pack=PACK, on=TODAY):
        for deed in lesson.parts[1].deeds:
            offence = next(
                row for row in PACK.all_offences if row.offence_id == deed.offence_id and row.covers(TODAY)
            )
            least, most = ("이상", "이하") if language == "ko" else ("at least", "up to")
            assert (least in deed.penalty) == (offence.min_years is not None)
            assert (most in deed.penalty) == bool(offence.max_years or offence.max_fine)
            for bound in (offence.min_years, offence.max_years):
                assert bound is None or str(bound) in deed.penalty


def test_a_day_whose_law_nobody_read_is_refused_and_not_made_up():
    with pytest.raises(LessonError, match=r"primary\.toml.*offence 'make_under_19'.*2020-06-02"):
        read("ko", pack=PACK, on=date(2019, 1, 1))


def test_a_language_without_lessons_is_named():
    with pytest.raises(LessonError, match="no lessons in 'fr'; choose one of ko, en"):
        read("fr", pack=PACK, on=TODAY)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("right = true", "", "exactly one with right = true"),
        ("{call police}", "{call policeman}", "nothing fills '{call policeman}'"),
        ('about = "friend"', 'about = "me"', "each once, in this order"),
        ('rules = ["under_14"]', 'rules = ["under_15"]', "'under_15' is no rule of the pack"),
        ('lead_en = "Some fakes are fun. Some hurt people."', "", "key 'lead_en' is missing"),
        ('id = "primary"', 'id = "middle"', "key 'id' must be 'primary'"),
        ("minutes = 40", "minutes = 40\nmood = 1", "unknown key 'mood'"),
        ("minutes = 40", "minutes =", "is not valid TOML"),
    ],
)
def test_a_faulty_lesson_is_refused_with_the_place_of_its_fault(old, new, said):
    broken = WRITTEN[Audience.PRIMARY].replace(old, new, 1)
    assert broken != WRITTEN[Audience.PRIMARY]
    filling = Filling(pack=PACK, on=TODAY, language="en")
    refused = ""
    for reader in (read_lesson, read_quiz):
        try:
            reader(broken, Audience.PRIMARY, filling)
        except LessonError as error:
            refused += str(error)
    assert "lessons/primary.toml" in refused
    assert said in refused


def test_no_word_that_hurts_and_no_sexual_detail(language):
    for audience, text in _texts(language):
        assert not re.search(_HURTS, text, re.IGNORECASE), f"{audience}: {text}"


def test_sentences_are_short_and_korean_is_polite(language):
    lengths = []
    for audience, text in _texts(language):
        # What one says to a child or a friend is said as one speaks to them.
        for sentence in re.split(r"(?<=[.?!])\s+", re.sub("“[^”]*”", "", text)):
            words = len(sentence.split())
            lengths.append(words)
            assert words <= (14 if language == "ko" else 22), f"{audience}: {sentence}"
            ends = re.search(r"([가-힣])[.?!]$", sentence) if language == "ko" else None
            assert not ends or ends[1] in "요죠까", f"{audience}: {sentence}"
    assert mean(lengths) <= (6 if language == "ko" else 10)


def test_the_two_languages_are_both_written_and_no_text_stands_in_the_wrong_one():
    for _audience, text in _texts("en"):
        assert not re.search(r"[가-힣]", text), text
    for _audience, text in _texts("ko"):
        assert re.search(r"[가-힣]", text), text


def test_a_session_can_say_which_text_it_taught():
    assert versions() == {lesson.audience: lesson.version for lesson in read("ko", pack=PACK, on=TODAY)}


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _strings(inner)]
    return []


def _ids(said: dict[str, object]) -> set[str]:
    return {
        one
        for part in said["parts"]
        for key in ("offences", "rules", "calls", "see")
        for one in part.get(key, ())
    }


def test_an_explanation_does_not_say_again_that_it_is_right(language):
    """The page says so beside the answer; and whoever chose another one is shown it under "the right answer"."""
    for quiz in read_quizzes(language, pack=PACK, on=TODAY):
        for question in quiz.questions:
            for answer in question.answers:
                assert not re.match(r"맞아요|Right\b", answer.why), (quiz.audience, question.question_id)
