"""A folder for `haetae evaluate`: whole photographs of left-out identities beside their own blends."""

import csv
import json
from pathlib import Path

import cv2
import numpy as np

from training import wear
from training.face_manipulated.blends import pair_of
from training.face_manipulated.checking import SETS
from training.faces.aaf import Face
from training.faces.mirror import mirrored_index

_BAND_YEARS = 10


def write_set(faces: list[Face], folder: Path, *, seed: int = 11) -> None:
    """real/, fake/, source.json and groups.csv. It shows people: keep it out of every repository.

    The recipes of checking.SETS take turns; both of a pair go through the same wear.
    """
    partner = mirrored_index(np.stack([face.points for face in faces]))
    rng = np.random.default_rng(seed)
    recipes = list(SETS.values())
    for side in ("real", "fake"):
        (folder / side).mkdir(parents=True, exist_ok=True)
    rows = []
    for number, face in enumerate(faces):
        pair = pair_of(face, partner=partner, hard=1.0, rng=rng, recipe=recipes[number % len(recipes)])
        real, fake = wear.worn((pair.real, pair.fake), rng, amount=0.8)
        for side, pixels in (("real", real), ("fake", fake)):
            cv2.imwrite(str(folder / side / f"{face.serial:05}.png"), pixels[:, :, ::-1])
        band = face.age // _BAND_YEARS * _BAND_YEARS
        rows.append(
            {"stem": f"{face.serial:05}", "age_band": f"{band}-{band + _BAND_YEARS - 1}", "sex": face.sex}
        )
    (folder / "source.json").write_text(json.dumps({"sources": ["All-Age-Faces"]}))
    with (folder / "groups.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["stem", "age_band", "sex"])
        writer.writeheader()
        writer.writerows(rows)
