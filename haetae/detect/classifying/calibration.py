"""From a model's score to a probability that was measured, and never further out than the measurement reaches."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

KNOTS_MOST: Final = 32  # a person must be able to read them
LOG_ODDS_MOST: Final = 13.8  # one in a million: where a score of a model without calibration is cut off
Inside = Annotated[float, Field(gt=0, lt=1)]


class Calibration(BaseModel):
    """`knots` are pairs of a score, in log-odds as the model gives it, and the probability that was measured there.

    Between two knots the log-odds of the probability lie on a straight line, beyond the outer ones they stay: the
    sample says nothing about what is more extreme. The probability holds where a share `fake_share` of all pictures is
    fake. `real` and `fake` are the items it was fitted on; `ece` is its error on others, as evaluation measures it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    knots: Annotated[tuple[tuple[float, Inside], ...], Field(min_length=2, max_length=KNOTS_MOST)]
    fake_share: Inside
    real: Annotated[int, Field(ge=1)]
    fake: Annotated[int, Field(ge=1)]
    ece: Annotated[float, Field(ge=0, le=1)] | None
    measured_on: Annotated[str, Field(min_length=1, max_length=2_000)]

    @model_validator(mode="after")
    def _rises(self) -> "Calibration":
        if any(after[0] <= before[0] or after[1] <= before[1] for before, after in pairwise(self.knots)):
            raise ValueError("each of the knots must lie above the one before, in score and in probability")
        return self

    def probabilities(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of scores that are numbers."""
        at, probability = np.array(self.knots).T
        return sigmoid(np.interp(scores, at, np.log(probability / (1 - probability))))

    @property
    def range(self) -> tuple[float, float]:
        """The scores between which it tells one from another."""
        return self.knots[0][0], self.knots[-1][0]


def probabilities_of(calibration: Calibration | None, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without a calibration a score is taken at its word; what says it must also say that nobody measured it."""
    if calibration is None:
        return sigmoid(np.clip(scores, -LOG_ODDS_MOST, LOG_ODDS_MOST))
    return calibration.probabilities(scores)


def probability_of(calibration: Calibration | None, score: float) -> float:
    return float(probabilities_of(calibration, np.array([score]))[0])


def pooled(scores: Sequence[float], calibration: Calibration | None) -> float:
    """Several looks at the same thing as one score: their mean, none further out than anything was measured.

    So no single sure one outweighs all.
    """
    low, high = (-LOG_ODDS_MOST, LOG_ODDS_MOST) if calibration is None else calibration.range
    return float(np.clip(scores, low, high).mean())


def sigmoid(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
