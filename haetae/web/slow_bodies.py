"""A form that comes in slowly holds its thread for a bounded time, and never so many that nobody else is served."""

import threading
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from haetae.web import errors
from haetae.web.api import answers
from haetae.web.api.body import LEFT_BEHIND, BrokenBodyError, SlowBodyError, read_within

# A megabyte, the most that is read, takes so long at 50 kB/s: a phone at the edge of its network.
PATIENCE_S: Final = 20.0
# Of the eight threads that a web process is started with (docs/running.md), so many wait that long; who comes then is
# read for a moment, in which an ordinary form is there.
PATIENT_MOST: Final = 4
SHORT_S: Final = 1.0


class SlowBodies:
    """Forms of people. What machines send is read by the views that take it, with their own bounds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._patient = threading.BoundedSemaphore(PATIENT_MOST)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = int(request.META.get("CONTENT_LENGTH") or 0)  # BodyLimit has looked at it
        if not length or request.path_info.startswith(answers.MACHINES):
            return self._get_response(request)
        try:
            body = self._read(request, length)
        except SlowBodyError as slow:
            request.META[LEFT_BEHIND] = slow.over
            return _not_read(request, status=408)
        except BrokenBodyError:
            return _not_read(request, status=400)
        request._body = body  # where Django keeps it once it has read it
        return self._get_response(request)

    def _read(self, request: HttpRequest, length: int) -> bytes:
        is_patient = self._patient.acquire(blocking=False)
        seconds = PATIENCE_S if is_patient else SHORT_S
        try:
            return read_within(request, length=length, seconds=seconds, when_left_behind_ends=lambda: None)
        finally:
            if is_patient:
                self._patient.release()


def _not_read(request: HttpRequest, *, status: int) -> HttpResponse:
    answer = errors.plain_page(request, status=status)
    answer["Connection"] = "close"
    return answer
