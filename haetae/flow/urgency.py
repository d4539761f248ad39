"""In which order people are asked to look: the one rule, and how it stands in a row. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Final

from haetae.detect.finding import ReasonCode

# Columns, the first first. One index for each queue has them in this order; the id settles what is otherwise the same.
ORDER: Final = ("law_ends_at", "rank", "opened_at", "id")
# Where no term of the law ends soon: a moment behind all others, because rows are compared and NULL compares with none.
NO_TERM: Final = datetime(9000, 1, 1, tzinfo=UTC)
_NO_MINOR, _RISK_STEP = 100, 10
_REPORTED, _WORDED, _NEITHER = range(3)


class Risk(IntEnum):
    """What speaks for it, as the policy has found it; the smaller number comes first."""

    MANY = 0  # about no single picture: something goes wrong for many
    CONFIRMED = 1  # known for sure
    MODELS_TOGETHER = 2  # one model says explicit, and another one altered or generated
    KNOWN_UNSURE = 3  # resembles a known picture, or nobody has checked that one
    ONE_MODEL = 4
    NOT_ASSESSED = 5  # nothing speaks for it but that somebody reported it, or no look came off
    MODELS_REST = 6  # models looked and found nothing, which clears nothing


_OF_REASONS: Final = {
    ReasonCode.KNOWN_CONFIRMED: Risk.CONFIRMED,
    ReasonCode.MODELS_AGREE: Risk.MODELS_TOGETHER,
    ReasonCode.MODELS_SUSPECT: Risk.MODELS_TOGETHER,
    ReasonCode.KNOWN_SELF_DECLARED: Risk.KNOWN_UNSURE,
    ReasonCode.KNOWN_DISPUTED: Risk.KNOWN_UNSURE,
    ReasonCode.KNOWN_UNCONFIRMED: Risk.KNOWN_UNSURE,
    ReasonCode.KNOWN_BENIGN_TOO: Risk.KNOWN_UNSURE,
    ReasonCode.MODEL_LEAD: Risk.ONE_MODEL,
    ReasonCode.MODEL_FAILED: Risk.NOT_ASSESSED,
    ReasonCode.MODEL_RESTS: Risk.MODELS_REST,
}


@dataclass(frozen=True, kw_only=True)
class Urgency:
    """Why something stands where it stands. `law_ends_at`: the end of a term of the law, where that is near or over."""

    law_ends_at: datetime | None = None
    minor: bool = False
    risk: Risk = Risk.NOT_ASSESSED
    reported: bool = False
    worded: bool = False  # words of an agency's watch list stood there, which speaks for nothing else

    @property
    def rank(self) -> int:
        """Everything but the term and the age as one number; the smaller comes first."""
        return (
            (0 if self.minor else _NO_MINOR)
            + self.risk * _RISK_STEP
            + (_REPORTED if self.reported else _WORDED if self.worded else _NEITHER)
        )


UNWEIGHED: Final = Urgency().rank


def urgency_of(*, law_ends_at: datetime, rank: int) -> Urgency:
    """Back from the columns of a row."""
    risk, told = divmod(rank % _NO_MINOR, _RISK_STEP)
    return Urgency(
        law_ends_at=None if law_ends_at == NO_TERM else law_ends_at,
        minor=rank < _NO_MINOR,
        risk=Risk(risk),
        reported=told == _REPORTED,
        worded=told == _WORDED,
    )


def risk_of(codes: Iterable[str]) -> Risk:
    """The highest risk that any reason of a verdict stands for; a code that is none of the policy's speaks for nothing.

    A picture in which one model found nothing and that is not otherwise assessed comes behind one that no model saw.
    """
    known = [_OF_REASONS[ReasonCode(code)] for code in codes if code in _OF_REASONS]
    return min(known, default=Risk.NOT_ASSESSED)
