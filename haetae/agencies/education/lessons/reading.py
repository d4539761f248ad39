"""From the files of lessons to lessons and quizzes, in one language and with the law of a day."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from haetae.agencies.education.lessons.facts import About, Answer, Audience, Lesson, Part, Question, Quiz
from haetae.agencies.education.lessons.filling import LANGUAGES, Filling, LessonError
from haetae.law.packs import Pack
from haetae.law.person.facts import Situation
from haetae.law.table import PackError, Table

_FEWEST_QUESTIONS: Final = 6
_FEWEST_ANSWERS: Final = 3


def read(language: str, *, pack: Pack, on: date) -> tuple[Lesson, ...]:
    """Every lesson, in the order of `Audience`.

    `language` is "ko" or "en"; the law and the numbers are those of `pack` on the day `on`. Raises LessonError for
    another language, for a day whose law nobody has read, and for a faulty file.
    """
    return tuple(
        read_lesson(_text(audience), audience, _filling(language, pack, on)) for audience in Audience
    )


def read_quizzes(language: str, *, pack: Pack, on: date) -> tuple[Quiz, ...]:
    """The quiz of every lesson, in the same order and with the same errors as `read`."""
    return tuple(read_quiz(_text(audience), audience, _filling(language, pack, on)) for audience in Audience)


def versions() -> dict[Audience, date]:
    """On which day the text of each lesson was written: what a record of a session says it taught."""
    found = {}
    for audience in Audience:
        with _clear_errors():
            found[audience] = _table(_text(audience), audience).day("written")
    return found


def read_lesson(text: str, audience: Audience, filling: Filling) -> Lesson:
    """One lesson from the text of its file. Raises LessonError."""
    with _clear_errors(), _file(text, audience) as table:
        table.tables("questions")
        return Lesson(
            audience=audience,
            language=filling.language,
            version=table.day("written"),
            law_on=filling.on,
            minutes=table.whole_number("minutes"),
            title=_in(table, "title", filling),
            lead=_in(table, "lead", filling),
            parts=_parts(table, filling),
        )


def read_quiz(text: str, audience: Audience, filling: Filling) -> Quiz:
    """The questions of one file. Raises LessonError."""
    with _clear_errors(), _file(text, audience) as table:
        table.tables("parts")
        table.whole_number("minutes")
        _in(table, "lead", filling)
        quiz = Quiz(
            audience=audience,
            language=filling.language,
            version=table.day("written"),
            title=_in(table, "title", filling),
            questions=tuple(_question(row, filling) for row in table.tables("questions")),
        )
        ids = [question.question_id for question in quiz.questions]
        if len(ids) < _FEWEST_QUESTIONS or len(set(ids)) < len(ids):
            raise table.error(
                f"a quiz has at least {_FEWEST_QUESTIONS} [[questions]], each with an id of its own."
            )
        return quiz


def _filling(language: str, pack: Pack, on: date) -> Filling:
    if language not in LANGUAGES:
        raise LessonError(f"There are no lessons in '{language}'; choose one of {', '.join(LANGUAGES)}.")
    return Filling(pack=pack, on=on, language=language)


@cache
def _text(audience: Audience) -> str:
    path = files("haetae.agencies.education.lessons").joinpath("texts", f"{audience.value}.toml")
    return path.read_text(encoding="utf-8")


def _table(text: str, audience: Audience) -> Table:
    name = f"lessons/{audience.value}.toml"
    try:
        return Table(name=name, values=tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{name} is not valid TOML: {error}") from error


@contextmanager
def _clear_errors() -> Iterator[None]:
    """A lesson is no law: its errors are its own, with the same words."""
    try:
        yield
    except PackError as error:
        raise LessonError(str(error)) from error


@contextmanager
def _file(text: str, audience: Audience) -> Iterator[Table]:
    with _table(text, audience) as table:
        if table.text("id") != audience.value:
            raise table.error(f"key 'id' must be '{audience.value}', as the file is named.")
        yield table


def _parts(table: Table, filling: Filling) -> tuple[Part, ...]:
    parts = tuple(_part(row, filling) for row in table.tables("parts"))
    if [part.about for part in parts] != list(About):
        raise table.error(f"the [[parts]] must be about {', '.join(About)}: each once, in this order.")
    return parts


def _part(table: Table, filling: Filling) -> Part:
    with table:
        rules = [filling.rule(one, where=table) for one in _listed(table, "rules")]
        return Part(
            about=table.choice("about", About),
            title=_in(table, "title", filling),
            say=_many(table, "say", filling),
            steps=_many(table, "steps", filling),
            deeds=tuple(filling.deed(one, where=table) for one in _listed(table, "offences")),
            rules=tuple(rule for rule in rules if rule is not None),
            calls=filling.calls(table.choices_or_none("calls", Situation)),
            see=_listed(table, "see"),
        )


def _question(table: Table, filling: Filling) -> Question:
    with table:
        answers = tuple(_answer(row, filling) for row in table.tables("answers"))
        if len(answers) < _FEWEST_ANSWERS or sum(answer.is_right for answer in answers) != 1:
            raise table.error(
                f"a question has at least {_FEWEST_ANSWERS} [[answers]], exactly one with right = true."
            )
        return Question(question_id=table.text("id"), ask=_in(table, "ask", filling), answers=answers)


def _answer(table: Table, filling: Filling) -> Answer:
    with table:
        return Answer(
            say=_in(table, "say", filling),
            why=_in(table, "why", filling),
            is_right=table.flag("right", default=False),
        )


def _in(table: Table, key: str, filling: Filling) -> str:
    """The reader's language; the other one must be there too, and hold nothing that cannot be filled."""
    said = {language: filling.fill(table.text(f"{key}_{language}"), where=table) for language in LANGUAGES}
    return said[filling.language]


def _many(table: Table, key: str, filling: Filling) -> tuple[str, ...]:
    said = {language: _listed(table, f"{key}_{language}") for language in LANGUAGES}
    if len({bool(texts) for texts in said.values()}) > 1:
        raise table.error(f"key '{key}' stands in one language only; say it in both.")
    filled = {
        language: tuple(filling.fill(text, where=table) for text in texts) for language, texts in said.items()
    }
    return filled[filling.language]


def _listed(table: Table, key: str) -> tuple[str, ...]:
    return table.texts(key) if key in table else ()
