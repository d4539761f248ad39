"""The card of a model: what it is, what it was measured to do, and what must be so before anybody loads it."""

import json
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from haetae.detect.classifying.calibration import log_odds, probability_of

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

    `fpr_upper` is the upper end of the one-sided 95 % interval after Clopper and Pearson. `tpr` is None where nobody
    measured what the model finds, because nobody may keep pictures to measure that with.
    """

    name: Literal["act", "review"]
    value: Share
    tpr: Share | None
    fpr: Share
    fpr_upper: Share
    real: Annotated[int, Field(ge=1)]
    fake: Annotated[int, Field(ge=0)]
    measured_on: Words
    cross_source: bool

    @model_validator(mode="after")
    def _found_of_something(self) -> "Threshold":
        if (self.tpr is None) != (self.fake == 0):
            raise ValueError("tpr must be null where fake is 0, and a share of so many pictures elsewhere")
        return self


class Report(_Part):
    """One set that the model was measured on; `witnesses`: clips and single pictures, over which chance is counted."""

    measured_on: Words
    cross_source: bool
    real: Annotated[int, Field(ge=1)]
    fake: Annotated[int, Field(ge=0)]
    witnesses: Annotated[int, Field(ge=1)] | None = None
    figures: dict[str, float | None]


class Runner(_Part):
    """A program of the operator's that looks at pictures in a process of its own; docs/decisions/0027 has the protocol.

    `program` is a file beside the card, of the card's sha256; `command` is what runs it, an absolute path and what
    follows. `identity` is what the program says of itself when it starts: versions and digests. Of the `classes` that
    it may name those in `counts` make a picture explicit: its score is the highest of these, `floor` where there is
    none. A picture may take `picture_s` seconds, the start `start_s`.
    """

    protocol: Literal[1]
    command: Annotated[tuple[Words, ...], Field(min_length=1, max_length=32)]
    program: Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$")]
    identity: Annotated[dict[str, Words], Field(min_length=1, max_length=16)]
    classes: Annotated[tuple[Words, ...], Field(min_length=1, max_length=1_000)]
    counts: Annotated[tuple[Words, ...], Field(min_length=1)]
    floor: Annotated[float, Field(ge=0, lt=1)]
    picture_s: Annotated[float, Field(gt=0, le=60)]
    start_s: Annotated[float, Field(gt=0, le=300)] = 60.0
    memory_bytes: Annotated[int, Field(ge=1 << 26, le=1 << 36)] = 1 << 32

    @model_validator(mode="after")
    def _fits_together(self) -> "Runner":
        if not self.command[0].startswith("/"):
            raise ValueError(
                "command must begin with an absolute path, so that no other program is run instead"
            )
        if unknown := sorted(set(self.counts) - set(self.classes)):
            raise ValueError(f"counts must be among classes, and {', '.join(unknown)} is not")
        return self


class ModelCard(_Part):
    """Everything that any `model-card.json` says."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,47}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    licence: Words
    research_only: bool
    task: Task
    calibration: Calibration | None = None
    thresholds: tuple[Threshold, ...] = ()
    training_data: Annotated[tuple[Words, ...], Field(min_length=1)]
    evaluation: Annotated[tuple[Report, ...], Field(min_length=1)]
    known_failures: Annotated[tuple[Words, ...], Field(min_length=1)]
    expires: date

    @model_validator(mode="after")
    def _thresholds_fit(self) -> "ModelCard":
        if len({threshold.name for threshold in self.thresholds}) < len(self.thresholds):
            raise ValueError("thresholds may name each of act and review once")
        if self.task is not Task.EXPLICIT and any(one.tpr is None for one in self.thresholds):
            raise ValueError(
                "thresholds must say what the model finds; only of an explicit one it may be unknown"
            )
        return self

    @property
    def title(self) -> str:
        """How a verdict names it."""
        return f"{self.name}-{self.version}"

    @property
    def knots(self) -> tuple[tuple[float, float], ...] | None:
        """From scores to probabilities; None where nobody measured what a score means."""
        return None if self.calibration is None else self.calibration.knots

    @property
    def file(self) -> str:
        """The name of the file beside the card that `sha256` is of."""
        return MODEL

    def threshold(self, name: str) -> Threshold | None:
        return next((one for one in self.thresholds if one.name == name), None)


class OnnxCard(ModelCard):
    """Of a model that this process runs."""

    input: Input
    output: Output

    @model_validator(mode="after")
    def _fits_together(self) -> "OnnxCard":
        finds = self.output.meaning.startswith("faces_")
        if finds != (self.task is Task.FACE_FINDER):
            raise ValueError(
                "output.meaning must be faces_by_cell or faces_by_stride for a face_finder, and no other"
            )
        if not finds and self.input.size_px is None:
            raise ValueError("input.size_px must say what square is shown to the model")
        if self.output.meaning == "logits" and self.output.column is None:
            raise ValueError("output.column must say which of the classes counts")
        return self


class ProgramCard(ModelCard):
    """Of a program that runs by itself and is shown whole pictures."""

    runner: Runner

    @model_validator(mode="after")
    def _is_of_explicitness(self) -> "ProgramCard":
        if self.task is not Task.EXPLICIT:
            raise ValueError("task must be explicit where a runner is named; other tasks take ONNX")
        if any(one.value <= self.of_nothing for one in self.thresholds):
            raise ValueError(
                "thresholds must lie above what runner.floor makes of a picture without anything"
            )
        return self

    @property
    def of_nothing(self) -> float:
        """The probability of a picture in which nothing that counts was named."""
        return probability_of(self.knots, log_odds(self.runner.floor))

    @property
    def file(self) -> str:
        return self.runner.program


class ProgramDraft(ProgramCard):
    """A card whose evaluation is still to be made: it can be measured and never used."""

    evaluation: tuple[Report, ...] = ()


def read_card(text: str, *, where: str, draft: bool = False) -> OnnxCard | ProgramCard:
    """Raises ModelRefusedError with the first thing that is wrong. `draft`: a program may lack its evaluation."""
    try:
        said = json.loads(text)
        if isinstance(said, dict) and "runner" in said:
            return (ProgramDraft if draft else ProgramCard).model_validate(said)
        return OnnxCard.model_validate(said)
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
