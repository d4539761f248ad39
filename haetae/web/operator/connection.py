"""How we reach this operator, how that goes, and what came in from it: its own log, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.delivery.models import Attempt, Breaker
from haetae.flow.delivery.states import Gate, Kind
from haetae.flow.overview.desk.connection import SHOWN, connection_of
from haetae.operators.trials.models import Trial, WayTest
from haetae.operators.trials.queries import recent, recent_tests
from haetae.web.access import needs
from haetae.web.operator.one import answered
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import may
from haetae.web.words.answers import way_words, word_words
from haetae.web.words.clocks import to_the_second
from haetae.web.words.codes import code_words
from haetae.web.words.desk import connector_words, kind_words
from haetae.web.words.times import moment
from haetae.web.words.trials import trial_words


@dataclass(frozen=True, kw_only=True)
class Try:
    """One attempt to reach the operator; `code` as its own log may name it. `request_id` is None for a block."""

    at: str
    machine: str
    kind: str
    number: int
    words: str
    code: str
    may_have_arrived: bool
    failed: bool
    delivery_id: UUID
    request_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Health:
    words: str
    is_bad: bool
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class TrialShown:
    """One trial request; `notice` is what went out, and `answers` what came in to it."""

    at: str
    number: str
    words: str
    failure: str
    answers: Sequence[str]
    notice: str


@dataclass(frozen=True, kw_only=True)
class TestShown:
    """`checks` are what was tried, each with what came of it and whether that is good; `runs` while it goes on."""

    at: str
    runs: bool
    checks: Sequence[tuple[str, bool]]


@needs(Permission.REQUEST_READ)
@require_safe
def connection(request: HttpRequest) -> HttpResponse:
    """The page of the connection."""
    return connection_page(request)


def connection_page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """With why something that was pressed did not happen, if so."""
    operator, now = operator_of_request(request), clock.now()
    found = connection_of(operator.pk)
    shown: dict[str, Any] = {
        "how": connector_words(operator.connector),
        "facts": [(name, value) for name, value in _facts(operator) if value],
        "health": _health(found.breaker, waiting=found.waiting, zone=operator.zone, now=now),
        "tries": [_try(attempt, zone=operator.zone) for attempt in found.attempts],
        "came_in": [answered(row, now=now) for row in found.came_in],
        "trials": [_trial(one, zone=operator.zone) for one in recent(operator)],
        "tests": [_test(one, zone=operator.zone) for one in recent_tests(operator)],
        "most": SHOWN,
        "problem": problem,
        "may_manage": may(request, Permission.OPERATOR_MANAGE),
    }
    return render(request, "operator/connection.html", shown, status=status)


def _facts(operator: Operator) -> Sequence[tuple[str, str]]:
    return (
        (_("Public address"), operator.origin),
        (_("Address of your system"), operator.endpoint),
        (_("Mailbox of your desk"), operator.mailbox),
        (_("Time zone"), operator.zone),
    )


def _health(breaker: Breaker | None, *, waiting: int, zone: str, now: datetime) -> Health:
    gate = Gate(breaker.gate) if breaker else Gate.CLOSED
    facts = [(_("Waiting to be sent"), str(waiting))] if waiting else []
    if breaker is not None and (breaker.failures or gate is not Gate.CLOSED):
        facts += [
            (_("Failures in a row"), str(breaker.failures)),
            (_("Last failure"), code_words(breaker.last_failure)),
            (_("Since"), moment(breaker.changed_at, now=now).relative),
        ]
    if gate is Gate.CLOSED:
        return Health(words=_("We send to you as usual."), is_bad=False, facts=facts)
    if gate is Gate.OPEN and breaker is not None and breaker.trial_at is not None:
        facts.append((_("Next try"), to_the_second(breaker.trial_at, zone=zone)))
    words = _("You failed several times in a row, so we pause, and then try with one request.")
    return Health(words=words, is_bad=True, facts=facts)


def _try(attempt: Attempt, *, zone: str) -> Try:
    worked = attempt.outcome.startswith("answered_")
    words = code_words(attempt.outcome) if attempt.outcome else _("under way, or broken off")
    is_request = attempt.delivery.kind == Kind.DELETE
    return Try(
        at=to_the_second(attempt.begun_at, zone=zone),
        machine=attempt.begun_at.isoformat(),
        kind=kind_words(attempt.delivery.kind),
        number=attempt.number,
        words=words,
        code=attempt.outcome,
        may_have_arrived=attempt.may_have_arrived and not worked,
        failed=bool(attempt.outcome) and not worked,
        delivery_id=attempt.delivery_id,
        request_id=attempt.delivery.subject_id if is_request else None,
    )


def _trial(trial: Trial, *, zone: str) -> TrialShown:
    answers = [f"{word_words(one.word)} · {way_words(one.way)}" for one in trial.answers.all()]
    return TrialShown(
        at=to_the_second(trial.begun_at, zone=zone),
        number=str(trial.key),
        words=trial_words(trial.state),
        failure=code_words(trial.code),
        answers=answers,
        notice=trial.notice_text,
    )


def _test(test: WayTest, *, zone: str) -> TestShown:
    """The words of a check are its connector's own, in English, as they stand in its log."""
    checks = [(str(one["words"]), bool(one["passed"])) for one in test.checks]
    return TestShown(at=to_the_second(test.begun_at, zone=zone), runs=test.ended_at is None, checks=checks)
