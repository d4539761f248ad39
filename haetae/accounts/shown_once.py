"""A secret is shown in the answer to the form that made it: a double click is that answer still, next week is not."""

from datetime import datetime, timedelta
from typing import Final

_A_MOMENT: Final = timedelta(minutes=1)


class ShownAlreadyError(Exception):
    """It was made by this form, and the moment of showing it is over."""


def may_be_shown_again(made_at: datetime, *, now: datetime) -> bool:
    return now - made_at < _A_MOMENT
