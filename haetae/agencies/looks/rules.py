"""Who may look at a published picture, what a look is good for, and why not. Pure: codes that the page words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from haetae.accounts.permissions import Permission, Role
from haetae.accounts.rules import why_not
from haetae.agencies.looks.states import MOVES, Answer, Reason, State, Step
from haetae.common.states import may_move


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Somebody wants to look. `left` is what is left of their budget today, for whatever they look.

    `reasons` are those that fit what they look for, and `waits` whether that still waits for somebody's word.
    `minor` is whether anything says that a minor is shown; `has_seen` that they have seen it blurred before.
    """

    roles: frozenset[Role]
    reason: str
    reasons: frozenset[Reason]
    step: str
    left: int
    minor: bool
    waits: bool
    has_seen: bool


def why_not_look(wish: Wish) -> str | None:
    """A code for what stands against it, or None."""
    problem = why_not_this_picture(roles=wish.roles, minor=wish.minor)
    if problem is not None:
        return problem
    if not wish.waits:
        return "nothing_to_judge"
    if wish.reason not in wish.reasons or wish.step not in set(Step):
        return "no_reason_to_look"
    if Step(wish.step) is Step.CLEARER and not wish.has_seen:
        return "blurred_first"
    return "looks_used_up" if wish.left < 1 else None


def why_not_this_picture(*, roles: Iterable[Role], minor: bool) -> str | None:
    """The same as far as it lies in who somebody is."""
    held = frozenset(roles)
    if why_not(Permission.LOOK_TAKE, roles=held) is not None:
        return "look_not_yours"
    if minor and why_not(Permission.LOOK_MINOR, roles=held) is not None:
        return "look_of_a_minor"
    return None


def why_not_show(state: State, *, begun_at: datetime, now: datetime, open_for: timedelta) -> str | None:
    """Whether a look that was allowed may be had now: once, and soon."""
    if not may_move(MOVES, state, State.TAKEN):
        return "look_used"
    return "look_lapsed" if now - begun_at > open_for else None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody has had of a look: how long `ago` it was shown, if it was, and what they said then.

    `ends` are the answers after which nothing more is said.
    """

    roles: frozenset[Role]
    state: State
    said: str
    ends: frozenset[Answer]
    ago: timedelta | None


def why_not_say(answer: Answer, *, seen: Seen, believed_for: timedelta) -> str | None:
    """Whether somebody may say this of a picture. To hand it on nobody has to have seen it."""
    if seen.said in seen.ends:
        return "said_already"
    if answer is Answer.HANDED_ON:
        return None
    if why_not(Permission.LOOK_TAKE, roles=seen.roles) is not None:
        return "look_not_yours"
    if seen.state is not State.SHOWN or seen.ago is None:
        return "not_seen"
    return "seen_too_long_ago" if seen.ago > believed_for else None


@dataclass(frozen=True, kw_only=True)
class Said:
    """How many officials said of pictures that surely are one known picture: it is the match, or: it is not."""

    match: int
    something_else: int


def may_rise(*, said: Said) -> bool:
    """Whether a known picture counts as checked by their word: more must say so than deny it."""
    return said.match > said.something_else
