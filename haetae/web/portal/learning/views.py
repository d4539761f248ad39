"""The lessons, one page each, and their quizzes. An answer is explained and forgotten: nothing is written anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.agencies.education.lessons.facts import Answer, Lesson, Part, Question, Quiz
from haetae.agencies.education.lessons.reading import read, read_quizzes
from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.web.access import public
from haetae.web.portal.reading.calling import call
from haetae.web.words.language import in_korean
from haetae.web.words.learning import page_words
from haetae.web.words.penalties import group_words
from haetae.web.words.sayings import saying

_GET_AND_POST: Final = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as the page shows it; `answers` carry their place, which is what a form sends."""

    name: str
    ask: str
    answers: Sequence[tuple[int, Answer, bool]]
    chosen: Answer | None


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For whom there is a lesson."""
    return render(request, "portal/learning/index.html", {"lessons": _lessons()})


@public
@require_safe
def lesson(request: HttpRequest, audience: str) -> HttpResponse:
    """One lesson, with the law of today."""
    found = next((one for one in _lessons() if one.audience == audience), None)
    if found is None:
        raise Http404
    shown = {
        "lesson": found,
        "parts": [_part(part) for part in found.parts],
        "read_on": load_pack(settings.JURISDICTION).version,
    }
    return render(request, "portal/learning/lesson.html", shown)


@public
@require_http_methods(_GET_AND_POST)
def quiz(request: HttpRequest, audience: str) -> HttpResponse:
    """All questions on one page; sent, each answer is explained and what was chosen stays."""
    found = next((one for one in _quizzes() if one.audience == audience), None)
    if found is None:
        raise Http404
    sent = request.POST if request.method == "POST" else {}
    asked = [_asked(question, sent) for question in found.questions]
    answered = [one.chosen for one in asked if one.chosen]
    shown = {
        "quiz": found,
        "asked": asked,
        "is_sent": request.method == "POST",
        "answered": len(answered),
        "right": sum(answer.is_right for answer in answered),
        "of": len(asked),
    }
    return render(request, "portal/learning/quiz.html", shown)


def _part(part: Part) -> dict[str, Any]:
    groups: dict[str, list[Any]] = {}
    for deed in part.deeds:
        groups.setdefault(group_words(deed.shown), []).append(deed)
    now, zone = clock.now(), load_pack(settings.JURISDICTION).zone
    return {
        "about": part.about.value,
        "title": part.title,
        "say": part.say,
        "steps": part.steps,
        "groups": list(groups.items()),
        "sayings": [saying(rule) for rule in part.rules],
        "calls": [call(line, at=now, tz=zone) for line in part.calls],
        "see": [(f"portal:{name}", page_words(name)) for name in part.see],
    }


def _asked(question: Question, sent: Mapping[str, str]) -> Asked:
    """A place that is none counts as not answered."""
    typed = sent.get(question.question_id, "")
    place = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 1 else -1
    chosen = question.answers[place] if 0 <= place < len(question.answers) else None
    return Asked(
        name=question.question_id,
        ask=question.ask,
        answers=[(at, answer, answer is chosen) for at, answer in enumerate(question.answers)],
        chosen=chosen,
    )


def _lessons() -> Sequence[Lesson]:
    return read(_language(), pack=load_pack(settings.JURISDICTION), on=timezone.localdate(clock.now()))


def _quizzes() -> Sequence[Quiz]:
    return read_quizzes(
        _language(), pack=load_pack(settings.JURISDICTION), on=timezone.localdate(clock.now())
    )


def _language() -> str:
    return "ko" if in_korean() else "en"
