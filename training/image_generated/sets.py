"""A folder for `haetae evaluate`: photographs of left-out sources beside the same drawn by the unseen build."""

import json
from pathlib import Path

import cv2

from training.image_generated.checking import Checked


def write_set(check: Checked, folder: Path) -> None:
    """real/, fake/ and source.json; both of a pair have the same stem. The terms of the photographs go with it."""
    for side in ("real", "fake"):
        (folder / side).mkdir(parents=True, exist_ok=True)
    for source in sorted(check.left_out):
        for number, pair in enumerate(zip(*check.squares_of(source, "plain"), strict=True)):
            for side, pixels in zip(("real", "fake"), pair, strict=True):
                cv2.imwrite(str(folder / side / f"{source}{number:04}.png"), pixels[:, :, ::-1])
    (folder / "source.json").write_text(json.dumps({"sources": sorted(check.left_out)}))
