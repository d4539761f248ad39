"""Reads the few bytes of an answer: bounded in length, in time and in how many are read at once."""

from functools import partial
from typing import Final
from uuid import UUID

from django.http import HttpRequest, JsonResponse

from haetae.web.api import answers
from haetae.web.api.body import LEFT_BEHIND, BrokenBodyError, SlowBodyError, read_within
from haetae.web.api.operators.taking import LARGEST_BYTES
from haetae.web.api.places import Places

WITHIN_S: Final = 5.0
ANYBODY: Final = UUID(int=0)  # who signed it is known only after it has been read
# Strangers who send slowly keep nobody out who has a key.
_of_strangers: Final = Places(most=3, most_each=3)
_of_holders: Final = Places(most=3, most_each=2)


class BodyRefused(Exception):  # noqa: N818 - an answer on its way out
    def __init__(self, answer: JsonResponse) -> None:
        super().__init__(answer.status_code)
        self.answer = answers.unread(answer)


def body_of(request: HttpRequest, *, who: UUID) -> bytes:
    """The whole body; `who` holds the key that was shown, or is ANYBODY. Raises BodyRefused."""
    places = _of_strangers if who == ANYBODY else _of_holders
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_BYTES:
        words = f"An answer has at most {LARGEST_BYTES} bytes."
        raise BodyRefused(answers.refusal(status=413, code="too_large", field="body", message=words))
    if not places.enter(who):
        words = "Too many answers at once; this one was not read."
        raise BodyRefused(answers.unanswered(code="busy", message=words))
    leave = partial(places.leave, who)
    try:
        body = read_within(request, length=length, seconds=WITHIN_S, when_left_behind_ends=leave)
    except SlowBodyError as slow:
        request.META[LEFT_BEHIND] = slow.over
        words = f"The body did not arrive within {WITHIN_S:.0f} seconds. Send it again, faster."
        refused = answers.refusal(status=408, code="body_slow", field="body", message=words)
        raise BodyRefused(refused) from None
    except BrokenBodyError:
        leave()
        words = "The body ended before its announced length. Send it again."
        refused = answers.refusal(status=400, code="body_incomplete", field="body", message=words)
        raise BodyRefused(refused) from None
    leave()
    return body
