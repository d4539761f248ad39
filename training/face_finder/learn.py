"""Learning to find faces, and counting what is found."""

import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from haetae.detect.classifying.boxes import FoundFace, apart, by_cell, overlap
from training import learning
from training.checkpoints import Learning, save
from training.face_finder.network import Finder, loss_of
from training.face_finder.scenes import SIDE, Scene, batches, scene_of
from training.faces.aaf import Face

Pixels = NDArray[np.uint8]
_BATCH, _WARM_UP, _CHECK_EVERY = 32, 4_000, 20_000


def begun(path: Path) -> Learning:
    """A new state, or the one that is saved at `path`."""
    return learning.begun(Finder, path, weight_decay=1e-3)


def learn(
    state: Learning,
    faces: list[Face],
    backgrounds: list[Pixels],
    *,
    path: Path,
    pictures: int,
    minutes: float,
) -> None:
    """Until so many scenes were seen in all, or so many minutes passed; the rate falls along half a cosine."""
    began_s, checked_at, losses = time.monotonic(), state.seen, []
    curve = learning.Curve(path=path.with_suffix(".jsonl"))
    for pixels, *truth in batches(faces, backgrounds, size=_BATCH, seed=7, seen=state.seen):
        if state.seen >= pictures or time.monotonic() - began_s > minutes * 60:
            break
        share = 0.5 + 0.5 * float(np.cos(np.pi * min(state.seen / pictures, 1.0)))
        for group in state.optimiser.param_groups:
            group["lr"] = 2e-3 * max(share, 0.02) * min(1.0, (state.seen + 1) / _WARM_UP)
        state.net.train()
        x = pixels.to(torch.float32).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            is_face, where = state.net(x)
        loss = loss_of(is_face.float(), where.float(), *truth)
        learning.improve(state, loss, batch=len(pixels), steepest=5.0)
        losses.append(float(loss.detach()))
        if state.seen - checked_at >= _CHECK_EVERY:
            checked_at = state.seen
            row: dict[str, object] = {
                "seen": state.seen,
                "loss": round(float(np.mean(losses)), 4),
                "s": round(time.monotonic() - began_s),
            }
            losses = []
            curve.add(row)
            print(row, flush=True)
            save(state, path, facts={"pictures": pictures})
    save(state, path, facts={"pictures": pictures})


def checked(net: nn.Module, left_out: list[Face], backgrounds: list[Pixels]) -> dict[str, dict[str, float]]:
    """Recall on whole photographs of left-out identities and on scenes of them, and false faces on backgrounds."""
    rng = np.random.default_rng(5)
    whole = [_letterboxed(face) for face in left_out]
    scenes = [scene_of(left_out, backgrounds, rng) for _ in range(400)]
    return {"whole": _recall(net, whole), "scenes": _recall(net, scenes)}


def export(state: Learning, path: Path) -> None:
    """ONNX with any height and width that are multiples of 32."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        state.mean.eval(), (torch.zeros(1, 3, SIDE, SIDE),), str(path), dynamo=False, opset_version=17,
        input_names=["pixels"], output_names=["is_face", "where"],
        dynamic_axes={name: {0: "n", 2: "h", 3: "w"} for name in ("pixels", "is_face", "where")},
    )  # fmt: skip


def _letterboxed(face: Face) -> Scene:
    """The photograph in the upper left, as large as fits."""
    import cv2  # noqa: PLC0415

    image = face.pixels()
    scale = SIDE / max(image.shape[:2])
    small = cv2.resize(
        image, (int(image.shape[1] * scale), int(image.shape[0] * scale)), interpolation=cv2.INTER_AREA
    )
    pixels = np.zeros((SIDE, SIDE, 3), np.uint8)
    pixels[: small.shape[0], : small.shape[1]] = small
    return Scene(pixels=pixels, boxes=(face.box * scale)[None])


def _recall(net: nn.Module, scenes: list[Scene]) -> dict[str, float]:
    right = wrong = missed = 0
    net.eval()
    for at in range(0, len(scenes), 32):
        part = scenes[at : at + 32]
        x = torch.from_numpy(np.stack([scene.pixels for scene in part])).permute(0, 3, 1, 2).float()
        with torch.inference_mode():
            logits, where = (answer.numpy() for answer in net(x))
        for number, scene in enumerate(part):
            rows = by_cell([logits[number : number + 1], where[number : number + 1]]).tolist()
            faces = apart([_face(*row) for row in rows])
            hits = _hits(faces, scene)
            right += len(hits)
            missed += len(scene.boxes) - len(hits)
            wrong += len(faces) - len(hits)
    return {
        "faces": right + missed,
        "recall": round(right / max(right + missed, 1), 4),
        "false_per_picture": round(wrong / max(len(scenes), 1), 4),
    }


def _face(x: float, y: float, width: float, height: float, probability: float = 1.0) -> FoundFace:
    return FoundFace(x=x, y=y, width=width, height=height, probability=probability)


def _hits(faces: list[FoundFace], scene: Scene) -> set[int]:
    """Which found faces are right: the best for each box, where more than half of both is shared."""
    hits = set()
    for box in scene.boxes:
        shares = [overlap(face, _face(*box.tolist())) for face in faces]
        if shares and max(shares) > 0.5:
            hits.add(int(np.argmax(shares)))
    return hits
