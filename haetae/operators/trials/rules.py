"""How long a trial lasts, how often one may try, and why not. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LASTS: Final = timedelta(days=1)
COUNTED_OVER: Final = timedelta(hours=1)
TRIALS_MOST: Final = 20
TESTS_MOST: Final = 12
REPLAYS_MOST: Final = 12
ANSWERS_MOST: Final = 50  # to one trial


class Why(StrEnum):
    """Why something is not begun."""

    TOO_MANY = "too_many"  # within this hour
    NOT_YOURS = "not_yours"
    NOTHING_TO_SAY = "nothing_to_say"  # what the delivery was for is over
    NOTICE_UNFIT = "notice_unfit"  # this installation cannot write a notice that may go out


class Heard(StrEnum):
    """What became of an answer to a trial: the words that an answer to a request would have got."""

    TAKEN = "taken"
    SAID_ALREADY = "said_already"
    REPLAYED = "replayed"
    TOO_LATE = "too_late"


def ends_at(begun_at: datetime) -> datetime:
    return begun_at + LASTS


def why_not_again(count: int, *, most: int) -> Why | None:
    """`count` is how often it was done within COUNTED_OVER."""
    return Why.TOO_MANY if count >= most else None


def heard(*, is_known: bool, is_over: bool, word: str, newest: str | None) -> Heard:
    """`is_known`: a message of this number came before; `newest`: the word that stands."""
    if is_known:
        return Heard.REPLAYED
    if is_over:
        return Heard.TOO_LATE
    return Heard.SAID_ALREADY if word == newest else Heard.TAKEN
