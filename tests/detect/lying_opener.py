"""Stands in for an opener: greets as one does, swallows the film, and then says what a file beside it holds."""

import os
import sys
import time
from pathlib import Path

from haetae.detect import Confinement
from haetae.detect.opening import Walls
from haetae.detect.opening.passing import REQUEST
from haetae.detect.opening.wire import LENGTH, ready_as_bytes


def swallow(count: int) -> bytes:
    taken = b""
    while len(taken) < count:
        part = os.read(0, count - len(taken))
        if not part:
            sys.exit()
        taken += part
    return taken


greeting = ready_as_bytes(Walls(confinement=Confinement.SECCOMP, apart=True))
os.write(1, LENGTH.pack(len(greeting)) + greeting)
_, length = REQUEST.unpack(swallow(REQUEST.size))
swallow(length)
said = memoryview(Path(sys.argv[1]).read_bytes())
while said:
    said = said[os.write(1, said) :]
time.sleep(60)
