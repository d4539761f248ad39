"""Shows pictures that arrive on standard input to nudenet, and says on standard output what it names in them.

Runs with the Python of an environment that holds nudenet and nothing of haetae. The protocol is that of haetae's
docs/decisions/0027: numbers of four bytes, most significant first, in; one line of JSON for each picture out.
"""

import hashlib
import json
import os
import struct
import sys
from importlib.metadata import version
from pathlib import Path

HEAD = struct.Struct(">IIII")
CLASSES = [
    "ANUS_COVERED", "ANUS_EXPOSED", "ARMPITS_COVERED", "ARMPITS_EXPOSED", "BELLY_COVERED", "BELLY_EXPOSED",
    "BUTTOCKS_COVERED", "BUTTOCKS_EXPOSED", "FACE_FEMALE", "FACE_MALE", "FEET_COVERED", "FEET_EXPOSED",
    "FEMALE_BREAST_COVERED", "FEMALE_BREAST_EXPOSED", "FEMALE_GENITALIA_COVERED", "FEMALE_GENITALIA_EXPOSED",
    "MALE_BREAST_EXPOSED", "MALE_GENITALIA_EXPOSED",
]  # fmt: skip


def main() -> None:
    answers = private_stdout()
    import nudenet  # noqa: PLC0415 - what it prints while it is loaded must not reach the answers
    import numpy as np  # noqa: PLC0415

    detector = nudenet.NudeDetector()
    weights = Path(nudenet.__file__).parent / "320n.onnx"
    identity = {
        "nudenet": version("nudenet"),
        "weights_sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
    }
    say(answers, {"protocol": 1, "identity": identity, "classes": CLASSES})
    while (head := sys.stdin.buffer.read(HEAD.size)) and len(head) == HEAD.size:
        length, number, width, height = HEAD.unpack(head)
        levels = sys.stdin.buffer.read(length - (HEAD.size - 4))
        if len(levels) < height * width * 3:
            return
        red_first = np.frombuffer(levels, dtype=np.uint8).reshape(height, width, 3)
        try:
            seen = detector.detect(np.ascontiguousarray(red_first[:, :, ::-1]))
            found = [told(each, width=width, height=height) for each in seen]
        except Exception as error:  # haetae then says "not assessed", and shows the next picture
            say(answers, {"picture": number, "failed": type(error).__name__})
            continue
        say(answers, {"picture": number, "found": found})


def told(each: dict, *, width: int, height: int) -> dict:
    """One thing that nudenet names; its boxes may reach over the edge of the picture by what rounding gives."""
    left, top, wide, high = each["box"]
    left, right = (min(max(int(side), 0), width) for side in (left, left + wide))
    top, bottom = (min(max(int(side), 0), height) for side in (top, top + high))
    box = [left, top, right - left, bottom - top]
    return {"class": each["class"], "score": float(each["score"]), "box": box}


def private_stdout() -> int:
    """Keep the way back for ourselves: a library that prints must not garble an answer."""
    answers = os.dup(1)
    os.dup2(2, 1)
    return answers


def say(answers: int, one: dict) -> None:
    line = memoryview(json.dumps(one).encode() + b"\n")
    while line:
        line = line[os.write(answers, line) :]


if __name__ == "__main__":
    main()
