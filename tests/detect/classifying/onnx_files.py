"""Tiny models for the tests, written byte by byte after onnx.proto; none of them was ever trained."""

import hashlib
import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

FLOAT = 1


def varint(number: int) -> bytes:
    out = bytearray()
    number &= (1 << 64) - 1
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def field(number: int, value: int | bytes | str | float) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def tensor(name: str, values: Any) -> bytes:
    array = np.asarray(values, dtype=np.float32)
    dims = b"".join(field(1, size) for size in array.shape)
    return dims + field(2, FLOAT) + field(8, name) + field(9, array.tobytes())


def outer_tensor(name: str, *, path: str) -> bytes:
    """Weights of (1, 3, 1, 1) that lie in another file, which no model of ours may name."""
    dims = b"".join(field(1, size) for size in (1, 3, 1, 1))
    entry = field(1, "location") + field(2, path)
    return dims + field(2, FLOAT) + field(8, name) + field(13, entry) + field(14, 1)


def node(kind: str, inputs: Sequence[str], output: str, **attributes: int | Sequence[int]) -> bytes:
    said = b"".join(field(1, name) for name in inputs) + field(2, output) + field(4, kind)
    for name, value in attributes.items():
        if isinstance(value, int):
            one = field(1, name) + field(3, value) + field(20, 2)
        else:
            one = field(1, name) + b"".join(field(8, number) for number in value) + field(20, 7)
        said += field(5, one)
    return said


def shape_of(name: str, sizes: Sequence[int | str]) -> bytes:
    dims = b"".join(field(1, field(1, size) if isinstance(size, int) else field(2, size)) for size in sizes)
    return field(1, name) + field(2, field(1, field(1, FLOAT) + field(2, dims)))


def model(
    nodes: Sequence[bytes],
    tensors: Sequence[bytes],
    *,
    inputs: Sequence[tuple[str, Sequence[int | str]]],
    outputs: Sequence[tuple[str, Sequence[int | str]]],
) -> bytes:
    graph = b"".join(field(1, one) for one in nodes) + field(2, "graph")
    graph += b"".join(field(5, one) for one in tensors)
    graph += b"".join(field(11, shape_of(*one)) for one in inputs)
    graph += b"".join(field(12, shape_of(*one)) for one in outputs)
    return field(1, 8) + field(7, graph) + field(8, field(1, "") + field(2, 17))


def brightness(
    *,
    size: int | str = 32,
    middle: float = 127.5,
    steep: float = 0.05,
    axes: Sequence[int] = (1, 2, 3),
    at_once: int | str = "n",
) -> bytes:
    """The logit grows with the mean level: 0 at `middle`. `at_once`: how many pictures it takes, any or so many."""
    return model(
        [
            node("ReduceMean", ["pixels"], "mean", axes=list(axes), keepdims=0),
            node("Sub", ["mean", "middle"], "over"),
            node("Mul", ["over", "steep"], "logit"),
        ],
        [tensor("middle", [middle]), tensor("steep", [steep])],
        inputs=[("pixels", [at_once, 3, size, size])],
        outputs=[("logit", [at_once])],
    )


def no_number(*, size: int = 32) -> bytes:
    """The logarithm of what lies below zero."""
    return model(
        [
            node("ReduceMean", ["pixels"], "mean", axes=[1, 2, 3], keepdims=0),
            node("Sub", ["mean", "more"], "below"),
            node("Log", ["below"], "logit"),
        ],
        [tensor("more", [1000.0])],
        inputs=[("pixels", ["n", 3, size, size])],
        outputs=[("logit", ["n"])],
    )


