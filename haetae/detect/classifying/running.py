"""One loaded model: squares of pixels in, scores out, or the reason why there is none."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from haetae.detect.classifying.card import Input, ModelRefusedError, OnnxCard, Task
from haetae.detect.classifying.one_file import check_one_file

Pixels = NDArray[np.uint8]
BATCH_MOST: Final = 32  # squares shown at once; more are shown one batch after the other
_ROUNDING: Final = 1e-4  # by which a probability may lie beyond 0 or 1


class NotAssessed(StrEnum):
    """Why a model said nothing. None of these is a low score."""

    NO_MODEL = "no_model"
    MODEL_REFUSED = "model_refused"
    NO_FINDER = "no_finder"
    NO_FACE = "no_face"
    FACE_TOO_SMALL = "face_too_small"
    FACE_TOO_SMOOTH = "face_too_smooth"
    TOO_SMALL = "too_small"
    TOO_PLAIN = "too_plain"
    MODEL_FAILED = "model_failed"
    NO_NUMBER = "no_number"
    PROGRAM_NOT_STARTED = "program_not_started"
    PROGRAM_LATE = "program_late"
    PROGRAM_ENDED = "program_ended"
    PROGRAM_NONSENSE = "program_nonsense"
    UNDECODABLE = "undecodable"


# A look was meant and failed. The others mean that there was nothing to look at, or nothing to look with.
FAILED_LOOKS: Final = frozenset(
    {
        NotAssessed.MODEL_FAILED,
        NotAssessed.NO_NUMBER,
        NotAssessed.PROGRAM_NOT_STARTED,
        NotAssessed.PROGRAM_LATE,
        NotAssessed.PROGRAM_ENDED,
        NotAssessed.PROGRAM_NONSENSE,
        NotAssessed.UNDECODABLE,
    }
)


class Model:
    """Loaded from bytes whose digest was checked. Runs on one thread: several processes already work at once."""

    def __init__(self, card: OnnxCard, data: bytes, *, folder: Path | None = None) -> None:
        """Raises ModelRefusedError where the runtime cannot load it or it is not what its card says."""
        self.card: Final = card
        self.folder: Final = folder
        check_one_file(data, title=card.title)
        self._session: Final = _session(data, title=card.title)
        self._output: Final = _checked(self._session, card)
        at_once = self._session.get_inputs()[0].shape[0]
        self._fixed: Final = at_once if isinstance(at_once, int) and at_once > 0 else None

    def raw(self, batch: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """All outputs for what shown() made. Raises whatever the runtime raises."""
        return [np.asarray(out) for out in self._answers(None, batch)]

    def scores(self, squares: Sequence[Pixels]) -> list[float | NotAssessed]:
        """Log-odds before any calibration, one for each square of (size, size, 3) levels, red first."""
        said: list[float | NotAssessed] = []
        at_once = self._fixed or BATCH_MOST
        for at in range(0, len(squares), at_once):
            part = squares[at : at + at_once]
            said += self._said(np.stack([shown(square, self.card.input) for square in part]))
        return said

    def _answers(self, names: list[str] | None, batch: NDArray[np.float32]) -> list[Any]:
        """A model that takes a fixed number of pictures is shown the last one again until they are so many."""
        missing = 0 if self._fixed is None else self._fixed - len(batch)
        if missing:
            batch = np.concatenate([batch, np.repeat(batch[-1:], missing, axis=0)])
        answers = self._session.run(names, {self.card.input.name: batch})
        return [out[: len(batch) - missing] for out in answers] if missing else list(answers)

    def _said(self, batch: NDArray[np.float32]) -> list[float | NotAssessed]:
        try:
            answer = self._answers([self._output], batch)[0]
            logits = _logits(np.asarray(answer, dtype=np.float64), self.card)
        except Exception:  # whatever a runtime raises over a model that an operator brought
            return [NotAssessed.MODEL_FAILED] * len(batch)
        if logits.shape != (len(batch),):
            return [NotAssessed.MODEL_FAILED] * len(batch)
        return [float(one) if np.isfinite(one) else NotAssessed.NO_NUMBER for one in logits]


def shown(square: Pixels, how: Input) -> NDArray[np.float32]:
    """One picture as the model wants it: (3, H, W) or (H, W, 3)."""
    levels = square[:, :, ::-1] if how.colour == "BGR" else square
    mean, scale = (np.array(part, dtype=np.float32) for part in (how.mean, how.scale))
    scaled = (levels.astype(np.float32) - mean) / scale
    return np.ascontiguousarray(scaled.transpose(2, 0, 1) if how.layout == "NCHW" else scaled, np.float32)


def _session(data: bytes, *, title: str) -> Any:
    import onnxruntime  # noqa: PLC0415 - a second that only whoever asks a model should wait

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.add_session_config_entry("session.use_ort_model_bytes_directly", "0")
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        words = f"{title}: the runtime cannot load model.onnx; export it anew, as one file of ONNX without outer data."
        raise ModelRefusedError(words) from error


def _checked(session: Any, card: OnnxCard) -> str:
    """The name of the output that counts."""
    inputs = {one.name: one for one in session.get_inputs()}
    if list(inputs) != [card.input.name]:
        raise ModelRefusedError(
            f"{card.title}: field 'input.name': the model asks for {', '.join(inputs) or 'nothing'}."
        )
    one = inputs[card.input.name]
    sides = (0, 2, 3, 1) if card.input.layout == "NCHW" else (0, 1, 2, 3)
    wanted = (None, card.input.size_px, card.input.size_px, 3)
    fits = len(one.shape) == 4 and all(
        not isinstance(one.shape[side], int) or one.shape[side] == size
        for side, size in list(zip(sides, wanted, strict=True))[1:]
    )
    if one.type != "tensor(float)" or not fits:
        raise ModelRefusedError(
            f"{card.title}: field 'input': the model takes {one.type} of shape {one.shape}, its card says otherwise."
        )
    outputs = [out.name for out in session.get_outputs()]
    if card.output.name and card.output.name not in outputs:
        raise ModelRefusedError(f"{card.title}: field 'output.name': the model gives {', '.join(outputs)}.")
    if not card.output.name and len(outputs) > 1 and card.task is not Task.FACE_FINDER:
        raise ModelRefusedError(
            f"{card.title}: field 'output.name': the model gives {', '.join(outputs)}; say which of them counts."
        )
    return card.output.name or str(outputs[0])


def _logits(answer: NDArray[np.float64], card: OnnxCard) -> NDArray[np.float64]:
    """(n,) whatever the model calls its answer; not finite where that is no number, or no probability as announced."""
    column = card.output.column
    if card.output.meaning == "logits":
        assert column is not None  # a card without it is refused
        wanted = answer[:, column]
        others = np.delete(answer, column, axis=1)
        most = others.max(axis=1, keepdims=True)
        return np.asarray(wanted - (most + np.log(np.exp(others - most).sum(axis=1, keepdims=True)))[:, 0])
    flat = answer[:, column] if column is not None else answer.reshape(len(answer), -1)[:, 0]
    if column is None and answer.size != len(answer):
        raise ValueError("several answers for one picture, and the card names no column")
    if card.output.meaning == "probability":
        inside = np.clip(flat, 1e-7, 1 - 1e-7)
        is_one = (flat >= -_ROUNDING) & (flat <= 1 + _ROUNDING)
        return np.where(is_one, np.log(inside / (1 - inside)), np.nan)
    return flat
