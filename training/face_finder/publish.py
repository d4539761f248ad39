"""The shipped folder of the finder of faces."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from training.checkpoints import Learning
from training.face_finder.learn import Pixels, checked, export
from training.faces.aaf import Face


def publish(
    state: Learning,
    left_out: list[Face],
    backgrounds: list[Pixels],
    folder: Path,
    *,
    version: str,
    today: date,
) -> dict[str, Any]:
    """Measured on left-out identities: whole photographs, and scenes of them on backgrounds."""
    export(state, folder / "model.onnx")
    found = checked(state.mean, left_out, backgrounds)
    card = {
        "name": "face-finder",
        "version": version,
        "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
        "licence": "research only, as All-Age-Faces, which it was trained on; the code is Apache-2.0",
        "research_only": True,
        "task": "face_finder",
        "input": {"name": "pixels", "multiple_of": 32},
        "output": {"meaning": "faces_by_cell"},
        "training_data": [
            "All-Age-Faces (Cheng et al., Tsinghua Science and Technology 24(3), 2019), adults of 20 and more, boxes of"
            " YuNet; laid over photographs without faces of BSDS500, ImageNet samples and Urban100;"
            f" {state.seen} scenes seen"
        ],
        "evaluation": [_report(name, figures) for name, figures in found.items()],
        "known_failures": [
            "its truth are the boxes of YuNet on posed photographs: what that finder misses was never asked for",
            "faces turned to the side, lying, half covered or upside down were hardly shown to it",
            "all faces come from one source, most of them East Asian adults; children were never shown to it",
        ],
        "expires": (today + timedelta(days=365)).isoformat(),
    }
    (folder / "model-card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    return card


def _report(name: str, figures: dict[str, float]) -> dict[str, Any]:
    words = {
        "whole": "photographs of left-out identities",
        "scenes": "scenes of left-out identities on backgrounds",
    }
    return {
        "measured_on": words[name],
        "cross_source": False,
        "real": int(figures["faces"]),
        "fake": 0,
        "figures": {key: value for key, value in figures.items() if key != "faces"},
    }
