"""A folder for `python -m bench.faces`: left-out identities, whole and as a small part of a larger picture."""

import csv
from pathlib import Path

import cv2
import numpy as np

from training.faces.aaf import Face

_LARGER = (960, 1280)


def write_set(faces: list[Face], folder: Path, *, seed: int = 12) -> None:
    """whole/, small/ and boxes.csv. It shows people: keep it out of every repository."""
    rng = np.random.default_rng(seed)
    for kind in ("whole", "small"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    with (folder / "boxes.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["kind", "stem", "x", "y", "width", "height"])
        for face in faces:
            stem, pixels = f"{face.serial:05}", face.pixels()
            larger = np.full((*_LARGER, 3), (90, 110, 120), np.uint8)
            top, left = (
                int(rng.integers(0, most - side))
                for most, side in zip(_LARGER, pixels.shape[:2], strict=True)
            )
            larger[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
            x, y, width, height = face.box.tolist()
            for kind, shown, right, down in (("whole", pixels, 0, 0), ("small", larger, left, top)):
                cv2.imwrite(str(folder / kind / f"{stem}.png"), shown[:, :, ::-1])
                rows.writerow([kind, stem, x + right, y + down, width, height])
