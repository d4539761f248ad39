"""Taking in the bytes of a picture: a bounded number at once, within a bounded time, for every address that does."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final
from uuid import UUID

from django.http import HttpRequest, JsonResponse

from haetae.web.api import answers
from haetae.web.api.body import LEFT_BEHIND, BrokenBodyError, SlowBodyError, read_within
from haetae.web.api.places import Places

BODY_WITHIN_S: Final = 5.0
# Fewer than the threads of the web server, so that pages are answered whatever platforms do.
places: Final = Places(most=6, most_each=4)


class NotTakenError(Exception):
    """The bytes were not taken in; `answer` says why. `ours`: it was for us to answer, and we could not."""

    def __init__(self, answer: JsonResponse, *, ours: bool) -> None:
        super().__init__(answer.status_code)
        self.answer = answers.unread(answer) if ours or answer.status_code == 408 else answer
        self.ours = ours


@contextmanager
def taken(request: HttpRequest, *, who: UUID) -> Iterator[bytes]:
    """The body while a place is held for it. Raises NotTakenError."""
    if not places.enter(who):
        raise NotTakenError(busy(), ours=True)
    leave = partial(places.leave, who)
    length = int(request.META["CONTENT_LENGTH"])
    try:
        data = read_within(request, length=length, seconds=BODY_WITHIN_S, when_left_behind_ends=leave)
    except SlowBodyError as slow:
        request.META[LEFT_BEHIND] = slow.over
        raise NotTakenError(_slow_body(), ours=False) from None
    except BrokenBodyError:
        leave()
        raise NotTakenError(_broken_body(), ours=False) from None
    try:
        yield data
    finally:
        leave()


def busy() -> JsonResponse:
    """All places or openers are taken."""
    return answers.unanswered(
        code="busy", message="Too many uploads are being checked now. Ask again shortly."
    )


def no_opener() -> JsonResponse:
    """Nothing can be said about any file."""
    return answers.unanswered(
        code="no_opener", message="The check cannot be made now: no opener of pictures could be started."
    )


def _slow_body() -> JsonResponse:
    words = f"The body did not arrive within {BODY_WITHIN_S:.0f} seconds. Send it again, faster."
    return answers.refusal(status=408, code="body_slow", field="body", message=words)


def _broken_body() -> JsonResponse:
    words = "The body ended before its announced length. Send it again."
    return answers.refusal(status=400, code="body_incomplete", field="body", message=words)
