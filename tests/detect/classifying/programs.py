"""A tiny program that looks at pictures, for the tests: it finds what is bright, and misbehaves on purpose.

It misbehaves over pictures that are 100 pixels wide, so that a test sees what becomes of the next one.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from haetae.detect.classifying.card import ProgramCard, read_card
from haetae.detect.classifying.outside.program import Program

BAD_WIDTH = 100
_HONEST = """
import json, os, struct, sys, time

GREETING = {"protocol": 1, "identity": {"bright": "1"}, "classes": ["bright", "dark"]}

def say(one):
    sys.stdout.write((one if isinstance(one, str) else json.dumps(one)) + "\\n")
    sys.stdout.flush()

def took(count):
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        os._exit(0)
    return data

def found(width, height, score, name="bright", box=None):
    return {"class": name, "score": score, "box": box or [0, 0, width, height]}

def misbehave(number, width, height):
    pass

#START
say(GREETING)
while True:
    length, number, width, height = struct.unpack(">IIII", took(16))
    if width == 100:
        misbehave(number, width, height)
        continue
    levels = took(length - 12)
    score = sum(levels) / len(levels) / 255
    name = "bright" if score >= 0.25 else "dark"
    say({"picture": number, "found": [found(width, height, score, name)]})
"""


def text(*, misbehaving: str = "pass", start: str = "pass") -> bytes:
    """`misbehaving` is done in place of an answer, with number, width and height; `start` before the greeting."""
    body = "\n    ".join(misbehaving.splitlines())
    program = _HONEST.replace(
        "def misbehave(number, width, height):\n    pass",
        f"def misbehave(number, width, height):\n    {body}",
    )
    return program.replace("#START", start).encode()


def card(data: bytes, *, runner: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": "bright-things",
        "version": "1",
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": "Apache-2.0",
        "research_only": False,
        "task": "explicit",
        "runner": {
            "protocol": 1,
            "command": [sys.executable, "-I"],
            "program": "bright.py",
            "identity": {"bright": "1"},
            "classes": ["bright", "dark"],
            "counts": ["bright"],
            "floor": 0.2,
            "picture_s": 1.0,
            "start_s": 20.0,
            **(runner or {}),
        },
        "thresholds": [
            {
                "name": "act", "value": 0.7, "tpr": None, "fpr": 0.0, "fpr_upper": 0.001, "real": 3_000, "fake": 0,
                "measured_on": "patterns", "cross_source": True,
            }
        ],
        "training_data": ["nothing at all"],
        "evaluation": [{"measured_on": "patterns", "cross_source": True, "real": 3_000, "fake": 0, "figures": {}}],
        "known_failures": ["it only sees brightness"],
        "expires": "2027-11-30",
    }  # fmt: skip
    return {name: value for name, value in (said | changes).items() if value is not None}


def program(data: bytes, **runner: Any) -> Program:
    said = read_card(json.dumps(card(data, runner=runner)), where="card")
    assert isinstance(said, ProgramCard)
    return Program(said, data)


def put(folder: Path, data: bytes, said: dict[str, Any]) -> Path:
    folder.mkdir(parents=True)
    (folder / "bright.py").write_bytes(data)
    (folder / "model-card.json").write_text(json.dumps(said))
    return folder


def picture(level: int, *, width: int = 80, height: int = 70) -> NDArray[np.uint8]:
    return np.full((height, width, 3), level, dtype=np.uint8)


def bad_picture() -> NDArray[np.uint8]:
    return picture(255, width=BAD_WIDTH)
