"""What the pages show of operations, applications, permits and acts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from haetae.agencies.investigation.undercover import queries, rules
from haetae.agencies.investigation.undercover.models import UndercoverApplication, UndercoverOperation
from haetae.agencies.investigation.undercover.states import Item, Paper, State, WhyEnded
from haetae.common import clock
from haetae.law.undercover import ActKind, Operation, Threshold, UndercoverRule
from haetae.web.words.language import in_korean
from haetae.web.words.times import moment
from haetae.web.words.undercover import (
    ACTS,
    DESKS,
    ITEMS,
    KINDS,
    PAPERS,
    STATES,
    THRESHOLDS,
    WHY_ENDED,
    acts_words,
)


def head(operation: UndercoverOperation) -> dict[str, Any]:
    """The kind, the state and the times, without a word that lies sealed."""
    now, shape_words = clock.now(), STATES[State(operation.state)]
    until = queries.permitted_until(operation) or operation.urgent_until
    return {
        "id": operation.pk,
        "kind": KINDS[Operation(operation.kind)],
        "shape": shape_words[0],
        "state": shape_words[1],
        "opened": moment(operation.opened_at, now=now),
        "began": moment(operation.began_at, now=now) if operation.began_at else None,
        "until": moment(until, now=now) if until and operation.ended_at is None else None,
        "ended": moment(operation.ended_at, now=now) if operation.ended_at else None,
        "why_ended": WHY_ENDED[WhyEnded(operation.why_ended)] if operation.why_ended else "",
        "is_urgent": operation.state == State.URGENT,
        "is_running": operation.state == State.RUNNING,
        "is_over": operation.state in {State.ENDED, State.NEVER_BEGUN},
        "is_ended": operation.state == State.ENDED,
        "is_waiting": operation.state == State.WAITING,
    }


def paper(application: UndercoverApplication, *, key: bytes) -> dict[str, Any]:
    """An application with its words."""
    now = clock.now()
    words = queries.words_of(application.words, key=key, about=application.pk)
    note = queries.words_of(application.note, key=key, about=application.pk)
    desk = rules.desk_of(Operation(application.operation.kind), Paper(application.state))
    return {
        "id": application.pk,
        "is_extension": application.number > 1,
        "state": PAPERS[Paper(application.state)],
        "next": DESKS[desk] if desk else "",
        "is_open": application.state in {Paper.APPLIED, Paper.PETITIONED, Paper.RETURNED},
        "is_returned": application.state == Paper.RETURNED,
        "by": application.applied_by.get_username(),
        "at": moment(application.applied_at, now=now),
        "until": moment(application.until, now=now),
        "acts": acts_words(application.acts),
        "words": words,
        "thresholds": [
            (THRESHOLDS[Threshold(one)], text) for one, text in words.get("thresholds", {}).items()
        ],
        "note": note.get("note", ""),
    }


def permits(operation: UndercoverOperation, *, key: bytes) -> Sequence[dict[str, Any]]:
    """What was permitted, the newest first, in words."""
    now, named = clock.now(), queries.items_in_words(operation, key=key)
    return [
        {
            "words": queries.words_of(one.words, key=key, about=one.pk),
            "acts": acts_words(one.acts),
            "items": [
                (ITEMS[item], [text for item_id, text in named[item] if str(item_id) in one.items])
                for item in Item
            ],
            "since": moment(one.valid_from, now=now),
            "until": moment(one.valid_until, now=now),
        }
        for one in reversed(queries.permits_of(operation))
    ]


def items(operation: UndercoverOperation, *, key: bytes) -> Sequence[tuple[str, Any, Any]]:
    """Of each kind: its code, its word, and (number, words) of each that the application names."""
    named = queries.items_in_words(operation, key=key)
    return [(item.value, ITEMS[item], named[item]) for item in Item]


def acts(kinds: Sequence[ActKind]) -> Sequence[tuple[str, Any]]:
    return [(kind.value, ACTS[kind]) for kind in kinds]


def law_words(rule: UndercoverRule) -> str:
    """What the law says, with the article."""
    words, cited = (rule.words_ko, rule.citation_ko) if in_korean() else (rule.words_en, rule.citation_en)
    return f"{words} ({cited})"


def last_whole_day(last: datetime) -> str:
    """The last day that ends before `last`, for a date field."""
    local = timezone.localtime(last)
    ends = local.replace(hour=23, minute=59, second=59, microsecond=0)
    return (local if ends <= local else local - timedelta(days=1)).date().isoformat()


def day_of(at: datetime) -> str:
    """The day of a moment, for a date field."""
    return timezone.localtime(at).date().isoformat()
