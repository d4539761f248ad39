"""Lessons, quizzes and helplines as the screens show them: in one language, and with the law of the booth's day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from haetae.agencies.education.lessons import reading
from haetae.agencies.education.lessons.facts import Lesson, Part, Quiz
from haetae.booth.kiosk import Kiosk, Language
from haetae.law.person.facts import Helpline, Rule, Situation

# A screen in a crowd shows few numbers: those for whoever is threatened, wants to talk, is young or sees no way on.
_SITUATIONS: Final = (
    Situation.THREATENED,
    Situation.TALK,
    Situation.UNDER_19,
    Situation.SCHOOL,
    Situation.HOPELESS,
    Situation.REVIEW,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A helpline. Not `always`: it answers at certain hours, or nobody could tell when."""

    name: str
    number: str
    site: str
    words: str
    always: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A rule of the law in plain words, with where it stands."""

    title: str
    words: str
    citation: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    part: Part
    rules: tuple[Said, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What belongs to one audience."""

    lesson: Lesson
    parts: tuple[ShownPart, ...]
    quiz: Quiz


def courses(kiosk: Kiosk, language: Language) -> tuple[Course, ...]:
    """One for each audience. Raises LessonError."""
    lessons = reading.read(language.value, pack=kiosk.pack, on=kiosk.on)
    quizzes = {
        quiz.audience: quiz for quiz in reading.read_quizzes(language.value, pack=kiosk.pack, on=kiosk.on)
    }
    return tuple(
        Course(
            lesson=lesson,
            parts=tuple(_shown(part, language) for part in lesson.parts),
            quiz=quizzes[lesson.audience],
        )
        for lesson in lessons
    )


def helplines(kiosk: Kiosk, language: Language) -> tuple[Line, ...]:
    """The first number of each situation, each once, in the order of the situations."""
    known = {line.helpline_id: line for line in kiosk.pack.all_helplines}
    listed = {row.situation: row.helplines for row in kiosk.pack.turnings}
    first = dict.fromkeys(listed[situation][0] for situation in _SITUATIONS if listed.get(situation))
    return _lines([known[helpline_id] for helpline_id in first], language)


def _shown(part: Part, language: Language) -> ShownPart:
    return ShownPart(
        part=part,
        rules=tuple(_said(rule, language) for rule in part.rules),
        lines=_lines(part.calls, language),
    )


def _lines(helplines: Sequence[Helpline], language: Language) -> tuple[Line, ...]:
    korean = language is Language.KO
    return tuple(
        Line(
            name=line.name_ko if korean else line.name_en,
            number=line.number,
            site=line.site,
            words=line.words_ko if korean else line.words_en,
            always=line.hours is not None and line.hours.always,
        )
        for line in helplines
    )


def _said(rule: Rule, language: Language) -> Said:
    korean = language is Language.KO
    return Said(
        title=rule.title_ko if korean else rule.title_en,
        words=rule.words_ko if korean else rule.words_en,
        citation=rule.citation_ko if korean else rule.citation_en,
        checked=rule.verified,
    )
