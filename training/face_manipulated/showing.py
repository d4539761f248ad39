"""Some pairs and what was altered in them, side by side, to look at before a night is spent on them."""

from pathlib import Path

import cv2
import numpy as np

from training.face_manipulated.batches import lesson_of
from training.faces.aaf import Face
from training.faces.mirror import mirrored_index


def show(faces: list[Face], path: Path, *, pairs: int = 24) -> None:
    """A PNG beside `path`: the real one, its blend and the altered cells of each pair. Never commit it: people."""
    partner = mirrored_index(np.stack([face.points for face in faces]))
    rng = np.random.default_rng(3)
    rows = []
    for number in range(pairs):
        face = faces[int(rng.integers(len(faces)))]
        made = lesson_of(face, partner=partner, hard=number / pairs, rng=rng)
        cells = cv2.resize(made.altered, made.pixels.shape[1:3], interpolation=cv2.INTER_NEAREST)
        rows.append(
            np.hstack([*made.pixels, np.repeat((cells * 255).astype(np.uint8)[:, :, None], 3, axis=2)])
        )
    columns = [np.vstack(rows[at : at + pairs // 3]) for at in range(0, pairs, pairs // 3)]
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path.with_suffix(".png")), np.hstack(columns)[:, :, ::-1])
