"""Machines leave room: whatever they ask, and however often, people who report find a free thread."""

import threading
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

from haetae.web.api import answers

# Of the eight threads that a web process is started with (docs/running.md), so many answer machines at most.
MACHINES_MOST: Final = 6


class RoomForPeople:
    """Beyond MACHINES_MOST at once a machine is told to come back, before its body is read.

    It takes no thread while it waits, so a report is never behind more than these refusals.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._room = threading.BoundedSemaphore(MACHINES_MOST)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(answers.MACHINES):
            return self._get_response(request)
        if not self._room.acquire(blocking=False):
            return answers.unread(
                answers.unanswered(code="busy", message="Too many questions at once; this one was not read.")
            )
        try:
            return self._get_response(request)
        finally:
            self._room.release()
