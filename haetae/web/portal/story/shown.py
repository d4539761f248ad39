"""One scene as its page shows it: what is told in words, and what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haetae.story.recorded import Happened, Scene, recording
from haetae.web.portal.story.law import Article, articles
from haetae.web.words.language import in_korean
from haetae.web.words.story.facts import fact_words, place_words
from haetae.web.words.story.happened import happened_words
from haetae.web.words.story.labels import icon_of, who_words
from haetae.web.words.story.papers import paper_words
from haetae.web.words.story.refused import refused_words
from haetae.web.words.story.telling import Told


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry of the record."""

    at: datetime
    by: str
    words: str
    name: str
    leaf: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two between whom it happens."""

    icon: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    title: str
    reference: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`place` is what everybody gets at the address: `shown`, `hidden`, `gone`, or nothing where it is about none."""

    title: str
    told: str
    sees: str
    who: Side
    to: Side
    place: str
    place_words: str
    facts: Sequence[str]
    code_words: Sequence[str]
    refused: Sequence[tuple[str, str]]
    law: Sequence[Article]
    lines: Sequence[Line]
    papers: Sequence[Sheet]
    is_proof: bool
    root: str
    size: int


def shown(told: Told) -> Shown:
    """Raises KeyError for a scene that was not recorded."""
    taped = recording()
    scene = taped.scenes[taped.number_of(told.name) - 1]
    place, words = place_words(scene.facts.get("shows"))
    return Shown(
        title=str(told.title),
        told=str(told.told),
        sees=str(told.sees),
        who=_side(told.who),
        to=_side(told.to),
        place=place,
        place_words=words,
        facts=fact_words(scene.facts),
        code_words=_eight(scene),
        refused=[(who_words(one.who), refused_words(one.room, one.code)) for one in scene.refused],
        law=articles(told.law),
        lines=[_line(one) for one in scene.happened],
        papers=[
            Sheet(title=paper_words(one.kind), reference=one.reference, text=one.text[_language()])
            for one in scene.papers
        ],
        is_proof=told.name == "sealed",
        root=taped.root,
        size=taped.size,
    )


def _side(who: str) -> Side:
    return Side(icon=icon_of(who), words=who_words(who))


def _line(one: Happened) -> Line:
    return Line(
        at=one.at,
        by=who_words(one.by),
        words=happened_words(one.name),
        name=one.name,
        leaf=one.leaf,
        digest=one.digest[:12],
    )


def _eight(scene: Scene) -> Sequence[str]:
    """The words of the receipt, of a case that was destroyed before the recording ended."""
    return list(scene.facts.get("words", {}).get(_language(), []))


def _language() -> str:
    return "ko" if in_korean() else "en"
