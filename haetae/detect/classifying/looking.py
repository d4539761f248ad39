"""What the models say of a file: asked after the hashes, in the order in which an answer can still change something.

A film or an animation is looked at in its sample of at most sixteen frames of a megapixel, eight faces each, however
long it is; `python -m bench.detect` times the dearest such sample.
"""

from collections.abc import Sequence
from typing import Final

from haetae.detect.acting import ACT, REST, REVIEW
from haetae.detect.classifying.assessing import Models, Said, pooled
from haetae.detect.classifying.boxes import FoundFace
from haetae.detect.classifying.card import ModelCard, Task
from haetae.detect.classifying.running import FAILED_LOOKS, Model, NotAssessed
from haetae.detect.classifying.tracks import Track, most_suspect, tracks_of
from haetae.detect.finding import Signal, SignalKind
from haetae.detect.opening.facts import ColourFrame, Undecodable
from haetae.detect.pool import OpenerPool

_ALTERED: Final = (Task.FACE_MANIPULATED, Task.IMAGE_GENERATED)
_SOUND: Final = "sound"


def model_signals(
    data: bytes, *, openers: OpenerPool, models: Models, reported: bool, leads: bool = False
) -> tuple[Signal, ...]:
    """One signal for each task. Empty where no answer could change what follows.

    Without a report only an explicit and altered picture could, so without a model for the former none is asked;
    `leads` asks all the same, for whoever wants the scores.
    """
    if not (reported or leads or models.of(Task.EXPLICIT)):
        return ()
    if not models.by_task:  # a picture is not opened once more for nobody
        return tuple(_not_assessed(task, NotAssessed.NO_MODEL) for task in (Task.EXPLICIT, *_ALTERED))
    try:
        frames = openers.colours(data)
    except Undecodable:
        return tuple(_not_assessed(task, NotAssessed.UNDECODABLE) for task in (Task.EXPLICIT, *_ALTERED))
    explicit = _of_task(frames, Task.EXPLICIT, models)
    signals = [explicit]
    if reported or leads or explicit.facts.get("level") in {ACT, REVIEW}:
        signals += [_of_task(frames, task, models) for task in _ALTERED]
    if frames[0].at_ms is not None:
        signals.append(_not_assessed(_SOUND, NotAssessed.NO_MODEL))
    return tuple(signals)


def _of_task(frames: Sequence[ColourFrame], task: Task, models: Models) -> Signal:
    card = models.card(task)
    if card is None:
        return _not_assessed(task, NotAssessed.NO_MODEL)
    if task is Task.FACE_MANIPULATED and len(frames) > 1:
        return _of_faces(frames, card, models)
    said = [models.assess(task, frame.pixels) for frame in frames]
    scores = [one.probability for one in said if isinstance(one, Said)]
    if not scores:
        return _not_assessed(task, next(one for one in said if isinstance(one, NotAssessed)), card=card)
    signal = _said(
        card, pooled(scores), frames=[n for n, one in enumerate(said) if isinstance(one, Said)], of=frames
    )
    failed = next((one for one in said if isinstance(one, NotAssessed) and one in FAILED_LOOKS), None)
    if failed is not None and signal.facts["level"] == REST:
        return _not_assessed(task, failed, card=card)  # nothing was found in what could be looked at
    return signal


def _of_faces(frames: Sequence[ColourFrame], card: ModelCard, models: Models) -> Signal:
    """Each face by itself over the frames in which it is seen."""
    model = models.of(card.task)
    assert isinstance(model, Model)  # faces are for no program of its own
    seen: list[list[tuple[FoundFace, float]]] = []
    reasons: list[NotAssessed] = []
    for frame in frames:
        faces = models.faces(frame.pixels)
        if isinstance(faces, NotAssessed):
            reasons.append(faces)
            seen.append([])
            continue
        said = models.face_probabilities(model, frame.pixels, faces)
        reasons += [one for one in said if isinstance(one, NotAssessed)]
        seen.append([(face, one) for face, one in zip(faces, said, strict=True) if isinstance(one, float)])
    track = most_suspect(tracks_of(seen))
    if track is None:
        return _not_assessed(card.task, reasons[0], card=card)
    return _said(card, track.score, frames=_most_telling(track), of=frames)


def _most_telling(track: Track) -> list[int]:
    """The frames in which the face looks most altered, in order of time, at most five."""
    by_score = sorted(zip(track.probabilities, track.frames, strict=True), reverse=True)[:5]
    return sorted(frame for _, frame in by_score)


def _said(card: ModelCard, probability: float, *, frames: Sequence[int], of: Sequence[ColourFrame]) -> Signal:
    limit = next(
        (found for name in (ACT, REVIEW) if (found := card.threshold(name)) and probability >= found.value),
        None,
    )
    facts: dict[str, str | int | bool] = {
        "task": card.task,
        "model": card.title,
        "probability": f"{probability:.3f}",
        "level": REST if limit is None else limit.name,
        "frames": len(of),
    }
    stated = limit or card.threshold(REVIEW) or card.threshold(ACT)
    if stated is not None:
        facts |= {
            "threshold": f"{stated.value:.3f}",
            "finds": "unknown" if stated.tpr is None else f"{stated.tpr:.3f}",
            "wrongly": f"{stated.fpr:.4f}",
            "fpr_upper": f"{stated.fpr_upper:.5f}",
            "measured_on": stated.measured_on,
            "cross_source": stated.cross_source,
        }
    facts |= _bound(card)
    moments = [moment for place in frames if (moment := of[place].at_ms) is not None]
    if moments:
        facts["moments_ms"] = ", ".join(str(moment) for moment in moments[:5])
    return Signal(kind=SignalKind.MODEL_SAID, facts=facts)


def _not_assessed(task: str, why: NotAssessed, *, card: ModelCard | None = None) -> Signal:
    facts: dict[str, str | int | bool] = {"task": str(task), "why": why.value}
    return Signal(kind=SignalKind.NOT_ASSESSED, facts=facts | _bound(card))


def _bound(card: ModelCard | None) -> dict[str, str | int | bool]:
    """How often the model wrongly says what acts, at most: what it was asked and found nothing in counts too."""
    limit = None if card is None else card.threshold(ACT)
    return {} if limit is None else {"act_fpr_upper": f"{limit.fpr_upper:.6f}"}