def with_outer_weights(path: str, *, wrapped: str) -> bytes:
    """A convolution whose weights lie in a file: as an initializer, as a constant, or as that of an inner graph."""
    outer = outer_tensor("weights", path=path)
    constant = field(2, "weights") + field(4, "Constant")
    constant += field(5, field(1, "value") + field(5, outer) + field(20, 4))
    if wrapped == "branch":
        branch = field(5, field(1, "then_branch") + field(6, field(1, constant)) + field(20, 5))
        constant = field(1, "yes") + field(2, "weights") + field(4, "If") + branch
    return model(
        [
            *([] if wrapped == "initializer" else [constant]),
            node("Conv", ["pixels", "weights"], "logit", kernel_shape=[1, 1]),
        ],
        [outer] if wrapped == "initializer" else [],
        inputs=[("pixels", ["n", 3, 32, 32])],
        outputs=[("logit", ["n", 1, 32, 32])],
    )


def with_unknown_step() -> bytes:
    return model(
        [node("Invented", ["pixels"], "logit")],
        [],
        inputs=[("pixels", ["n", 3, 32, 32])],
        outputs=[("logit", ["n"])],
    )


def bright_cells_are_faces(
    *, cells_wide: float = 8.0, steep: float = 0.2, where: float = 0.0, size: int | str = "any"
) -> bytes:
    """Each bright cell of 8 x 8 pixels is the middle of a face of so many cells."""
    log = float(np.log(cells_wide))
    return model(
        [
            node("AveragePool", ["pixels"], "cells", kernel_shape=[8, 8], strides=[8, 8]),
            node("Conv", ["cells", "light", "dark"], "is_face", kernel_shape=[1, 1]),
            node("Conv", ["cells", "nothing", "box"], "where", kernel_shape=[1, 1]),
        ],
        [
            tensor("light", np.full((1, 3, 1, 1), steep / 3)),
            tensor("dark", [-200 * steep]),
            tensor("nothing", np.zeros((4, 3, 1, 1))),
            tensor("box", [where, where, log, log]),
        ],
        inputs=[("pixels", ["n", 3, size, size if isinstance(size, int) else "other"])],
        outputs=[("is_face", ["n", 1, "a", "b"]), ("where", ["n", 4, "a", "b"])],
    )


def card(data: bytes, **changes: Any) -> dict[str, Any]:
    """A card that lets the model be loaded."""
    said: dict[str, Any] = {
        "name": "brightness",
        "version": "1",
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": "Apache-2.0",
        "research_only": False,
        "task": "face_manipulated",
        "input": {"name": "pixels", "size_px": 32},
        "output": {"name": "logit", "meaning": "logit"},
        "thresholds": [
            {
                "name": "review", "value": 0.9, "tpr": 0.2, "fpr": 0.01, "fpr_upper": 0.02, "real": 500, "fake": 500,
                "measured_on": "patterns", "cross_source": True,
            }
        ],
        "training_data": ["nothing at all"],
        "evaluation": [
            {"measured_on": "patterns", "cross_source": True, "real": 500, "fake": 500, "figures": {"auc": 0.5}}
        ],
        "known_failures": ["it only sees brightness"],
        "expires": "2027-11-30",
    }  # fmt: skip
    return {name: value for name, value in (said | changes).items() if value is not None}


def finder_card(data: bytes, **changes: Any) -> dict[str, Any]:
    own = {
        "name": "bright-cells",
        "task": "face_finder",
        "input": {"name": "pixels", "multiple_of": 32},
        "output": {"meaning": "faces_by_cell"},
        "thresholds": [],
    }
    return card(data, **(own | changes))


def put(folder: Path, data: bytes, said: dict[str, Any]) -> Path:
    """A folder of one model."""
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(data)
    (folder / "model-card.json").write_text(json.dumps(said))
    return folder


def calibration(*knots: tuple[float, float], fake_share: float = 0.5) -> dict[str, Any]:
    """What a card says of its probabilities; two knots are one straight line of log-odds."""
    return {
        "knots": [list(knot) for knot in knots],
        "fake_share": fake_share,
        "real": 500,
        "fake": 500,
        "ece": 0.02,
        "measured_on": "patterns",
    }
