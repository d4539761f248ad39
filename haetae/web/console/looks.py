"""Looking at a published picture, in words: what is offered on a task, and the page of one look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from haetae.accounts.permissions import Permission
from haetae.agencies.looks import queries, rules
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.states import ENDS_THE_TASK, Answer, Reason, State, Step
from haetae.common import clock
from haetae.flow.overview.minors import said_to_be_a_minor
from haetae.flow.tasks.models import Task
from haetae.web.console.rights import may, official_of, roles_of
from haetae.web.words.codes import code_words
from haetae.web.words.looks import ANSWERS, REASONS, STATES, STEPS
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
    """`why_not` where this person may not look. `unsaid` is a look after which they have not said what it is."""

    budget: Budget
    why_not: str
    reasons: Sequence[Option]
    unsaid: UUID | None


@dataclass(frozen=True, kw_only=True)
class LookShown:
    """`is_open`: the picture may be fetched now. `may_say`: they may say what it is; `may_look_clearer` as it says."""

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
        budget=shown,
        why_not=refusal_words(why_not) if why_not else "",
        reasons=[Option(value=reason, words=str(words)) for reason, words in REASONS.items()],
        unsaid=newest.pk if newest is not None and _why_not_say(request, newest) is None else None,
    )


def budget(official_id: UUID) -> Budget:
    return Budget(left=queries.left_today(official_id), most=queries.policy().per_official_a_day)


def look_shown(request: HttpRequest, look: Look, *, now: datetime) -> LookShown:
    """The page of one look, for whoever took it."""
    left = budget(look.official_id)
    waits = look.task.state == "waiting"
    return LookShown(
        look_id=look.pk,
        title=str(STEPS[Step(look.step)]),
        reason=str(REASONS[Reason(look.reason)]),
        is_open=_is_open(look, now=now),
        is_clearer=look.step == Step.CLEARER,
        state=str(STATES[State(look.state)]),
        why_nothing=code_words(look.failure) if look.failure else "",
        since=moment(look.begun_at, now=now),
        answer=str(ANSWERS[Answer(look.answer)][0]) if look.answer else "",
        answers=[
            Option(value=answer, words=str(words), follows=str(follows))
            for answer, (words, follows) in ANSWERS.items()
            if answer in ENDS_THE_TASK
        ],
        may_say=waits and (_is_open(look, now=now) or _why_not_say(request, look) is None),
        may_look_clearer=waits and look.step == Step.BLURRED and left.left > 0,
        reason_code=look.reason,
        budget=left,
    )


def _is_open(look: Look, *, now: datetime) -> bool:
    open_for = queries.policy().open_for.as_timedelta()
    return rules.why_not_show(State(look.state), begun_at=look.begun_at, now=now, open_for=open_for) is None


def _why_not_say(request: HttpRequest, look: Look) -> str | None:
    ago = None if look.shown_at is None else clock.now() - look.shown_at
    seen = rules.Seen(roles=roles_of(request), state=State(look.state), said=look.answer, ago=ago)
    return rules.why_not_say(
        Answer.MATCH, seen=seen, believed_for=queries.policy().believed_for.as_timedelta()
    )
