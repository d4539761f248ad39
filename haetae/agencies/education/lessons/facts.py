"""What a lesson is, in one language and for one day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haetae.law.person.facts import Helpline, Rule, Shown


class Audience(StrEnum):
    """For whom a lesson is written, in the order of the page that lists them."""

    PRIMARY = "primary"
    MIDDLE = "middle"
    HIGH = "high"
    UNIVERSITY = "university"
    PARENTS = "parents"
    TEACHERS = "teachers"


class About(StrEnum):
    """What a part of a lesson is about; every lesson has all of them, in this order."""

    WHAT_IT_IS = "what_it_is"
    LAW = "law"
    ME = "me"
    FRIEND = "friend"
    BYSTANDER = "bystander"
    DID_IT = "did_it"
    CALLS = "calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the law: `act` in the pack's words, `penalty` with its least and most, `checked` as the pack says."""

    offence_id: str
    shown: Shown
    act: str
    penalty: str
    citation: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`say` are paragraphs, `steps` what to do, in their order; `see` names pages of the portal that say more."""

    about: About
    title: str
    say: tuple[str, ...]
    steps: tuple[str, ...]
    deeds: tuple[Deed, ...]
    rules: tuple[Rule, ...]
    calls: tuple[Helpline, ...]
    see: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """`version`: the day its text was written. `law_on`: the day whose law fills it. `minutes`: how long it takes."""

    audience: Audience
    language: str
    version: date
    law_on: date
    minutes: int
    title: str
    lead: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`why` explains it, whether it is right or not."""

    say: str
    why: str
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Exactly one of its answers is right."""

    question_id: str
    ask: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> int:
        """Where the right answer stands, counted from 0."""
        return next(place for place, answer in enumerate(self.answers) if answer.is_right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """The questions that belong to a lesson."""

    audience: Audience
    language: str
    version: date
    title: str
    questions: tuple[Question, ...]
