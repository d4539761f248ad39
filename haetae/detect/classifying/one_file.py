"""Whether a model is whole in its one file. The digest of the card covers that file and nothing beside it.

An ONNX file may name other files for its weights, and the runtime reads those from the folder in which the program
happens to run, whatever lies there. So the file is walked before the runtime sees it. Field numbers are those of
onnx.proto3 (ONNX IR version 10).
"""

from collections.abc import Iterator
from typing import Final

from haetae.detect.classifying.card import ModelRefusedError

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5
_VARINT_BYTES_MOST: Final = 10
_GRAPH_OF_MODEL: Final = 7
_EXTERNAL_DATA, _DATA_LOCATION = 13, 14  # of a tensor
_MESSAGES: Final[dict[str, dict[int, str]]] = {
    "model": {_GRAPH_OF_MODEL: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
}


def check_one_file(data: bytes, *, title: str) -> None:
    """Raises ModelRefusedError for what names other files, and for what is no ONNX model at all."""
    open_parts = [("model", memoryview(data))]
    has_graph = False
    try:
        while open_parts:
            kind, part = open_parts.pop()
            for number, value in _fields(part):
                if kind == "tensor" and (number == _EXTERNAL_DATA or (number == _DATA_LOCATION and value)):
                    raise ModelRefusedError(
                        f"{title}: model.onnx keeps weights in other files, which no digest covers; export it anew as"
                        " one file."
                    )
                inner = _MESSAGES.get(kind, {}).get(number)
                if inner is not None and isinstance(value, memoryview):
                    open_parts.append((inner, value))
                    has_graph = has_graph or (kind == "model" and number == _GRAPH_OF_MODEL)
    except ValueError as error:
        raise ModelRefusedError(_no_onnx(title)) from error
    if not has_graph:
        raise ModelRefusedError(_no_onnx(title))


def _no_onnx(title: str) -> str:
    return f"{title}: model.onnx is no ONNX model; export it anew, as one file of ONNX."


def _fields(part: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Number and value of each field of one message. Raises ValueError where it is none."""
    at = 0
    while at < len(part):
        key, at = _varint(part, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(part, at)
            yield number, value
            continue
        if wire == _LENGTH:
            size, at = _varint(part, at)
        elif wire in {_EIGHT_BYTES, _FOUR_BYTES}:
            size = 8 if wire == _EIGHT_BYTES else 4
        else:
            raise ValueError(f"wire type {wire}")
        if number == 0 or at + size > len(part):
            raise ValueError("the message breaks off")
        yield number, part[at : at + size]
        at += size


def _varint(part: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(part[at : at + _VARINT_BYTES_MOST]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError("the number breaks off")
