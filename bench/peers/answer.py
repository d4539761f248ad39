"""Run by the interpreter of .venv-peers, never by ours: hashes what comes in on stdin, until that ends.

A question is eight bytes of length and then: `P`, width and height (four bytes each, big-endian) and gray bytes,
for pdqhash; or `T` and the bytes of a file, for threatexchange. An answer is four bytes of length and JSON.
"""

import json
import struct
import sys
import time
from typing import Any

import numpy as np


def main() -> None:
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    while announced := stdin.read(8):
        question = stdin.read(struct.unpack(">Q", announced)[0])
        answer = json.dumps(_answer(question)).encode()
        stdout.write(struct.pack(">I", len(answer)) + answer)
        stdout.flush()


def _answer(question: bytes) -> dict[str, Any]:
    ask = {b"P": _pdqhash, b"T": _threatexchange}[question[:1]]
    began_s = time.process_time()
    try:
        answer = ask(question[1:])
    except Exception as error:  # whatever their decoder raises is an answer too: no hash
        answer = {"pdq": "", "error": type(error).__name__}
    return answer | {"cpu_s": time.process_time() - began_s}


def _pdqhash(question: bytes) -> dict[str, Any]:
    import pdqhash  # noqa: PLC0415 - loaded when it is first asked

    width, height = struct.unpack_from(">II", question)
    gray = np.frombuffer(question, dtype=np.uint8, offset=8).reshape(height, width)
    bits, quality = pdqhash.compute(np.repeat(gray[:, :, None], 3, axis=2))
    return {"pdq": np.packbits(bits).tobytes().hex(), "quality": int(quality)}


def _threatexchange(question: bytes) -> dict[str, Any]:
    from threatexchange.signal_type.pdq.signal import PdqSignal  # noqa: PLC0415 - loaded when it is first asked

    return {"pdq": PdqSignal.hash_from_bytes(question)}


if __name__ == "__main__":
    main()
