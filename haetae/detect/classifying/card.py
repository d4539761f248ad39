"""The card of a model: what it is, what it was measured to do, and what must be so before anybody loads it."""

import json
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

CARD: Final = "model-card.json"
MODEL: Final = "model.onnx"
KNOTS_MOST: Final = 32  # a person must be able to read them
Share = Annotated[float, Field(ge=0, le=1)]
Inside = Annotated[float, Field(gt=0, lt=1)]
Positive = Annotated[float, Field(gt=0)]
Words = Annotated[str, Field(min_length=1, max_length=2_000)]


class Task(StrEnum):
    """What a model is asked."""

    FACE_MANIPULATED = "face_manipulated"
    IMAGE_GENERATED = "image_generated"
    EXPLICIT = "explicit"
    FACE_FINDER = "face_finder"


class ModelRefusedError(Exception):
    """A model that is not loaded. `words` name what is wrong and the way out."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Input(_Part):
    """`size_px` is the side of the square that is shown; None: any size, both sides multiples of `multiple_of`.

    A finder of faces with a `size_px` is shown the whole picture at that size, black to the right or below.

    A level of 0 to 255 is shown as (level - mean) / scale, channel by channel. `crop_margin` is the side of the square
    around a face over the longer side of its box.
    """

    name: Words
    size_px: Annotated[int, Field(ge=16, le=2048)] | None = None
    multiple_of: Annotated[int, Field(ge=1, le=64)] = 1
    layout: Literal["NCHW", "NHWC"] = "NCHW"
    colour: Literal["RGB", "BGR"] = "RGB"
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    scale: tuple[Positive, Positive, Positive] = (1.0, 1.0, 1.0)
    crop_margin: Annotated[float, Field(ge=1, le=4)] = 1.3


class Output(_Part):
    """`meaning` says how the output is read; `column` is the class that counts, where there are several.

    `faces_by_cell`: logits and boxes of cells, as training/face_finder gives them. `faces_by_stride`: the twelve
    outputs of YuNet (class, object, box and points at strides 8, 16 and 32).
    """

    name: str = ""
    meaning: Literal["logit", "probability", "logits", "faces_by_cell", "faces_by_stride"]
    column: Annotated[int, Field(ge=0)] | None = None


class Calibration(_Part):
    """`knots` as classifying/calibration.py reads them; they hold where a share `fake_share` of all pictures is fake.

    `real` and `fake` are the items they were fitted on, `ece` their error on others, as evaluation measures it.
    """

    knots: Annotated[tuple[tuple[float, Inside], ...], Field(min_length=2, max_length=KNOTS_MOST)]
    fake_share: Inside
    real: Annotated[int, Field(ge=1)]
    fake: Annotated[int, Field(ge=1)]
    ece: Share | None
    measured_on: Words

    @model_validator(mode="after")
    def _rises(self) -> "Calibration":
        if any(after[0] <= before[0] or after[1] <= before[1] for before, after in pairwise(self.knots)):
            raise ValueError("each of the knots must lie above the one before, in score and in probability")
        return self


class Threshold(_Part):
    """A probability from which something follows, and how often it was right and wrong where that was measured.

    `fpr_upper` is the upper end of the one-sided 95 % interval after Clopper and Pearson.
    """

    name: Literal["act", "review"]
    value: Share
    tpr: Share
    fpr: Share
    fpr_upper: Share
    real: Annotated[int, Field(ge=1)]
    fake: Annotated[int, Field(ge=1)]
    measured_on: Words
    cross_source: bool


class Report(_Part):
    """One set that the model was measured on."""

    measured_on: Words
    cross_source: bool
    real: Annotated[int, Field(ge=1)]
    fake: Annotated[int, Field(ge=0)]
    figures: dict[str, float | None]


class ModelCard(_Part):
    """Everything that `model-card.json` says."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,47}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    licence: Words
    research_only: bool
    task: Task
    input: Input
    output: Output
    calibration: Calibration | None = None
    thresholds: tuple[Threshold, ...] = ()
    training_data: Annotated[tuple[Words, ...], Field(min_length=1)]
    evaluation: Annotated[tuple[Report, ...], Field(min_length=1)]
    known_failures: Annotated[tuple[Words, ...], Field(min_length=1)]
    expires: date

    @model_validator(mode="after")
    def _fits_together(self) -> "ModelCard":
        finds = self.output.meaning.startswith("faces_")
        if finds != (self.task is Task.FACE_FINDER):
            raise ValueError(
                "output.meaning must be faces_by_cell or faces_by_stride for a face_finder, and no other"
            )
        if not finds and self.input.size_px is None:
            raise ValueError("input.size_px must say what square is shown to the model")
        if self.output.meaning == "logits" and self.output.column is None:
            raise ValueError("output.column must say which of the classes counts")
        if len({threshold.name for threshold in self.thresholds}) < len(self.thresholds):
            raise ValueError("thresholds may name each of act and review once")
        return self

    @property
    def title(self) -> str:
        """How a verdict names it."""
        return f"{self.name}-{self.version}"

    @property
    def knots(self) -> tuple[tuple[float, float], ...] | None:
        """From scores to probabilities; None where nobody measured what a score means."""
        return None if self.calibration is None else self.calibration.knots

    def threshold(self, name: str) -> Threshold | None:
        return next((one for one in self.thresholds if one.name == name), None)


def read_card(text: str, *, where: str) -> ModelCard:
    """Raises ModelRefusedError with the first thing that is wrong, `where` in front."""
    try:
        return ModelCard.model_validate(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise ModelRefusedError(f"{where}: {_first(error)}") from error


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "it is no JSON object; write it as docs/detection.md shows."
    found = error.errors()[0]
    field = ".".join(str(part) for part in found["loc"])
    if found["type"] == "missing":
        return f"field '{field}' is missing; no model is loaded without it."
    said = str(found["msg"]).removeprefix("Value error, ")
    return f"field '{field}': {said}." if field else f"{said}."
