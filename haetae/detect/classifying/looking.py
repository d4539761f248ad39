"""What the models say of a file: asked after the hashes, in the order in which an answer can still change something.

A film or an animation is looked at in its sample of at most sixteen frames of a megapixel, eight faces each, however
long it is; `python -m bench.detect` times the dearest such sample.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from haetae.detect.acting import ACT, REST, REVIEW
from haetae.detect.classifying.assessing import Models, Said, weightiest, worth_asking
from haetae.detect.classifying.boxes import FoundFace
from haetae.detect.classifying.calibration import pooled, probability_of
from haetae.detect.classifying.card import ModelCard, Task
from haetae.detect.classifying.running import FAILED_LOOKS, Model, NotAssessed
from haetae.detect.classifying.tracks import Track, most_suspect, tracks_of
from haetae.detect.finding import Signal, SignalKind
from haetae.detect.opening.facts import ColourFrame, Undecodable
from haetae.detect.pool import OpenerPool

_ALTERED: Final = (Task.FACE_MANIPULATED, Task.IMAGE_GENERATED)
_SOUND: Final = "sound"


def model_signals(
    data: bytes,
    *,
    openers: OpenerPool,
    models: Models,
    reported: bool,
    leads: bool = False,
    size_px: tuple[int, int] | None = None,
) -> tuple[Signal, ...]:
    """One signal for each task, and one more where its model gave no answer about a part. Empty where no answer counts.

    Without a report only an explicit and altered picture could, so without a model for the former none is asked;
    `leads` asks all the same, for whoever wants the scores. `size_px` is the width and height of the file's picture.
    """
    if not (reported or leads or models.of(Task.EXPLICIT)):
        return ()
    if not models.by_task:  # a picture is not opened once more for nobody
        return tuple(_not_assessed(task, models.why_none(task)) for task in (Task.EXPLICIT, *_ALTERED))
    try:
        frames = openers.colours(data)
    except Undecodable:
        return tuple(_unopened(task, models) for task in (Task.EXPLICIT, *_ALTERED))
    signals = _of_task(frames, Task.EXPLICIT, models)
    explicit = any(one.facts.get("level") in {ACT, REVIEW} for one in signals)
    if reported or leads or explicit:
        signals += [one for task in _ALTERED for one in _of_task(frames, task, models)]
    if frames[0].at_ms is not None:
        signals.append(_not_assessed(_SOUND, NotAssessed.NO_MODEL))
    return tuple(_with_size(one, frames, size_px=size_px) for one in signals)


def _unopened(task: Task, models: Models) -> Signal:
    """In colours; that a model is missing was known before."""
    card = models.card(task)
    return _not_assessed(task, models.why_none(task) if card is None else NotAssessed.UNDECODABLE, card=card)


def _of_task(frames: Sequence[ColourFrame], task: Task, models: Models) -> list[Signal]:
    card = models.card(task)
    if card is None:
        return [_not_assessed(task, models.why_none(task))]
    if task is Task.FACE_MANIPULATED and len(frames) > 1:
        return _of_faces(frames, card, models)
    said = [models.assess(task, frame.pixels) for frame in frames]
    scored = [one for one in said if isinstance(one, Said)]
    silent = [one for one in said if isinstance(one, NotAssessed)]
    silent += [one.failed for one in scored if one.failed is not None]
    if not scored:
        return [_not_assessed(task, weightiest(silent), card=card)]
    places = [n for n, one in enumerate(said) if isinstance(one, Said)]
    faces = {"faces": scored[0].found or 0, "faces_asked": scored[0].asked or 0} if scored[0].found else {}
    score = pooled([one.score for one in scored], card.knots) if len(scored) > 1 else scored[0].score
    return [_said(card, score, frames=places, of=frames, faces=faces), *_failed(card, silent)]


def _of_faces(frames: Sequence[ColourFrame], card: ModelCard, models: Models) -> list[Signal]:
    """Each face by itself over the frames in which it is seen."""
    model = models.of(card.task)
    assert isinstance(model, Model)  # faces are for no program of its own
    seen: list[list[tuple[FoundFace, float]]] = []
    silent: list[NotAssessed] = []
    found = asked = 0
    for frame in frames:
        faces = models.faces(frame.pixels)
        if isinstance(faces, NotAssessed):
            silent.append(faces)
            seen.append([])
            continue
        large = worth_asking(faces)
        said = models.face_scores(model, frame.pixels, large)
        silent += [one for one in said if isinstance(one, NotAssessed)]
        seen.append([(face, one) for face, one in zip(large, said, strict=True) if isinstance(one, float)])
        if len(faces) - len(seen[-1]) >= found - asked:  # the frame in which most were left out is told of
            found, asked = len(faces), len(seen[-1])
    track = most_suspect(tracks_of(seen), card.knots)
    if track is None:
        return [_not_assessed(card.task, weightiest(silent), card=card)]
    counted = {"faces": found, "faces_asked": asked}
    score = track.score(card.knots)
    return [
        _said(card, score, frames=_most_telling(track), of=frames, faces=counted),
        *_failed(card, silent),
    ]


def _failed(card: ModelCard, silent: Sequence[NotAssessed]) -> list[Signal]:
    """Where some of it was scored, what the model failed over is told beside it."""
    failure = next((one for one in silent if one in FAILED_LOOKS), None)
    if failure is None:
        return []
    facts = {"task": str(card.task), "why": failure.value, "part": True}
    return [Signal(kind=SignalKind.NOT_ASSESSED, facts=facts)]


def _most_telling(track: Track) -> list[int]:
    """The frames in which the face looks most altered, in order of time, at most five."""
    by_score = sorted(zip(track.scores, track.frames, strict=True), reverse=True)[:5]
    return sorted(frame for _, frame in by_score)


def _said(
    card: ModelCard,
    score: float,
    *,
    frames: Sequence[int],
    of: Sequence[ColourFrame],
    faces: Mapping[str, int],
) -> Signal:
    probability = probability_of(card.knots, score)
    limit = next(
        (found for name in (ACT, REVIEW) if (found := card.threshold(name)) and probability >= found.value),
        None,
    )
    facts: dict[str, str | int | bool] = {
        "task": card.task,
        "model": card.title,
        "score": f"{score:.3f}",
        "probability": f"{probability:.3f}",
        "level": REST if limit is None else limit.name,
        "frames": len(of),
        **faces,
    }
    if card.calibration is not None:
        facts["fake_share"] = f"{card.calibration.fake_share:g}"
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


def _with_size(signal: Signal, frames: Sequence[ColourFrame], *, size_px: tuple[int, int] | None) -> Signal:
    """Says to how many per cent of its width the picture was shrunk before a model saw it, where it was."""
    if size_px is None or signal.kind is not SignalKind.MODEL_SAID:
        return signal
    shown = max(frames[0].pixels.shape[:2])
    if shown >= max(size_px):
        return signal
    share = {"shown_percent": max(1, 100 * shown // max(size_px))}
    return Signal(kind=signal.kind, facts={**signal.facts, **share})


def _not_assessed(task: str, why: NotAssessed, *, card: ModelCard | None = None) -> Signal:
    facts: dict[str, str | int | bool] = {"task": str(task), "why": why.value}
    return Signal(kind=SignalKind.NOT_ASSESSED, facts=facts | _bound(card))


def _bound(card: ModelCard | None) -> dict[str, str | int | bool]:
    """How often the model wrongly says what acts, at most: what it was asked and found nothing in counts too."""
    limit = None if card is None else card.threshold(ACT)
    return {} if limit is None else {"act_fpr_upper": f"{limit.fpr_upper:.6f}"}
