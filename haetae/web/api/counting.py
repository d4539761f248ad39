"""Counts what was answered, in memory, until the pulse writes it down: a plain answer must not cost a write."""

import hashlib
import threading
from collections import Counter
from typing import Final
from uuid import UUID

from django.utils import timezone

from haetae.common import clock
from haetae.flow.arrival.rules import CountKey
from haetae.flow.arrival.states import Outcome

_lock: Final = threading.Lock()
_counts: Final[Counter[CountKey]] = Counter()
_token_digests: Final[dict[UUID, str]] = {}


def count(operator_id: UUID, outcome: Outcome) -> None:
    """One more answer."""
    day = timezone.localdate(clock.now())
    with _lock:
        _counts[operator_id, day, outcome] += 1


def take() -> Counter[CountKey]:
    """What was counted since the last time; whoever takes it writes it down or gives it back."""
    with _lock:
        taken = _counts.copy()
        _counts.clear()
    return taken


def give_back(taken: Counter[CountKey]) -> None:
    """It could not be written down."""
    with _lock:
        _counts.update(taken)


def remember(operator_id: UUID, token: str) -> None:
    """Whose token this was when the database last said so."""
    _token_digests[operator_id] = _digest(token)


def count_unanswered(token: str) -> None:
    """The database is away, so nobody can tell whose token it is; whoever held it last is counted, nobody else."""
    digest = _digest(token)
    for operator_id, known in list(_token_digests.items()):
        if known == digest:
            count(operator_id, Outcome.UNANSWERED)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
