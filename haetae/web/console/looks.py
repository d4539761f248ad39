"""Looking at a published picture, in words: what is offered on a task, and the page of one look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from haetae.accounts.permissions import Permission
from haetae.agencies.looks import queries, rules
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.states import (
    ENDS_THE_TASK,
    FINDINGS,
    FOR_A_REVIEW,
    FOR_A_TASK,
    Answer,
    Reason,
    State,
    Step,
)
from haetae.common import clock
from haetae.flow.overview.minors import said_to_be_a_minor, said_to_be_a_minor_in
from haetae.flow.review.models import Review
from haetae.flow.review.states import UNDECIDED
from haetae.flow.review.states import State as Reviewed
from haetae.flow.tasks.models import Task
from haetae.web.console.rights import may, official_of, roles_of
from haetae.web.words.codes import code_words
from haetae.web.words.looks import ANSWERS, FOUND, REASONS, STATES, STEPS, found_words
from haetae.web.words.refusals import refusal_words
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class Budget:
    left: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing to choose; `follows` is what happens then."""

    value: str
    words: str
    follows: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """`why_not` where this person may not look. `unsaid` is a look after which they have not said what it is.

    `where` takes the wish; `finds` is whether what they say then stands in a review.
    """

    where: str
    finds: bool
    budget: Budget
    why_not: str
    reasons: Sequence[Option]
    unsaid: UUID | None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one official has found before a decision."""

    words: Sequence[str]
    by: str
    is_clearer: bool
    at: Moment


@dataclass(frozen=True, kw_only=True)
class LookShown:
    """`is_open`: the picture may be fetched now. `may_say`: they may say what it is; `may_look_clearer` as it says.

    `finds` as in Offer; `back` is the page from which they came, `again` takes the wish for a clearer look.
    """

    finds: bool
    back: str
    again: str
    look_id: UUID
    title: str
    reason: str
    is_open: bool
    is_clearer: bool
    state: str
    why_nothing: str
    since: Moment
    answer: str
    answers: Sequence[Option]
    may_say: bool
    may_look_clearer: bool
    reason_code: str
    budget: Budget


def offer(request: HttpRequest, task: Task) -> Offer | None:
    """What the page of a task offers; None where there is nothing to look at, or looking is nothing for this person."""
    if task.kind != "judge" or task.state != "waiting" or not may(request, Permission.LOOK_TAKE):
        return None
    official = official_of(request)
    minor = said_to_be_a_minor(task.pk) or queries.is_about_a_minor(task)
    shown = budget(official.pk)
    why_not = rules.why_not_this_picture(roles=roles_of(request), minor=minor)
    if why_not is None and shown.left < 1:
        why_not = "looks_used_up"
    newest = queries.mine_about(task.pk, official_id=official.pk).first()
    return Offer(
        where=reverse("console:look", args=[task.pk]),
        finds=False,
        budget=shown,
        why_not=refusal_words(why_not) if why_not else "",
        reasons=_reasons(FOR_A_TASK),
        unsaid=newest.pk if newest is not None and _why_not_say(request, newest) is None else None,
    )


def offer_before(request: HttpRequest, review: Review) -> Offer | None:
    """The same before a decision; None once it is taken, and for those who do not look."""
    if Reviewed(review.state) not in UNDECIDED or not may(request, Permission.LOOK_TAKE):
        return None
    official = official_of(request)
    minor = said_to_be_a_minor_in(review.pk) or queries.is_about_a_minor(review)
    shown = budget(official.pk)
    why_not = rules.why_not_this_picture(roles=roles_of(request), minor=minor)
    if why_not is None and shown.left < 1:
        why_not = "looks_used_up"
    newest = queries.mine_before(review.pk, official_id=official.pk).first()
    return Offer(
        where=reverse("console:look_before", args=[review.pk]),
        finds=True,
        budget=shown,
        why_not=refusal_words(why_not) if why_not else "",
        reasons=_reasons(FOR_A_REVIEW),
        unsaid=newest.pk if newest is not None and _why_not_say(request, newest) is None else None,
    )


def findings(review_id: UUID) -> list[Finding]:
    """What those who looked have found, for everybody who reads the review."""
    return [
        Finding(
            words=found_words(Answer(look.answer), altered=look.altered, minor=look.minor),
            by=look.official.get_username(),
            is_clearer=look.step == Step.CLEARER,
            at=moment(look.answered_at, now=clock.now()),
        )
        for look in queries.findings_of(review_id)
        if look.answered_at is not None
    ]


def _reasons(fitting: frozenset[Reason]) -> list[Option]:
    return [Option(value=reason, words=str(words)) for reason, words in REASONS.items() if reason in fitting]


def budget(official_id: UUID) -> Budget:
    return Budget(left=queries.left_today(official_id), most=queries.policy().per_official_a_day)


def look_shown(request: HttpRequest, look: Look, *, now: datetime) -> LookShown:
    """The page of one look, for whoever took it."""
    left, finds, waits = budget(look.official_id), look.review_id is not None, queries.waits(look)
    return LookShown(
        finds=finds,
        back=reverse("console:review" if finds else "console:task", args=[look.review_id or look.task_id]),
        again=reverse(
            "console:look_before" if finds else "console:look", args=[look.review_id or look.task_id]
        ),
        look_id=look.pk,
        title=str(STEPS[Step(look.step)]),
        reason=str(REASONS[Reason(look.reason)]),
        is_open=_is_open(look, now=now),
        is_clearer=look.step == Step.CLEARER,
        state=str(STATES[State(look.state)]),
        why_nothing=_why_nothing(look.failure) if look.failure else "",
        since=moment(look.begun_at, now=now),
        answer=_said(look),
        answers=_answers(finds=finds),
        may_say=waits and (_is_open(look, now=now) or _why_not_say(request, look) is None),
        may_look_clearer=waits and look.step == Step.BLURRED and left.left > 0,
        reason_code=look.reason,
        budget=left,
    )


def _said(look: Look) -> str:
    if not look.answer:
        return ""
    if look.review_id is not None and look.answer in FINDINGS:
        return " · ".join(found_words(Answer(look.answer), altered=look.altered, minor=look.minor))
    return str(ANSWERS[Answer(look.answer)][0])


def _answers(*, finds: bool) -> list[Option]:
    if finds:
        return [Option(value=answer, words=str(words)) for answer, words in FOUND.items()]
    return [
        Option(value=answer, words=str(words), follows=str(follows))
        for answer, (words, follows) in ANSWERS.items()
        if answer in ENDS_THE_TASK
    ]


def _why_nothing(code: str) -> str:
    """What came in between is a refusal of ours, everything else an answer of the outside."""
    refused = refusal_words(code)
    return refused if refused != code else code_words(code)


def _is_open(look: Look, *, now: datetime) -> bool:
    open_for = queries.policy().open_for.as_timedelta()
    return rules.why_not_show(State(look.state), begun_at=look.begun_at, now=now, open_for=open_for) is None


def _why_not_say(request: HttpRequest, look: Look) -> str | None:
    ago = None if look.shown_at is None else clock.now() - look.shown_at
    seen = rules.Seen(
        roles=roles_of(request), state=State(look.state), said=look.answer, ends=queries.ends(look), ago=ago
    )
    return rules.why_not_say(
        Answer.MATCH, seen=seen, believed_for=queries.policy().believed_for.as_timedelta()
    )
