"""Whether somebody may go on. While the table of limits is away people may, and machines may not."""

import hashlib
import logging
from typing import Final, TypeVar

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponseBase

from haetae.settings.limits import Limit
from haetae.web.limits.actions import give_back, retry_after, take
from haetae.web.limits.source import source_of

_WHOSE_CHARACTERS: Final = 32
_WAIT: Final = "haetae.wait_s"

_Answer = TypeVar("_Answer", bound=HttpResponseBase)

log = logging.getLogger(__name__)


def limit(name: str) -> Limit | None:
    """None where whoever runs this took it away."""
    found: Limit | None = settings.LIMITS.get(name)
    return found


def wait_for(name: str, *, whose: str = "", count: int = 1) -> float:
    """For people: 0.0 goes on, otherwise how many seconds to wait. Without the table everybody goes on."""
    known = limit(name)
    if known is None:
        return 0.0
    try:
        return take(key_of(name, whose), known, count=count).wait_s
    except Error:
        log.warning("limit_not_counted: %s", name)
        return 0.0


def wait_for_source(request: HttpRequest, name: str, *, count: int = 1) -> float:
    """Likewise for the network that it comes from; where that is not known nobody waits."""
    source = source_of(request) if limit(name) is not None else None
    return 0.0 if source is None else wait_for(name, whose=source, count=count)


def too_often(answer: _Answer, wait_s: float) -> _Answer:
    """The same page, answered as one that came too early: 429, and when it may come again."""
    answer.status_code = 429
    answer["Retry-After"] = retry_after(wait_s)
    return answer


def mark(request: HttpRequest, wait_s: float) -> None:
    """Where somebody else's code makes the page: the answer to this request comes too early by so much."""
    request.META.setdefault(_WAIT, wait_s)


def as_marked(request: HttpRequest, answer: _Answer) -> _Answer:
    return too_often(answer, request.META[_WAIT]) if _WAIT in request.META else answer


def not_counted(name: str, *, whose: str = "") -> None:
    """The attempt was a right one, or none at all: it is given back."""
    known = limit(name)
    if known is not None:
        try:
            give_back(key_of(name, whose), known)
        except Error:
            log.warning("limit_not_counted: %s", name)


def key_of(name: str, whose: str) -> str:
    """Never what somebody typed: a digest of it."""
    if not whose:
        return name
    return f"{name}:{hashlib.sha256(whose.encode()).hexdigest()[:_WHOSE_CHARACTERS]}"
