"""Forms that come in slowly, or never end, leave threads for everybody who only reads: helplines stay reachable.

The web server has no time limit for a body, and whoever has begun to read one cannot hang up (granian 2.8.7): the
thread is gone until the client goes. So some of the threads alone read bodies; beyond them a form is refused unread.
"""

import threading
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from haetae.web import errors
from haetae.web.api import answers
from haetae.web.api.body import LEFT_BEHIND, BrokenBodyError, SlowBodyError, read_within

# Of the eight threads that a web process is started with (docs/running.md).
READING_MOST: Final = 5
# So long somebody waits for one of them: an ordinary form is read in milliseconds.
TURN_WITHIN_S: Final = 1.0
# A megabyte, the most that is read, takes so long at 50 kB/s: a phone at the edge of its network.
BODY_WITHIN_S: Final = 20.0


class SlowBodies:
    """Forms of people. What machines send is read by the views that take it, with their own bounds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._places = threading.BoundedSemaphore(READING_MOST)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = int(request.META.get("CONTENT_LENGTH") or 0)  # BodyLimit has looked at it
        if not length or request.path_info.startswith(answers.MACHINES):
            return self._get_response(request)
        if not self._places.acquire(timeout=TURN_WITHIN_S):
            return _unread(errors.unavailable(request))
        leave = self._places.release
        try:
            body = read_within(request, length=length, seconds=BODY_WITHIN_S, when_left_behind_ends=leave)
        except SlowBodyError as slow:
            request.META[LEFT_BEHIND] = slow.over
            return _unread(errors.plain_page(request, status=408))
        except BrokenBodyError:
            leave()
            return _unread(errors.plain_page(request, status=400))
        leave()
        request._body = body  # where Django keeps it once it has read it
        return self._get_response(request)


def _unread(answer: HttpResponse) -> HttpResponse:
    """What follows on this connection cannot be understood."""
    answer["Connection"] = "close"
    return answer
